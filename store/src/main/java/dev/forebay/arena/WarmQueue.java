package dev.forebay.arena;

import java.util.Optional;

/**
 * Free warm ranges that hold at least one whole page, in the order in which they became free, and
 * the count of idle trims that tells how long that is ago.
 */
final class WarmQueue {
    private final Range head = new Range(Range.Use.TAKEN, 0, 0);
    private int trims;

    /** Makes it the youngest. */
    void add(Range range) {
        remove(range);
        range.older = head.older;
        range.younger = head;
        head.older.younger = range;
        head.older = range;
        range.freedAt = trims;
    }

    void remove(Range range) {
        range.older.younger = range.younger;
        range.younger.older = range.older;
        range.older = range;
        range.younger = range;
    }

    boolean contains(Range range) {
        return range.older != range;
    }

    Optional<Range> oldest() {
        return head.younger == head ? Optional.empty() : Optional.of(head.younger);
    }

    /** The oldest, if it was free before the last trim began. */
    Optional<Range> idle() {
        return oldest().filter(range -> range.freedAt != trims);
    }

    /** Ends a trim: what is free now will be idle unless used until the next one. */
    void countTrim() {
        trims++;
    }

    /** The next older one, or empty. */
    Optional<Range> olderThan(Range range) {
        return range.older == head ? Optional.empty() : Optional.of(range.older);
    }

    Optional<Range> youngest() {
        return head.older == head ? Optional.empty() : Optional.of(head.older);
    }
}
