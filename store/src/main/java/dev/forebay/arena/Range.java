package dev.forebay.arena;

/**
 * A piece of address space, linked to its neighbours. The links of a range that is in no list point
 * to itself; a list is a circle through a range of no bytes.
 */
final class Range {
    /** What the bytes are used for. */
    enum Use {
        /** By a resident, or the end of a zone. */
        TAKEN,
        /** Free, and each page it touches is backed. */
        WARM,
        /** Free, made of whole pages, and none of them is backed. */
        COLD
    }

    /** Whom a taken range belongs to. */
    interface Owner {
        /** Whether it can be evicted. */
        boolean evictable();
    }

    /** Belongs to nobody who could leave. */
    static final Owner NOBODY = () -> false;

    Use use;
    long offset;
    long length;
    Owner owner = NOBODY;

    /** Set aside for growth, and not yet sealed. */
    boolean growing;

    /** Bytes of a growing range that its resident has. */
    long filled;

    /** Count of idle trims before it was freed. */
    int freedAt;

    Range lower = this;
    Range higher = this;
    Range binPrevious = this;
    Range binNext = this;
    Range older = this;
    Range younger = this;

    Range(Use use, long offset, long length) {
        this.use = use;
        this.offset = offset;
        this.length = length;
    }

    long end() {
        return offset + length;
    }

    /** Puts this below a range in the order of addresses. */
    void linkBelow(Range next) {
        lower = next.lower;
        higher = next;
        next.lower.higher = this;
        next.lower = this;
    }

    /** Takes this out of the order of addresses. */
    void unlink() {
        lower.higher = higher;
        higher.lower = lower;
        lower = this;
        higher = this;
    }
}
