package dev.forebay.client;

/**
 * A run of bytes.
 *
 * @param offset of the first byte, from 0
 * @param length bytes, 0 to 2^31-9
 */
public record ByteRange(long offset, int length) {
    /** Checks the ranges. */
    public ByteRange {
        if (offset < 0 || length < 0) {
            throw FilesException.of(
                    Status.INVALID_ARGUMENT, "a range must not be negative", offset + "+" + length);
        }
    }

    /** The position behind the last byte. */
    public long end() {
        return offset + length;
    }
}
