package dev.forebay.base;

/**
 * The identity of a block: an immutable, once sealed, run of bytes of a file. Never used again
 * after deletion.
 *
 * @param value 1 to 2^63-1
 */
public record BlockId(long value) implements Comparable<BlockId> {
    @Override
    public int compareTo(BlockId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
