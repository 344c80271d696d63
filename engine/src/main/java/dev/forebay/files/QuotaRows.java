package dev.forebay.files;

import dev.forebay.base.InodeId;
import dev.forebay.base.error.QuotaExceeded;
import dev.forebay.meta.Reader;
import dev.forebay.meta.Transaction;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

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

    private QuotaRows() {}

    static Optional<QuotaRow> find(Reader reader, InodeId directory) {
        return reader.get(FileSpaces.QUOTA, FileSpaces.key(directory)).map(QuotaRow::decode);
    }

    /** What a directory may hold. */
    static Quota quota(Reader reader, InodeId directory) {
        return find(reader, directory).map(QuotaRow::quota).orElse(Quota.NONE);
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
     * What is above an inode; of what hangs in the trash, what was above the place where it was.
     *
     * @param holders directories that have a quota, nearest first
     * @param policy the storage policy in force for what has none of its own
     */
    private record Above(List<InodeId> holders, Optional<StoragePolicy> policy) {
        Optional<StoragePolicy> policyOf(Inode inode) {
            return inode.layout().policy().or(() -> policy);
        }
    }

    private static Above above(Reader reader, Inode inode) {
        List<InodeId> holders = new ArrayList<>();
        Optional<StoragePolicy> policy = Optional.empty();
        Inode at = inode;
        while (!at.isRoot()) {
            InodeId parent = at.link().parent();
            if (parent.equals(Tree.TRASH)) {
                holders.addAll(owed(reader, at.id()));
                break;
            }
            if (hasRow(reader, parent)) {
                holders.add(parent);
            }
            at = Tree.load(reader, parent);
            policy = policy.isPresent() ? policy : at.layout().policy();
        }
        return new Above(holders, policy);
    }

    private static boolean hasRow(Reader reader, InodeId directory) {
        return reader.get(FileSpaces.QUOTA, FileSpaces.key(directory)).isPresent();
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
        charge(tx, inode, above -> QuotaUsage.of(inode, above.policyOf(inode)), true);
    }

    /** Notes that an inode goes, with its own quota. */
    static void removed(Transaction tx, Inode inode) {
        charge(tx, inode, above -> QuotaUsage.of(inode, above.policyOf(inode)).negated(), false);
        if (inode.directory() && any(tx)) {
            tx.delete(FileSpaces.QUOTA, FileSpaces.key(inode.id()));
        }
        if (inode.link().parent().equals(Tree.TRASH)) {
            tx.delete(FileSpaces.QUOTA_OWED, FileSpaces.key(inode.id()));
        }
    }

    /**
     * Notes another length or replication of a file.
     *
     * @param enforced whether it is refused where there is no room
     */
    static void resized(Transaction tx, Inode before, Inode after, boolean enforced) {
        if (before.length() != after.length()
                || QuotaUsage.copies(before) != QuotaUsage.copies(after)) {
            charge(tx, before, above -> change(before, after, above), enforced);
        }
    }

    private static QuotaUsage change(Inode before, Inode after, Above above) {
        return QuotaUsage.of(after, above.policyOf(after))
                .minus(QuotaUsage.of(before, above.policyOf(before)));
    }

    private static void charge(
            Transaction tx, Inode inode, Function<Above, QuotaUsage> more, boolean enforced) {
        if (inode.mounted() || !share(tx)) {
            return;
        }
        Above above = above(tx, inode);
        QuotaUsage change = more.apply(above);
        above.holders().forEach(holder -> add(tx, holder, change, enforced));
    }

    private static void add(Transaction tx, InodeId holder, QuotaUsage more, boolean enforced) {
        if (more.equals(QuotaUsage.NOTHING)) {
            return;
        }
        byte[] key = FileSpaces.key(holder);
        Optional<QuotaRow> row = tx.getForUpdate(FileSpaces.QUOTA, key).map(QuotaRow::decode);
        if (row.isEmpty()) {
            return;
        }
        if (enforced) {
            row.get().requireRoom(more, subject(tx, holder));
        }
        QuotaRow after = new QuotaRow(row.get().quota(), row.get().used().plus(more));
        tx.put(FileSpaces.QUOTA, key, after.encode());
    }

    private static Object subject(Reader reader, InodeId holder) {
        return Tree.path(reader, holder).map(Object.class::cast).orElse(holder);
    }

    /**
     * Keeps what a move, or another storage policy, will count from changing; before any other lock
     * of the transaction.
     */
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
        Above from = above(tx, before);
        Above to = above(tx, after);
        if (from.equals(to)) {
            return;
        }
        QuotaUsage gone = count(tx, after, from.policy());
        QuotaUsage come = count(tx, after, to.policy());
        for (InodeId holder : from.holders()) {
            boolean stays = to.holders().contains(holder);
            add(tx, holder, stays ? come.minus(gone) : gone.negated(), false);
        }
        for (InodeId holder : to.holders()) {
            if (!from.holders().contains(holder)) {
                add(tx, holder, come, true);
            }
        }
        if (after.directory()) {
            recount(tx, after, from.policyOf(before), to.policyOf(after));
        }
    }

    /** Notes another storage policy; it is not refused where there is no room, as in HDFS. */
    static void policyChanged(Transaction tx, Inode before, Inode after) {
        if (before.mounted() || !any(tx)) {
            return;
        }
        Above above = above(tx, before);
        QuotaUsage change =
                before.directory()
                        ? recount(tx, after, above.policyOf(before), above.policyOf(after))
                        : change(before, after, above);
        above.holders().forEach(holder -> add(tx, holder, change, false));
    }

    /** A directory, with those at and above it whose quotas count what is in it. */
    private record Counted(Inode directory, List<InodeId> holders) {
        static Counted of(Reader reader, Inode directory, List<InodeId> above) {
            List<InodeId> holders = new ArrayList<>(above);
            if (hasRow(reader, directory.id())) {
                holders.add(directory.id());
            }
            return new Counted(directory, holders);
        }
    }

    /**
     * Notes another storage policy in the rows of a directory and of those below.
     *
     * @return how all below it changes
     */
    private static QuotaUsage recount(
            Transaction tx,
            Inode root,
            Optional<StoragePolicy> before,
            Optional<StoragePolicy> after) {
        QuotaUsage all = QuotaUsage.NOTHING;
        if (before.equals(after)) {
            return all;
        }
        Map<InodeId, QuotaUsage> changes = new HashMap<>();
        Deque<Counted> pending = new ArrayDeque<>();
        pending.push(Counted.of(tx, root, List.of()));
        while (!pending.isEmpty()) {
            Counted at = pending.pop();
            for (Inode child : children(tx, at.directory())) {
                if (child.mounted() || child.layout().policy().isPresent()) {
                    continue;
                }
                if (child.directory()) {
                    pending.push(Counted.of(tx, child, at.holders()));
                } else {
                    QuotaUsage change =
                            QuotaUsage.of(child, after).minus(QuotaUsage.of(child, before));
                    all = all.plus(change);
                    at.holders().forEach(id -> changes.merge(id, change, QuotaUsage::plus));
                }
            }
        }
        changes.forEach((holder, change) -> add(tx, holder, change, false));
        return all;
    }

    private static List<Inode> children(Reader reader, Inode directory) {
        return Tree.entries(reader, directory.id(), Optional.empty(), Integer.MAX_VALUE).stream()
                .flatMap(entry -> Tree.find(reader, entry.child()).stream())
                .toList();
    }

    /**
     * Notes that a directory goes to the trash: what is below stays counted until it is purged, by
     * the storage policy that is in force.
     *
     * @return the directory as it is to hang in the trash
     */
    static Inode trashed(Transaction tx, Inode before) {
        if (before.mounted() || !share(tx)) {
            return before;
        }
        Above above = above(tx, before);
        List<InodeId> holders = above.holders();
        if (!holders.isEmpty()) {
            byte[] row = new byte[holders.size() * Long.BYTES];
            for (int i = 0; i < holders.size(); i++) {
                System.arraycopy(
                        FileSpaces.key(holders.get(i)), 0, row, i * Long.BYTES, Long.BYTES);
            }
            tx.put(FileSpaces.QUOTA_OWED, FileSpaces.key(before.id()), row);
        }
        return before.withLayout(before.layout().withPolicy(above.policyOf(before)));
    }

    /** What an inode is with all below, without mounts. */
    static QuotaUsage count(Reader reader, Inode root) {
        return count(reader, root, above(reader, root).policy());
    }

    /** An inode, and the storage policy in force at it. */
    private record Placed(Inode inode, Optional<StoragePolicy> policy) {
        static Placed of(Inode inode, Optional<StoragePolicy> above) {
            return new Placed(inode, inode.layout().policy().or(() -> above));
        }
    }

    private static QuotaUsage count(Reader reader, Inode root, Optional<StoragePolicy> above) {
        QuotaUsage all = QuotaUsage.NOTHING;
        Deque<Placed> pending = new ArrayDeque<>();
        pending.push(Placed.of(root, above));
        while (!pending.isEmpty()) {
            Placed at = pending.pop();
            if (at.inode().mounted()) {
                continue;
            }
            all = all.plus(QuotaUsage.of(at.inode(), at.policy()));
            if (at.inode().directory()) {
                children(reader, at.inode())
                        .forEach(child -> pending.push(Placed.of(child, at.policy())));
            }
        }
        return all;
    }

    /** Sets the quota of a directory, counting what is there the first time; under the lock. */
    static void set(Transaction tx, Inode directory, Quota.Change change) {
        byte[] key = FileSpaces.key(directory.id());
        Optional<QuotaRow> row = tx.getForUpdate(FileSpaces.QUOTA, key).map(QuotaRow::decode);
        Quota quota = change.applied(row.map(QuotaRow::quota).orElse(Quota.NONE));
        if (quota.equals(Quota.NONE)) {
            tx.delete(FileSpaces.QUOTA, key);
            return;
        }
        QuotaUsage used = row.map(QuotaRow::used).orElseGet(() -> count(tx, directory));
        tx.put(FileSpaces.LOCK_ROW, LOCK, FileSpaces.EMPTY);
        tx.put(FileSpaces.QUOTA, key, new QuotaRow(quota, used).encode());
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
        Above above = above(reader, file);
        QuotaUsage more = QuotaUsage.ofBytes(file, bytes, above.policyOf(file));
        for (InodeId holder : above.holders()) {
            find(reader, holder).ifPresent(row -> row.requireRoom(more, subject(reader, holder)));
        }
    }
}
