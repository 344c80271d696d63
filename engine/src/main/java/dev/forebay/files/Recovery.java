package dev.forebay.files;

import dev.forebay.base.InodeId;
import dev.forebay.base.PersistenceState;
import dev.forebay.block.BlockStore;
import dev.forebay.meta.Transaction;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Completes files whose writer is gone, with the bytes that were made durable; without any such,
 * with those the file had before it was continued, or none.
 */
final class Recovery {
    private static final int LOCKS = 64;

    private final Parts parts;
    private final ReentrantLock[] locks = new ReentrantLock[LOCKS];
    private final Consumer<InodeId> persist;

    /** Numbers of blocks that writers took which gave up while safe mode was on. */
    private final Map<InodeId, Integer> postponed = new ConcurrentHashMap<>();

    Recovery(Parts parts, Consumer<InodeId> persist) {
        this.parts = parts;
        this.persist = persist;
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    /** Completes a file that nobody writes; nothing when it is complete or gone. */
    void recover(InodeId id) {
        recover(id, 0);
    }

    /**
     * Completes a file whose writer gives up; while safe mode is on it stays as it is, until
     * background work or its next writer finds it afterwards.
     *
     * @param blocksMade numbers of blocks that the writer took
     */
    void giveUp(InodeId id, int blocksMade) {
        if (parts.safeMode().on()) {
            postponed.merge(id, blocksMade, Math::max);
        } else {
            recover(id, blocksMade);
        }
    }

    /** Of several calls at the same time one does it, the others return after it. */
    private void recover(InodeId id, int made) {
        ReentrantLock lock = locks[(int) (id.value() % LOCKS)];
        lock.lock();
        try {
            int blocksMade = Math.max(made, postponed.getOrDefault(id, 0));
            parts.store()
                    .read(reader -> Tree.find(reader, id))
                    .filter(inode -> !inode.state().completed())
                    // looked for after the inode was read: who writes this content is there by now
                    .filter(_ -> !parts.leases().isWritten(id))
                    .ifPresent(inode -> recover(inode, blocksMade));
            postponed.remove(id);
        } finally {
            lock.unlock();
        }
    }

    private void recover(Inode seen, int blocksMade) {
        List<Extent> extents = parts.store().read(reader -> Tree.extents(reader, seen.id()));
        // who reads meanwhile keeps the blocks open
        extents.stream().filter(extent -> extent.place() == Extent.Place.DISK).forEach(this::seal);
        Optional<Inode> completed =
                parts.store()
                        .transact(
                                tx ->
                                        find(tx, seen, extents)
                                                .map(
                                                        inode ->
                                                                complete(
                                                                        tx,
                                                                        inode,
                                                                        extents,
                                                                        blocksMade)));
        completed
                .filter(inode -> inode.state().persistence() == PersistenceState.TO_BE_PERSISTED)
                .ifPresent(inode -> persist.accept(inode.id()));
    }

    private void seal(Extent extent) {
        boolean whole =
                parts.blocks()
                        .find(extent.block())
                        .filter(BlockStore.BlockStatus::sealed)
                        .filter(status -> status.length() == extent.length())
                        .isPresent();
        if (!whole) {
            parts.blocks().recover(extent.block(), extent.length());
        }
    }

    /** The inode, unless somebody has completed or continued it since. */
    private static Optional<Inode> find(Transaction tx, Inode seen, List<Extent> extents) {
        return Tree.lock(tx, seen.id())
                .filter(inode -> !inode.state().completed())
                .filter(inode -> inode.state().generation() == seen.state().generation())
                .filter(inode -> Tree.extents(tx, inode.id()).equals(extents));
    }

    private static Inode complete(
            Transaction tx, Inode inode, List<Extent> extents, int blocksMade) {
        PersistenceState state = persistence(inode, extents);
        tx.delete(FileSpaces.LEASE, FileSpaces.key(inode.id()));
        if (state == PersistenceState.TO_BE_PERSISTED) {
            tx.put(FileSpaces.PERSIST, FileSpaces.key(inode.id()), FileSpaces.EMPTY);
        }
        Inode completed =
                inode.withState(
                        inode.state()
                                .withBlocksMade(blocksMade)
                                .withCompleted(state, inode.state().fingerprint()));
        Tree.put(tx, completed);
        return completed;
    }

    private static PersistenceState persistence(Inode inode, List<Extent> extents) {
        boolean inMemory =
                extents.stream().anyMatch(extent -> extent.place() == Extent.Place.MEMORY);
        if (inode.state().persistence() == PersistenceState.PERSISTED) {
            return PersistenceState.PERSISTED;
        }
        if (inMemory) {
            return PersistenceState.NOT_PERSISTED;
        }
        return inode.mounted() ? PersistenceState.TO_BE_PERSISTED : PersistenceState.PERSISTED;
    }
}
