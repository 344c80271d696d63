package dev.forebay.base;

/** What reading does to memory. */
public enum ReadType {
    /** Leaves memory as it is. */
    NO_CACHE,
    /** Brings blocks that are read into memory. */
    CACHE,
    /** As CACHE: memory is the only tier above disk. */
    CACHE_PROMOTE
}
