package dev.forebay.meta;

import java.util.Arrays;

/** A key of a space, as the lock table files it. */
final class RowKey {
    private final Space space;
    private final byte[] key;
    private final int hash;

    /** Copies {@code key}, since the lock may outlive the call. */
    RowKey(Space space, byte[] key) {
        this.space = space;
        this.key = key.clone();
        this.hash = hash(space, key);
    }

    /** The hash of the row with this key. */
    static int hash(Space space, byte[] key) {
        return 31 * space.name().hashCode() + Arrays.hashCode(key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowKey row
                && hash == row.hash
                && space.equals(row.space)
                && Arrays.equals(key, row.key);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
