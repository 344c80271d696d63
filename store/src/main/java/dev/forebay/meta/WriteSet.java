package dev.forebay.meta;

import dev.forebay.base.error.Invalid;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The writes of one transaction, the last one for each key, in the order of keys. Keys and values
 * are copied on the way in. Not safe for use by several threads.
 */
final class WriteSet {
    /** Longest key in bytes. */
    static final int KEY_LENGTH_MAX = 16 * 1024;

    /** Most bytes of keys and values in one transaction. */
    static final long BYTES_MAX = 64L * 1024 * 1024;

    private final Map<Space, NavigableMap<byte[], Change>> spaces = new LinkedHashMap<>();
    private long bytes;

    /**
     * What becomes of a key.
     *
     * @param value empty for a delete
     */
    record Change(Optional<byte[]> value) {
        private long bytes() {
            return value.map(present -> present.length).orElse(0);
        }
    }

    /** Takes a change of each key in turn. */
    @FunctionalInterface
    interface ChangeVisitor<E extends Exception> {
        void visit(Space space, byte[] key, Change change) throws E;
    }

    /**
     * Records a put.
     *
     * @throws Invalid when the transaction gets too large; it cannot go on
     */
    void put(Space space, byte[] key, byte[] value) {
        record(space, key, new Change(Optional.of(value.clone())));
    }

    /** Records a delete. */
    void delete(Space space, byte[] key) {
        record(space, key, new Change(Optional.empty()));
    }

    private void record(Space space, byte[] key, Change change) {
        bytes += key.length + change.bytes();
        if (bytes > BYTES_MAX) {
            throw new Invalid("a transaction writes too many bytes", bytes);
        }
        Change before =
                spaces.computeIfAbsent(space, _ -> new TreeMap<>(Arrays::compareUnsigned))
                        .put(key.clone(), change);
        if (before != null) {
            bytes -= key.length + before.bytes();
        }
    }

    /** The change of a key, or empty when it has none. */
    Optional<Change> find(Space space, byte[] key) {
        NavigableMap<byte[], Change> changes = spaces.get(space);
        return changes == null ? Optional.empty() : Optional.ofNullable(changes.get(key));
    }

    /** The changes within a range, in the order of keys. */
    NavigableMap<byte[], Change> changes(Space space, KeyRange range) {
        NavigableMap<byte[], Change> all = spaces.get(space);
        byte[] to = range.to();
        if (all == null || (to != null && Arrays.compareUnsigned(range.from(), to) >= 0)) {
            return new TreeMap<>(Arrays::compareUnsigned);
        }
        return to == null
                ? all.tailMap(range.from(), true)
                : all.subMap(range.from(), true, to, false);
    }

    /** Shows every change. */
    <E extends Exception> void forEach(ChangeVisitor<E> visitor) throws E {
        for (var space : spaces.entrySet()) {
            for (var change : space.getValue().entrySet()) {
                visitor.visit(space.getKey(), change.getKey(), change.getValue());
            }
        }
    }

    boolean isEmpty() {
        return spaces.isEmpty();
    }

    /** Bytes of keys and values. */
    long bytes() {
        return bytes;
    }
}
