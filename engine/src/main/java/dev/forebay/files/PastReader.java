package dev.forebay.files;

import dev.forebay.meta.KeyRange;
import dev.forebay.meta.Reader;
import dev.forebay.meta.Space;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the rows as they were when a snapshot was made: those kept since, else those that are there
 * now. A file that was being written seems complete, with the bytes that were durable.
 */
final class PastReader implements Reader {
    /** Kept rows held in memory at once. */
    private static final int CHUNK = 1000;

    private static final Comparator<byte[]> ORDER = Arrays::compareUnsigned;

    private final Reader live;
    private final long snapshot;

    PastReader(Reader live, long snapshot) {
        this.live = live;
        this.snapshot = snapshot;
    }

    @Override
    public Optional<byte[]> get(Space space, byte[] key) {
        if (!KeptRow.shows(space)) {
            return live.get(space, key);
        }
        Optional<KeptRow> kept = KeptRows.find(live, space, key, snapshot);
        return (kept.isPresent() ? kept.get().value().map(KeptRow::bytes) : live.get(space, key))
                .map(value -> settled(space, key, value));
    }

    private static byte[] settled(Space space, byte[] key, byte[] value) {
        if (!space.equals(FileSpaces.INODE)) {
            return value;
        }
        Inode inode = InodeCodec.decode(SnapshotRows.inodeOf(key), value);
        return inode.state().completed()
                ? value
                : InodeCodec.encode(
                        inode.withState(
                                inode.state()
                                        .withCompleted(
                                                inode.state().persistence(),
                                                inode.state().fingerprint())));
    }

    @Override
    public void scan(Space space, KeyRange range, Visitor visitor) {
        if (!KeptRow.shows(space)) {
            live.scan(space, range, visitor);
            return;
        }
        KeyRange rest = range;
        boolean goesOn = true;
        while (goesOn) {
            Chunk chunk = chunk(space, rest);
            goesOn = merged(space, chunk, visitor) && !chunk.last();
            rest = goesOn ? rest.after(chunk.rows().lastKey()) : rest;
        }
    }

    /** Kept rows of a range, as the snapshot shows them; the range ends with them unless last. */
    private record Chunk(
            KeyRange range, NavigableMap<byte[], Optional<ByteBuffer>> rows, boolean last) {}

    private Chunk chunk(Space space, KeyRange range) {
        NavigableMap<byte[], Optional<ByteBuffer>> rows = new TreeMap<>(ORDER);
        live.scan(
                FileSpaces.KEPT,
                KeptRows.range(space, range),
                (key, value) -> {
                    KeptRow row = KeptRow.decode(key, value);
                    byte[] rowKey = row.key().rowKey();
                    boolean shown = row.key().number() >= snapshot && range.contains(rowKey);
                    if (shown) {
                        // the lowest number comes first
                        rows.putIfAbsent(rowKey, row.value());
                    }
                    return rows.size() < CHUNK;
                });
        boolean last = rows.size() < CHUNK;
        return new Chunk(last ? range : through(range, rows.lastKey()), rows, last);
    }

    private static KeyRange through(KeyRange range, byte[] last) {
        return KeyRange.between(range.from(), Arrays.copyOf(last, last.length + 1));
    }

    private boolean merged(Space space, Chunk chunk, Visitor visitor) {
        NavigableMap<byte[], Optional<ByteBuffer>> rows = new TreeMap<>(chunk.rows());
        boolean[] goesOn = {true};
        live.scan(
                space,
                chunk.range(),
                (key, value) -> {
                    goesOn[0] = before(rows, key, space, visitor);
                    if (goesOn[0] && !chunk.rows().containsKey(key)) {
                        goesOn[0] = visitor.visit(key, settled(space, key, value));
                    }
                    return goesOn[0];
                });
        while (goesOn[0] && !rows.isEmpty()) {
            goesOn[0] = visit(rows.pollFirstEntry(), space, visitor);
        }
        return goesOn[0];
    }

    /** Hands out the kept rows up to a key. */
    private static boolean before(
            NavigableMap<byte[], Optional<ByteBuffer>> rows,
            byte[] key,
            Space space,
            Visitor visitor) {
        boolean goesOn = true;
        while (goesOn && !rows.isEmpty() && ORDER.compare(rows.firstKey(), key) <= 0) {
            goesOn = visit(rows.pollFirstEntry(), space, visitor);
        }
        return goesOn;
    }

    private static boolean visit(
            Map.Entry<byte[], Optional<ByteBuffer>> row, Space space, Visitor visitor) {
        return row.getValue()
                .map(
                        value ->
                                visitor.visit(
                                        row.getKey(),
                                        settled(space, row.getKey(), KeptRow.bytes(value))))
                .orElse(true);
    }
}
