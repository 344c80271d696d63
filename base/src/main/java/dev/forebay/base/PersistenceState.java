package dev.forebay.base;

/** How durable a file or directory is. */
public enum PersistenceState {
    /** In memory only, or a directory not made in a mounted store. */
    NOT_PERSISTED,
    /** On this node's disk; on its way to the mounted store. */
    TO_BE_PERSISTED,
    /**
     * In durable storage: this node's disk for native paths, the mounted store for mounted ones.
     */
    PERSISTED,
    /** The only copy was in memory and went with the node. */
    LOST
}
