package dev.forebay.arena;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Sparse memory whose pages are taken from the system and given back one range at a time. All
 * offsets and lengths are multiples of the page size. {@link #back} is safe for use by several
 * threads, each on pages of its own, and beside the others; the rest is called by one at a time.
 */
interface Backing {
    /** The whole sparse memory; stays valid after {@link #close} while somebody can reach it. */
    MemorySegment memory();

    /** Bytes of a page, a power of two. */
    int pageSize();

    /**
     * Makes sure that the range can be touched without a fault.
     *
     * @throws dev.forebay.base.error.OutOfSpace when the system has none left; part of the range
     *     may be backed then
     */
    void back(long offset, long length);

    /** Gives the pages of the range to the system; the range can be backed again later. */
    void discard(long offset, long length);

    /** The file, when other processes can map it. */
    Optional<Arena.SharedFile> sharedFile();

    /** Ends backing; nothing is unmapped or truncated. */
    void close();
}
