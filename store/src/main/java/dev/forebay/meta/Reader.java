package dev.forebay.meta;

import java.util.Optional;

/** Reads of one consistent state. */
public interface Reader {
    /**
     * The value of a key.
     *
     * @return empty when there is none; the array belongs to the caller
     */
    Optional<byte[]> get(Space space, byte[] key);

    /**
     * Visits keys in ascending order of unsigned bytes.
     *
     * @param range where to begin (inclusive) and end (exclusive)
     * @param visitor called for each entry; returns whether to go on. It must not write to the
     *     store
     */
    void scan(Space space, KeyRange range, Visitor visitor);

    /** Takes the entries of a scan. The arrays belong to the visitor. */
    @FunctionalInterface
    interface Visitor {
        /** Takes one entry; returns false to end the scan. */
        boolean visit(byte[] key, byte[] value);
    }
}
