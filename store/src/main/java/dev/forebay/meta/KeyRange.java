package dev.forebay.meta;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * A range of keys in the order of unsigned bytes. Arrays passed in and handed out are not copied;
 * nobody changes them.
 */
public final class KeyRange {
    private static final byte[] EMPTY = new byte[0];

    private final byte[] from;
    private final byte @Nullable [] to;

    private KeyRange(byte[] from, byte @Nullable [] to) {
        this.from = from;
        this.to = to;
    }

    /** Every key. */
    public static KeyRange all() {
        return new KeyRange(EMPTY, null);
    }

    /** Keys from {@code from} (inclusive) to {@code to} (exclusive). */
    public static KeyRange between(byte[] from, byte[] to) {
        return new KeyRange(from, to);
    }

    /** Keys that begin with {@code prefix}. */
    public static KeyRange prefix(byte[] prefix) {
        return new KeyRange(prefix, successor(prefix));
    }

    /** Keys that begin with {@code prefix} and come after {@code key}. */
    public static KeyRange prefixAfter(byte[] prefix, byte[] key) {
        return prefix(prefix).after(key);
    }

    /** The part of this range that comes after one of its keys. */
    public KeyRange after(byte[] key) {
        return new KeyRange(Arrays.copyOf(key, key.length + 1), to);
    }

    private static byte @Nullable [] successor(byte[] prefix) {
        for (int i = prefix.length - 1; i >= 0; i--) {
            if (prefix[i] != (byte) 0xff) {
                byte[] next = Arrays.copyOf(prefix, i + 1);
                next[i]++;
                return next;
            }
        }
        return null;
    }

    /** The first key of the range; empty for the very first. */
    public byte[] from() {
        return from;
    }

    /** The first key behind the range, or null for no end. */
    public byte @Nullable [] to() {
        return to;
    }

    /** Whether the key lies in the range. */
    public boolean contains(byte[] key) {
        return Arrays.compareUnsigned(from, key) <= 0
                && (to == null || Arrays.compareUnsigned(key, to) < 0);
    }
}
