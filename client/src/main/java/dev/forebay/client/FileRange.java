package dev.forebay.client;

/**
 * A range of a file.
 *
 * @param offset of the first byte, from 0
 * @param length bytes, 0 or more
 */
public record FileRange(long offset, long length) {
    /** The whole of any file. */
    public static final FileRange ALL = new FileRange(0, Long.MAX_VALUE);

    /** Refuses negative numbers. */
    public FileRange {
        if (offset < 0 || length < 0) {
            throw FilesException.of(
                    Status.INVALID_ARGUMENT,
                    "a range must not be negative",
                    offset + " and " + length);
        }
    }
}
