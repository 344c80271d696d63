package dev.forebay.client;

/** Where the offset of a seek is counted from. */
public enum SeekOrigin {
    /** The first byte of the file. */
    START,
    /** The current position. */
    CURRENT,
    /** Behind the last byte; offsets are then 0 or negative. */
    END
}
