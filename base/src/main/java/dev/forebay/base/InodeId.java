package dev.forebay.base;

/**
 * The identity of a file or directory, kept for life through renames.
 *
 * @param value 0 (the root) to 2^63-1
 */
public record InodeId(long value) implements Comparable<InodeId> {
    /** The root directory. */
    public static final InodeId ROOT = new InodeId(0);

    @Override
    public int compareTo(InodeId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
