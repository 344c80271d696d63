package dev.forebay.base;

/** Where the bytes of a new file go. */
public enum WriteType {
    /** Memory only. Lost with the node; refused when memory is full of what cannot be evicted. */
    MUST_CACHE,
    /** Durable storage before close returns, and memory where there is room. */
    CACHE_THROUGH,
    /** Durable storage before close returns; not memory. */
    THROUGH,
    /**
     * As CACHE_THROUGH in native directories. Under a mount: this node's disk before close returns,
     * the mounted store soon after.
     */
    ASYNC_THROUGH
}
