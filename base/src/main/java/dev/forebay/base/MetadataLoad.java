package dev.forebay.base;

/** How far a look at a mounted path asks the mounted store. */
public enum MetadataLoad {
    /** Not at all: what this node has not seen does not exist. */
    NEVER,
    /** For paths this node has not seen, and for the first listing of a directory. */
    ONCE,
    /** At each listing; finds additions. */
    ALWAYS,
    /** Each path compared: finds additions, changes and removals. */
    SYNC
}
