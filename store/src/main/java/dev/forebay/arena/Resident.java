package dev.forebay.arena;

import java.lang.foreign.MemorySegment;

/**
 * An allocation in the arena. Its bytes stay where they are, and its range is not used again, while
 * it has a holder.
 *
 * <p>A resident is gone when it was evicted, or when it was freed and its last holder has released
 * it.
 */
public interface Resident {
    /** Offset in the shared file, a multiple of {@link Arena#ALIGNMENT}. */
    long offset();

    /** Bytes. */
    long length();

    /** What it is. */
    Arena.Kind kind();

    /**
     * The bytes. Valid while the caller holds the resident; not checked after that.
     *
     * @return a segment of {@link #length} bytes
     */
    MemorySegment segment();

    /**
     * Grows the resident in place, evicting others if need be.
     *
     * @param length bytes, at least the present length and at most what was set aside
     * @throws dev.forebay.base.error.OutOfSpace when there is no room; the resident stays as it was
     * @throws dev.forebay.base.error.Invalid when the length is out of that range
     * @throws dev.forebay.base.error.InvalidState when it is sealed or gone
     */
    void extend(long length);

    /**
     * Ends growth, gives back address space set aside, and makes it a candidate for eviction once
     * released. Sealing again does nothing.
     *
     * @throws dev.forebay.base.error.InvalidState when it is gone
     */
    void seal();

    /** Whether {@link #seal} was called. */
    boolean sealed();

    /**
     * Adds a holder. A holder holds a resident at most once: adding it again does nothing.
     *
     * @return false when the resident is gone or freed
     */
    boolean hold(Object holder);

    /**
     * Removes a holder; no error if it holds nothing. At the last release a sealed resident becomes
     * the youngest candidate for eviction; an unsealed or freed one is gone.
     */
    void release(Object holder);

    /** Whether {@link #hold} would add a holder now: it is neither gone nor freed. */
    boolean available();

    /** The number of holders. */
    int holders();

    /**
     * Keeps it from eviction; counted, each pin needs its {@link #unpin}.
     *
     * @throws dev.forebay.base.error.InvalidState when it is gone, which cannot be while the caller
     *     holds it
     */
    void pin();

    /**
     * Takes one pin back; with the last one an unheld, sealed resident becomes the youngest
     * candidate, as after a release. Does nothing when the resident is gone.
     *
     * @throws dev.forebay.base.error.InvalidState when it has no pin
     */
    void unpin();

    /** Makes an unheld, sealed resident the youngest candidate; nothing else happens. */
    void touch();

    /**
     * Ends it: at once when nobody holds it, else at the last release. {@link #hold} fails from now
     * on.
     */
    void free();
}
