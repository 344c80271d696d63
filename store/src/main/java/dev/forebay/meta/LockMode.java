package dev.forebay.meta;

/** How a row is locked. */
enum LockMode {
    /** With others that share it. */
    SHARED,
    /** Alone. */
    EXCLUSIVE
}
