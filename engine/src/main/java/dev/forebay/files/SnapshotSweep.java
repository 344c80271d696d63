package dev.forebay.files;

import dev.forebay.base.InodeId;
import dev.forebay.meta.KeyRange;
import dev.forebay.meta.Reader;
import dev.forebay.meta.Transaction;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Gives up what was kept for snapshots that are removed, unless an older one shows it, too. Goes
 * through all kept rows, some at a time; what was done before a crash is done.
 */
final class SnapshotSweep {
    private static final int BATCH = 500;

    private final Parts parts;
    private final Removal removal;

    SnapshotSweep(Parts parts, Removal removal) {
        this.parts = parts;
        this.removal = removal;
    }

    void sweep() {
        Set<Long> gone = parts.store().read(SnapshotRows::gone);
        if (gone.isEmpty()) {
            return;
        }
        KeyRange rest = KeyRange.all();
        Page page = page(gone, rest);
        while (page.last().isPresent()) {
            if (!page.keys().isEmpty()) {
                sweep(page.keys());
            }
            rest = rest.after(page.last().get().encode());
            page = page(gone, rest);
        }
        parts.store()
                .update(
                        tx -> {
                            SnapshotRows.lockAlone(tx);
                            SnapshotRows.swept(tx, gone);
                        });
    }

    /** Some kept rows: those to be swept, and the last one looked at. */
    private record Page(List<KeptRow.Key> keys, Optional<KeptRow.Key> last) {}

    private Page page(Set<Long> gone, KeyRange range) {
        List<KeptRow.Key> all = new ArrayList<>();
        parts.store()
                .visit(
                        reader ->
                                reader.scan(
                                        FileSpaces.KEPT,
                                        range,
                                        (key, _) -> {
                                            all.add(KeptRow.Key.decode(key));
                                            return all.size() < BATCH;
                                        }));
        return new Page(
                all.stream().filter(key -> gone.contains(key.number())).toList(),
                all.isEmpty() ? Optional.empty() : Optional.of(all.getLast()));
    }

    private void sweep(List<KeptRow.Key> keys) {
        List<GivenUp> given = parts.store().transact(tx -> sweep(tx, keys));
        for (GivenUp each : given) {
            removal.dropUnneeded(each.file(), each.extents());
        }
    }

    /** Extents of a file that nothing refers to any more. */
    private record GivenUp(InodeId file, List<Extent> extents) {}

    private static List<GivenUp> sweep(Transaction tx, List<KeptRow.Key> keys) {
        SnapshotRows.share(tx);
        List<GivenUp> given = new ArrayList<>();
        for (KeptRow.Key key : keys) {
            byte[] stored = key.encode();
            tx.getForUpdate(FileSpaces.KEPT, stored)
                    .map(value -> KeptRow.decode(stored, value))
                    .ifPresent(row -> sweep(tx, row, given));
        }
        return given;
    }

    private static void sweep(Transaction tx, KeptRow row, List<GivenUp> given) {
        KeptRow.Key key = row.key();
        // who gives up the file's blocks at this moment must see whether they are kept, or be seen
        Tree.lock(tx, key.inode());
        tx.delete(FileSpaces.KEPT, key.encode());
        long older = SnapshotRows.newest(tx, row.covers(), key.number());
        if (older > KeptRows.before(tx, key)) {
            KeptRow.Key moved = new KeptRow.Key(key.space(), key.row(), older);
            tx.put(
                    FileSpaces.KEPT,
                    moved.encode(),
                    new KeptRow(moved, row.value(), row.covers()).encode());
        } else {
            row.extent()
                    .filter(extent -> isFree(tx, key.inode(), extent))
                    .ifPresent(
                            extent -> {
                                Tree.removeBytes(tx, key.inode(), extent);
                                given.add(new GivenUp(key.inode(), List.of(extent)));
                            });
        }
    }

    /** Whether neither the file nor a snapshot has the bytes of an extent. */
    private static boolean isFree(Reader reader, InodeId file, Extent extent) {
        Set<Extent.Stored> used = new HashSet<>(KeptRows.needed(reader, file));
        used.addAll(
                Tree.extents(reader, file).stream()
                        .map(Extent::stored)
                        .collect(Collectors.toSet()));
        return !used.contains(extent.stored());
    }
}
