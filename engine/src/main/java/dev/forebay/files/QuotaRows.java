package dev.forebay.files;

import dev.forebay.base.InodeId;
import dev.forebay.base.RecordReader;
import dev.forebay.base.RecordWriter;
import dev.forebay.base.error.QuotaExceeded;
import dev.forebay.meta.Reader;
import dev.forebay.meta.Transaction;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The rows of quotas: what directories may hold and what they hold. No rules of who may.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>The usage in the row of a directory is what {@link #count} finds below it, while nothing of
 *       it hangs in the trash; what does is in the usage until it is purged.
 *   <li>The lock row has a value once there was a quota, so that nobody looks for any before.
 *   <li>Whoever changes names or lengths holds the lock row of quotas shared, whoever sets a quota
 *       or moves a directory where there are quotas holds it alone, so that a count is exact.
 * </ul>
 */
final class QuotaRows {
    /** The lock row of quotas; row 0 is that of directory renames. */
    private static final byte[] LOCK = FileSpaces.key(1);

    private static final int NAMES_PLUS_ONE = 1;
    private static final int SPACE_PLUS_ONE = 2;
    private static final int NAMES_USED = 3;
    private static final int SPACE_USED = 4;

    private QuotaRows() {}

    /**
     * Names and bytes, or a change of them.
     *
     * @param names files and directories
     * @param space bytes times replication
     */
    record Usage(long names, long space) {
        static final Usage NOTHING = new Usage(0, 0);

        /** One inode without what is below it. */
        static Usage of(Inode inode) {
            return new Usage(1, space(inode));
        }

        static long space(Inode inode) {
            return inode.directory() ? 0 : inode.length() * copies(inode);
        }

        /** How often a byte of a file counts. */
        static int copies(Inode inode) {
            return Math.max(1, inode.layout().replicationDurable());
        }

        Usage plus(Usage other) {
            return new Usage(names + other.names, space + other.space);
        }

        Usage negated() {
            return new Usage(-names, -space);
        }
    }

    /** The row of one directory. */
    record Row(Quota quota, Usage used) {
        byte[] encode() {
            return new RecordWriter()
                    .number(NAMES_PLUS_ONE, quota.names() + 1)
                    .number(SPACE_PLUS_ONE, quota.space() + 1)
                    .signed(NAMES_USED, used.names())
                    .signed(SPACE_USED, used.space())
                    .toBytes();
        }

        static Row decode(byte[] bytes) {
            long[] numbers = new long[SPACE_USED + 1];
            RecordReader reader = new RecordReader(bytes);
            for (int field = reader.next(); field != 0; field = reader.next()) {
                if (field == NAMES_USED || field == SPACE_USED) {
                    numbers[field] = reader.signed();
                } else if (field < numbers.length) {
                    numbers[field] = reader.number();
                }
            }
            return new Row(
                    new Quota(numbers[NAMES_PLUS_ONE] - 1, numbers[SPACE_PLUS_ONE] - 1),
                    new Usage(numbers[NAMES_USED], numbers[SPACE_USED]));
        }

        /**
         * Requires room.
         *
         * @throws QuotaExceeded when more of either than before would be over its limit
         */
        void requireRoom(Usage more, Object subject) {
            if (more.names() > 0 && exceeds(used.names() + more.names(), quota.names())) {
                throw new QuotaExceeded(
                        QuotaExceeded.Kind.NAMES,
                        "the quota of files and directories is exceeded",
                        subject + ": " + (used.names() + more.names()) + " > " + quota.names());
            }
            if (more.space() > 0 && exceeds(used.space() + more.space(), quota.space())) {
                throw new QuotaExceeded(
                        QuotaExceeded.Kind.SPACE,
                        "the quota of space is exceeded",
                        subject + ": " + (used.space() + more.space()) + " > " + quota.space());
            }
        }

        private static boolean exceeds(long used, long limit) {
            return limit >= 0 && used > limit;
        }
    }

    static Optional<Row> find(Reader reader, InodeId directory) {
        return reader.get(FileSpaces.QUOTA, FileSpaces.key(directory)).map(Row::decode);
    }

    /** What a directory may hold. */
    static Quota quota(Reader reader, InodeId directory) {
        return find(reader, directory).map(Row::quota).orElse(Quota.NONE);
    }

    /** Keeps quotas from being set until the transaction ends; returns whether there are any. */
    private static boolean share(Transaction tx) {
        return tx.getForShare(FileSpaces.LOCK_ROW, LOCK).isPresent();
    }

    /** Keeps names and lengths everywhere from changing until the transaction ends. */
    static void lockAlone(Transaction tx) {
        tx.getForUpdate(FileSpaces.LOCK_ROW, LOCK);
    }

    /** Whether there was a quota at any time. */
    static boolean any(Reader reader) {
        return reader.get(FileSpaces.LOCK_ROW, LOCK).isPresent();
    }

    /**
     * The directories above an inode that have a quota, nearest first; of what hangs in the trash
     * those above the place where it was.
     */
    private static List<InodeId> holders(Reader reader, Inode inode) {
        List<InodeId> holders = new ArrayList<>();
        Inode at = inode;
        while (!at.isRoot()) {
            InodeId parent = at.link().parent();
            if (parent.equals(Tree.TRASH)) {
                holders.addAll(owed(reader, at.id()));
                break;
            }
            if (reader.get(FileSpaces.QUOTA, FileSpaces.key(parent)).isPresent()) {
                holders.add(parent);
            }
            at = Tree.load(reader, parent);
        }
        return holders;
    }

    private static List<InodeId> owed(Reader reader, InodeId trashed) {
        List<InodeId> ids = new ArrayList<>();
        byte[] row =
                reader.get(FileSpaces.QUOTA_OWED, FileSpaces.key(trashed)).orElse(FileSpaces.EMPTY);
        for (int at = 0; at < row.length; at += Long.BYTES) {
            ids.add(new InodeId(FileSpaces.number(row, at)));
        }
        return ids;
    }

    /** Notes a new inode. */
    static void inserted(Transaction tx, Inode inode) {
        charge(tx, inode, Usage.of(inode), true);
    }

    /** Notes that an inode goes, with its own quota. */
    static void removed(Transaction tx, Inode inode) {
        charge(tx, inode, Usage.of(inode).negated(), false);
        if (inode.directory() && any(tx)) {
            tx.delete(FileSpaces.QUOTA, FileSpaces.key(inode.id()));
        }
        if (inode.link().parent().equals(Tree.TRASH)) {
            tx.delete(FileSpaces.QUOTA_OWED, FileSpaces.key(inode.id()));
        }
    }

    /**
     * Notes another length or replication.
     *
     * @param enforced whether it is refused where there is no room
     */
    static void resized(Transaction tx, Inode before, Inode after, boolean enforced) {
        long more = Usage.space(after) - Usage.space(before);
        charge(tx, before, new Usage(0, more), enforced);
    }

    private static void charge(Transaction tx, Inode inode, Usage more, boolean enforced) {
        if (inode.mounted() || more.equals(Usage.NOTHING) || !share(tx)) {
            return;
        }
        for (InodeId holder : holders(tx, inode)) {
            add(tx, holder, more, enforced);
        }
    }

    private static void add(Transaction tx, InodeId holder, Usage more, boolean enforced) {
        byte[] key = FileSpaces.key(holder);
        Optional<Row> row = tx.getForUpdate(FileSpaces.QUOTA, key).map(Row::decode);
        if (row.isEmpty()) {
            return;
        }
        if (enforced) {
            row.get().requireRoom(more, subject(tx, holder));
        }
        Row after = new Row(row.get().quota(), row.get().used().plus(more));
        tx.put(FileSpaces.QUOTA, key, after.encode());
    }

    private static Object subject(Reader reader, InodeId holder) {
        return Tree.path(reader, holder).map(Object.class::cast).orElse(holder);
    }

    /** Keeps what a move will count from changing; before any other lock of the transaction. */
    static void beforeMove(Transaction tx, boolean directory) {
        if (directory && any(tx)) {
            lockAlone(tx);
        } else {
            share(tx);
        }
    }

    /**
     * Notes a move, after the inode hangs at its new place.
     *
     * @throws QuotaExceeded when there is no room
     */
    static void moved(Transaction tx, Inode before, Inode after) {
        if (before.mounted() || !any(tx)) {
            return;
        }
        List<InodeId> from = holders(tx, before);
        List<InodeId> to = holders(tx, after);
        if (from.equals(to)) {
            return;
        }
        Usage all = count(tx, after);
        from.stream()
                .filter(id -> !to.contains(id))
                .forEach(id -> add(tx, id, all.negated(), false));
        to.stream().filter(id -> !from.contains(id)).forEach(id -> add(tx, id, all, true));
    }

    /** Notes that a directory goes to the trash: what is below stays counted until it is purged. */
    static void trashed(Transaction tx, Inode before) {
        if (before.mounted() || !share(tx)) {
            return;
        }
        List<InodeId> holders = holders(tx, before);
        if (!holders.isEmpty()) {
            byte[] row = new byte[holders.size() * Long.BYTES];
            for (int i = 0; i < holders.size(); i++) {
                System.arraycopy(
                        FileSpaces.key(holders.get(i)), 0, row, i * Long.BYTES, Long.BYTES);
            }
            tx.put(FileSpaces.QUOTA_OWED, FileSpaces.key(before.id()), row);
        }
    }

    /** What an inode is with all below, without mounts. */
    static Usage count(Reader reader, Inode root) {
        Usage all = Usage.NOTHING;
        Deque<Inode> pending = new ArrayDeque<>();
        pending.push(root);
        while (!pending.isEmpty()) {
            Inode at = pending.pop();
            if (at.mounted()) {
                continue;
            }
            all = all.plus(Usage.of(at));
            if (at.directory()) {
                Tree.entries(reader, at.id(), Optional.empty(), Integer.MAX_VALUE)
                        .forEach(
                                entry -> Tree.find(reader, entry.child()).ifPresent(pending::push));
            }
        }
        return all;
    }

    /** Sets the quota of a directory, counting what is there the first time; under the lock. */
    static void set(Transaction tx, Inode directory, Quota.Change change) {
        byte[] key = FileSpaces.key(directory.id());
        Optional<Row> row = tx.getForUpdate(FileSpaces.QUOTA, key).map(Row::decode);
        Quota quota = change.applied(row.map(Row::quota).orElse(Quota.NONE));
        if (quota.equals(Quota.NONE)) {
            tx.delete(FileSpaces.QUOTA, key);
            return;
        }
        Usage used = row.map(Row::used).orElseGet(() -> count(tx, directory));
        tx.put(FileSpaces.LOCK_ROW, LOCK, FileSpaces.EMPTY);
        tx.put(FileSpaces.QUOTA, key, new Row(quota, used).encode());
    }

    /**
     * Requires that a file under construction may have so many bytes more than are stored of it.
     *
     * @throws QuotaExceeded when a directory above has no room for them
     */
    static void requireRoom(Reader reader, Inode file, long bytes) {
        if (file.mounted() || !any(reader)) {
            return;
        }
        Usage more = new Usage(0, bytes * Usage.copies(file));
        for (InodeId holder : holders(reader, file)) {
            find(reader, holder).ifPresent(row -> row.requireRoom(more, subject(reader, holder)));
        }
    }
}
