package dev.forebay.base;

/** What happens when a time to live is over. */
public enum TtlAction {
    /** The path is deleted, directories with all below, the mounted store included. */
    DELETE,
    /** Memory is given up and the path unpinned; the data stays. */
    FREE
}
