package dev.forebay.files;

import dev.forebay.base.InodeId;
import dev.forebay.base.Name;
import dev.forebay.base.RecordReader;
import dev.forebay.base.RecordWriter;
import dev.forebay.base.error.InvalidState;
import dev.forebay.meta.KeyRange;
import dev.forebay.meta.Reader;
import dev.forebay.meta.Space;
import dev.forebay.meta.Transaction;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rows of snapshots, and which of them show an inode. No rules of who may. What they show that
 * is no more is in {@link KeptRows}.
 *
 * <p>A snapshot is a number, higher than all before.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>The lock row has a value, the newest number, while there are snapshots or kept rows;
 *       whoever changes a row that snapshots show holds it shared, whoever makes or removes a
 *       snapshot alone, so that no snapshot shows a half of a transaction.
 *   <li>Which snapshots show an inode follows from its own record and those of the directories
 *       above: each has the range of numbers that came through it. What moves takes along those of
 *       the place where it was.
 * </ul>
 */
final class SnapshotRows {
    /** The lock row of snapshots. */
    private static final byte[] LOCK = FileSpaces.key(2);

    private static final byte[] NEXT = "snapshot".getBytes(StandardCharsets.US_ASCII);

    private static final int NAME = 1;
    private static final int CREATED = 2;

    private SnapshotRows() {}

    /** One snapshot. */
    record Row(InodeId root, long number, Name name, long createdMillis) {
        byte[] encode() {
            return new RecordWriter()
                    .bytes(NAME, name.bytes())
                    .signed(CREATED, createdMillis)
                    .toBytes();
        }

        static Row decode(byte[] key, byte[] bytes) {
            byte[] name = FileSpaces.EMPTY;
            long created = 0;
            RecordReader reader = new RecordReader(bytes);
            for (int field = reader.next(); field != 0; field = reader.next()) {
                if (field == NAME) {
                    name = reader.bytes();
                } else if (field == CREATED) {
                    created = reader.signed();
                }
            }
            return new Row(inodeOf(key), ~FileSpaces.number(key, 8), Name.of(name), created);
        }
    }

    static InodeId inodeOf(byte[] key) {
        return new InodeId(FileSpaces.number(key, 0));
    }

    /** The newest number; 0 when there is neither a snapshot nor a kept row. */
    static long newest(Reader reader) {
        return reader.get(FileSpaces.LOCK_ROW, LOCK)
                .map(row -> FileSpaces.number(row, 0))
                .orElse(0L);
    }

    /** As {@link #newest}; no snapshot is made or removed until the transaction ends. */
    static long share(Transaction tx) {
        return tx.getForShare(FileSpaces.LOCK_ROW, LOCK)
                .map(row -> FileSpaces.number(row, 0))
                .orElse(0L);
    }

    /** Keeps everything that snapshots show from changing until the transaction ends. */
    static void lockAlone(Transaction tx) {
        tx.getForUpdate(FileSpaces.LOCK_ROW, LOCK);
    }

    /** The key of a snapshot: newer ones first. */
    private static byte[] key(InodeId root, long number) {
        return ByteBuffer.allocate(16).putLong(root.value()).putLong(~number).array();
    }

    /** Stores a new snapshot and returns its number; the caller holds the lock alone. */
    static long insert(Transaction tx, InodeId root, Name name, long createdMillis) {
        long number =
                tx.getForUpdate(FileSpaces.ID_RANGE, NEXT)
                        .map(row -> FileSpaces.number(row, 0))
                        .orElse(1L);
        tx.put(FileSpaces.ID_RANGE, NEXT, FileSpaces.key(number + 1));
        tx.put(FileSpaces.LOCK_ROW, LOCK, FileSpaces.key(number));
        put(tx, new Row(root, number, name, createdMillis));
        return number;
    }

    private static void put(Transaction tx, Row row) {
        tx.put(FileSpaces.SNAPSHOT, key(row.root(), row.number()), row.encode());
        tx.put(
                FileSpaces.SNAPSHOT_NAME,
                FileSpaces.dentryKey(row.root(), row.name()),
                FileSpaces.key(row.number()));
    }

    static void rename(Transaction tx, Row row, Name name) {
        tx.delete(FileSpaces.SNAPSHOT_NAME, FileSpaces.dentryKey(row.root(), row.name()));
        put(tx, new Row(row.root(), row.number(), name, row.createdMillis()));
    }

    /** Removes a snapshot; the rows kept for it stay until they are swept. */
    static void remove(Transaction tx, Row row) {
        tx.delete(FileSpaces.SNAPSHOT, key(row.root(), row.number()));
        tx.delete(FileSpaces.SNAPSHOT_NAME, FileSpaces.dentryKey(row.root(), row.name()));
        tx.put(FileSpaces.SNAPSHOT_GONE, FileSpaces.key(row.number()), FileSpaces.EMPTY);
    }

    /**
     * Notes that all rows kept for removed snapshots are swept; the caller holds the lock alone.
     */
    static void swept(Transaction tx, Set<Long> numbers) {
        numbers.forEach(number -> tx.delete(FileSpaces.SNAPSHOT_GONE, FileSpaces.key(number)));
        if (isEmpty(tx, FileSpaces.SNAPSHOT) && isEmpty(tx, FileSpaces.SNAPSHOT_GONE)) {
            tx.delete(FileSpaces.LOCK_ROW, LOCK);
        }
    }

    private static boolean isEmpty(Reader reader, Space space) {
        boolean[] empty = {true};
        reader.scan(
                space,
                KeyRange.all(),
                (_, _) -> {
                    empty[0] = false;
                    return false;
                });
        return empty[0];
    }

    /** The numbers of removed snapshots whose kept rows are still to be swept. */
    static Set<Long> gone(Reader reader) {
        Set<Long> numbers = new HashSet<>();
        reader.scan(
                FileSpaces.SNAPSHOT_GONE,
                KeyRange.all(),
                (key, _) -> numbers.add(FileSpaces.number(key, 0)));
        return numbers;
    }

    static Optional<Row> find(Reader reader, InodeId root, Name name) {
        return reader.get(FileSpaces.SNAPSHOT_NAME, FileSpaces.dentryKey(root, name))
                .flatMap(number -> find(reader, root, FileSpaces.number(number, 0)));
    }

    private static Optional<Row> find(Reader reader, InodeId root, long number) {
        byte[] key = key(root, number);
        return reader.get(FileSpaces.SNAPSHOT, key).map(row -> Row.decode(key, row));
    }

    /** At most {@code limit} snapshots of a directory in the order of names. */
    static List<Row> named(Reader reader, InodeId root, Optional<Name> after, int limit) {
        byte[] prefix = FileSpaces.key(root);
        KeyRange range =
                after.map(name -> KeyRange.prefixAfter(prefix, FileSpaces.dentryKey(root, name)))
                        .orElseGet(() -> KeyRange.prefix(prefix));
        List<Row> rows = new ArrayList<>();
        reader.scan(
                FileSpaces.SNAPSHOT_NAME,
                range,
                (_, number) -> {
                    find(reader, root, FileSpaces.number(number, 0)).ifPresent(rows::add);
                    return rows.size() < limit;
                });
        return rows;
    }

    /** The newest snapshot within a range of numbers; 0 for none. */
    private static long newest(Reader reader, Cover range) {
        long[] found = {0};
        KeyRange from =
                KeyRange.between(
                        key(range.root(), range.newest()), key(range.root(), range.above()));
        reader.scan(
                FileSpaces.SNAPSHOT,
                from,
                (key, _) -> {
                    found[0] = ~FileSpaces.number(key, 8);
                    return false;
                });
        return found[0];
    }

    /** The newest snapshot of some, below a number; 0 for none. */
    static long newest(Reader reader, List<Cover> covers, long below) {
        long newest = 0;
        for (Cover cover : covers) {
            long last = Math.min(cover.newest(), below - 1);
            if (last > Math.max(cover.above(), newest)) {
                newest =
                        Math.max(
                                newest,
                                newest(reader, new Cover(cover.root(), cover.above(), last)));
            }
        }
        return newest;
    }

    /** The snapshots, also removed ones, that show an inode; none when there is no such inode. */
    static List<Cover> covers(Reader reader, InodeId id) {
        List<Cover> covers = List.of();
        long above = 0;
        Optional<Inode> at = Tree.find(reader, id);
        while (at.isPresent()) {
            Inode inode = at.get();
            covers = Cover.merged(covers, Cover.since(inode.past().covers(), above));
            above = Math.max(above, inode.past().born());
            InodeId parent = inode.link().parent();
            boolean ends = inode.isRoot() || parent.equals(Tree.TRASH);
            at = ends ? Optional.empty() : Tree.find(reader, parent);
        }
        return covers;
    }

    /** Whether a snapshot that is there shows an inode. */
    static boolean showAny(Transaction tx, InodeId id) {
        return share(tx) != 0 && newest(tx, covers(tx, id), Long.MAX_VALUE) != 0;
    }

    /** An inode about to move, with the snapshots that show it at the place where it is. */
    static Inode leaving(Transaction tx, Inode inode) {
        long newest = share(tx);
        if (newest == 0) {
            return inode;
        }
        return inode.withPast(
                new Inode.Past(inode.past().snapshots(), newest, covers(tx, inode.id())));
    }

    /** A new inode, which the snapshots so far do not show. */
    static Inode born(Transaction tx, Inode inode) {
        long newest = share(tx);
        return newest == 0 ? inode : inode.withPast(new Inode.Past(false, newest, List.of()));
    }

    /** The directories that may have snapshots. */
    static List<InodeId> roots(Reader reader) {
        List<InodeId> roots = new ArrayList<>();
        reader.scan(FileSpaces.SNAPSHOT_ROOT, KeyRange.all(), (key, _) -> roots.add(inodeOf(key)));
        return roots;
    }

    /** How many snapshots a directory has. */
    static int count(Reader reader, InodeId root) {
        int[] count = {0};
        reader.scan(
                FileSpaces.SNAPSHOT,
                KeyRange.prefix(FileSpaces.key(root)),
                (_, _) -> {
                    count[0]++;
                    return true;
                });
        return count[0];
    }

    /**
     * Requires that neither a directory nor one below has snapshots.
     *
     * @throws InvalidState when there are
     */
    static void requireNoneWithin(Transaction tx, Inode directory) {
        if (share(tx) == 0) {
            return;
        }
        for (InodeId root : roots(tx)) {
            if (count(tx, root) > 0 && within(tx, root, directory.id())) {
                throw new InvalidState(
                        "a directory with snapshots can neither be removed nor renamed",
                        Tree.path(tx, root).map(Object.class::cast).orElse(root));
            }
        }
    }

    private static boolean within(Reader reader, InodeId root, InodeId directory) {
        InodeId at = root;
        while (!at.equals(directory)) {
            Optional<Inode> inode =
                    at.equals(InodeId.ROOT) ? Optional.empty() : Tree.find(reader, at);
            if (inode.isEmpty()) {
                return false;
            }
            at = inode.get().link().parent();
        }
        return true;
    }
}
