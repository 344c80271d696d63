package dev.forebay.files;

import dev.forebay.base.BlockId;
import dev.forebay.base.InodeId;
import dev.forebay.meta.KeyRange;
import dev.forebay.meta.Reader;
import dev.forebay.meta.Space;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * What snapshots show that is no more. Whoever changes a row that a snapshot shows keeps what it
 * held under the number of the newest such snapshot; the row of a snapshot is the one kept under
 * its own number or the next higher one, else the one that is there.
 *
 * <p>Invariant: the bytes of an extent stay while a kept row names them.
 */
final class KeptRows {
    private KeptRows() {}

    /** The row that a snapshot shows; empty when it is the one that is there. */
    static Optional<KeptRow> find(Reader reader, Space space, byte[] row, long snapshot) {
        List<KeptRow> found = new ArrayList<>(1);
        reader.scan(
                FileSpaces.KEPT,
                KeyRange.between(KeptRow.key(space, row, snapshot), KeptRow.key(space, row, -1L)),
                (key, value) -> {
                    KeptRow kept = KeptRow.decode(key, value);
                    if (kept.key().row().equals(ByteBuffer.wrap(row))) {
                        found.add(kept);
                    }
                    return found.isEmpty();
                });
        return found.stream().findFirst();
    }

    /** The newest number below another under which a row is kept; 0 for none. */
    static long before(Reader reader, KeptRow.Key kept) {
        long[] last = {0};
        reader.scan(
                FileSpaces.KEPT,
                KeyRange.between(KeptRow.key(kept.space(), kept.rowKey(), 0), kept.encode()),
                (key, _) -> {
                    KeptRow.Key found = KeptRow.Key.decode(key);
                    if (found.row().equals(kept.row())) {
                        last[0] = found.number();
                    }
                    return true;
                });
        return last[0];
    }

    /** Keys of kept rows whose own keys may lie in a range. */
    static KeyRange range(Space space, KeyRange range) {
        byte[] to = range.to();
        byte[] end =
                KeyRange.prefix(KeptRow.prefix(space, to == null ? FileSpaces.EMPTY : to)).to();
        if (end == null) {
            throw new IllegalStateException("no space has the highest code");
        }
        return KeyRange.between(KeptRow.prefix(space, range.from()), end);
    }

    /** Extents that snapshots still need of those that a file gives up. */
    static Set<Extent.Stored> needed(Reader reader, InodeId file) {
        Set<Extent.Stored> stored = new HashSet<>();
        if (SnapshotRows.newest(reader) != 0) {
            extents(reader, file, (_, extent) -> stored.add(extent.stored()));
        }
        return stored;
    }

    /** Takes the extents kept of a file, each with the key under which it is. */
    private static void extents(
            Reader reader, InodeId file, BiConsumer<KeptRow.Key, Extent> consumer) {
        reader.scan(
                FileSpaces.KEPT,
                KeyRange.prefix(KeptRow.prefix(FileSpaces.EXTENT, FileSpaces.key(file))),
                (key, value) -> {
                    KeptRow row = KeptRow.decode(key, value);
                    row.extent().ifPresent(extent -> consumer.accept(row.key(), extent));
                    return true;
                });
    }

    /** The most bytes of a block that a snapshot shows; 0 when none does. */
    static long length(Reader reader, InodeId file, Extent.Stored block) {
        long[] most = {0};
        extents(
                reader,
                file,
                (_, extent) -> {
                    if (extent.stored().equals(block)) {
                        most[0] = Math.max(most[0], extent.length());
                    }
                });
        return most[0];
    }

    /** A snapshot that shows a file with a block, of the extents kept. */
    static Optional<View> with(Reader reader, InodeId file, BlockId block) {
        List<View> views = new ArrayList<>();
        extents(
                reader,
                file,
                (key, extent) -> {
                    if (extent.block().equals(block)) {
                        views.add(View.of(key.number()));
                    }
                });
        return views.stream().findFirst();
    }

    /** The extents of a file that no snapshot needs. */
    static List<Extent> unneeded(Reader reader, InodeId file, List<Extent> extents) {
        Set<Extent.Stored> needed = extents.isEmpty() ? Set.of() : needed(reader, file);
        return needed.isEmpty()
                ? extents
                : extents.stream().filter(extent -> !needed.contains(extent.stored())).toList();
    }
}
