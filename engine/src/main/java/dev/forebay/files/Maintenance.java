package dev.forebay.files;

import dev.forebay.base.BlockId;
import dev.forebay.base.Clock;
import dev.forebay.base.InodeId;
import dev.forebay.base.error.ForebayException;
import dev.forebay.meta.KeyRange;
import dev.forebay.meta.Reader;
import dev.forebay.meta.Space;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Work that is due without anybody asking: times to live, times written late, blocks that nothing
 * refers to, files left incomplete, persisting what waits. One thread runs one task after the
 * other; a task that fails is logged and run again at the next round.
 */
final class Maintenance implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);
    private static final int BATCH = 1000;

    private final Parts parts;
    private final Tasks tasks;
    private final Thread thread;
    private volatile boolean closed;
    private long lastRetryNanos;

    /** Blocks found at the start that may be without an owner. */
    private List<BlockId> unowned = List.of();

    /**
     * What is done for others.
     *
     * @param expiry acts on one inode whose time to live is over
     * @param removal removes and purges
     * @param persister persists
     * @param construction ends leases
     * @param recovery completes what was left under a lease
     * @param snapshots gives up what was kept for removed snapshots
     */
    record Tasks(
            TtlExpiry expiry,
            Removal removal,
            Persister persister,
            Construction construction,
            Recovery recovery,
            SnapshotSweep snapshots) {}

    Maintenance(Parts parts, Tasks tasks) {
        this.parts = parts;
        this.tasks = tasks;
        this.thread = Thread.ofVirtual().name("files-maintenance").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        attempt("listing of blocks", this::listOwnerless);
        Clock clock = parts.clock();
        Duration interval = parts.config().ttlCheckInterval();
        while (!closed) {
            if (!parts.safeMode().on()) {
                change();
            }
            attempt("late times", parts.times()::flush);
            try {
                clock.sleep(interval);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void change() {
        attempt("blocks without an owner", this::deleteOwnerless);
        attempt("trash", tasks.removal()::purgeTrash);
        attempt("times to live", this::expire);
        attempt("removed snapshots", tasks.snapshots()::sweep);
        attempt("deleted blocks", this::sweepBlocks);
        attempt("incomplete files", this::settleIncomplete);
        Clock clock = parts.clock();
        if (clock.nanos() - lastRetryNanos > Persister.retryInterval().toNanos()) {
            lastRetryNanos = clock.nanos();
            attempt("leases", tasks.construction()::expireLeases);
            attempt("persisting", tasks.persister()::retry);
        }
    }

    /** Does what can be done; a failure keeps nothing else waiting. */
    private void attempt(String what, Runnable task) {
        if (closed) {
            return;
        }
        try {
            task.run();
        } catch (ForebayException e) {
            if (!closed) {
                LOG.warn("background task failed, will be tried again task={}", what, e);
            }
        }
    }

    private void expire() {
        long now = parts.clock().millis();
        KeyRange due =
                KeyRange.between(FileSpaces.EMPTY, FileSpaces.ttlKey(now + 1, new InodeId(0)));
        eachBatch(
                FileSpaces.TTL,
                due,
                batch -> {
                    for (byte[] key : batch) {
                        if (closed) {
                            return;
                        }
                        tasks.expiry().expire(new InodeId(FileSpaces.number(key, 8)));
                    }
                });
    }

    /**
     * Hands out the keys of a range, some at a time, each once: what a task leaves for later keeps
     * nothing behind it waiting.
     */
    private void eachBatch(Space space, KeyRange range, Consumer<List<byte[]>> task) {
        KeyRange rest = range;
        List<byte[]> batch = batch(space, rest);
        while (!batch.isEmpty() && !closed) {
            task.accept(batch);
            rest = rest.after(batch.getLast());
            batch = batch(space, rest);
        }
    }

    private List<byte[]> batch(Space space, KeyRange range) {
        List<byte[]> keys = new ArrayList<>();
        parts.store()
                .visit(
                        reader -> {
                            reader.scan(
                                    space,
                                    range,
                                    (key, _) -> {
                                        keys.add(key);
                                        return keys.size() < BATCH;
                                    });
                        });
        return keys;
    }

    private void sweepBlocks() {
        eachBatch(FileSpaces.BLOCK_DELETE, KeyRange.all(), this::sweepBlocks);
    }

    private void sweepBlocks(List<byte[]> keys) {
        List<BlockId> gone = new ArrayList<>();
        for (byte[] key : keys) {
            BlockId block = new BlockId(FileSpaces.number(key, 0));
            if (!parts.open().isOpen(lastOwner(block))) {
                attempt(
                        "deleted block " + block,
                        () -> {
                            parts.blocks().delete(block);
                            gone.add(block);
                        });
            }
        }
        if (!gone.isEmpty()) {
            parts.store()
                    .update(
                            tx -> {
                                gone.forEach(
                                        block ->
                                                tx.delete(
                                                        FileSpaces.BLOCK_DELETE,
                                                        FileSpaces.key(block)));
                            });
        }
    }

    private InodeId lastOwner(BlockId block) {
        return parts.store()
                .read(reader -> reader.get(FileSpaces.BLOCK_DELETE, FileSpaces.key(block)))
                .filter(value -> value.length > 0)
                .map(value -> new InodeId(FileSpaces.number(value, 0)))
                .orElseGet(() -> FileSpaces.inodeOf(block));
    }

    /**
     * Files whose writer went with an earlier process: those written under a lease are completed
     * with what was synced, others go when nobody can be waiting for them any more.
     */
    private void settleIncomplete() {
        long before = parts.clock().millis() - parts.config().incompleteExpiry().toMillis();
        eachBatch(
                FileSpaces.LEASE,
                KeyRange.all(),
                batch -> {
                    for (byte[] key : batch) {
                        InodeId id = new InodeId(FileSpaces.number(key, 0));
                        if (!parts.open().isOpen(id) && !parts.leases().beginning(id)) {
                            attempt("incomplete file " + id, () -> settleIncomplete(id, before));
                        }
                    }
                });
    }

    private void settleIncomplete(InodeId id, long before) {
        boolean keeps = parts.store().read(reader -> keepsBytes(reader, id));
        if (keeps) {
            tasks.recovery().recover(id);
        } else {
            deleteIncomplete(id, before);
        }
    }

    /** Whether a file under construction was seen by others, or complete before. */
    private static boolean keepsBytes(Reader reader, InodeId id) {
        boolean held =
                reader.get(FileSpaces.LEASE, FileSpaces.key(id))
                        .filter(holder -> holder.length > 0)
                        .isPresent();
        return held
                || Tree.find(reader, id)
                        .filter(inode -> inode.state().generation() > 1)
                        .isPresent();
    }

    private void deleteIncomplete(InodeId id, long before) {
        Optional<InodeId> parent =
                parts.store()
                        .transact(
                                tx -> {
                                    Optional<Inode> inode =
                                            Tree.lock(tx, id)
                                                    .filter(found -> !found.state().completed())
                                                    .filter(
                                                            found ->
                                                                    found.times().created()
                                                                            < before);
                                    inode.ifPresent(found -> Tree.remove(tx, found));
                                    return inode.map(found -> found.link().parent());
                                });
        parent.ifPresent(parts::childrenChanged);
    }

    private void listOwnerless() {
        List<BlockId> all = new ArrayList<>();
        parts.blocks().list(status -> all.add(status.id()));
        Collections.sort(all);
        unowned = all;
    }

    /**
     * Deletes blocks whose file was never completed, or was deleted, when an earlier process ended.
     * Those of files that are open are looked at again at the next round.
     */
    private void deleteOwnerless() {
        List<BlockId> again = new ArrayList<>();
        int deleted = 0;
        Set<BlockId> known = Set.of();
        for (BlockId block : unowned) {
            if (known.contains(block)) {
                continue;
            }
            InodeId inode = parts.store().read(reader -> Tree.owner(reader, block));
            // a writer is registered before its first block is made and until its extents are
            // committed
            if (parts.open().isOpen(inode)) {
                again.add(block);
                continue;
            }
            // read after the look at who writes, so that what was committed before is seen
            known = parts.store().read(reader -> blocksBeside(reader, block));
            if (!known.contains(block)) {
                parts.blocks().delete(block);
                deleted++;
            }
        }
        unowned = again;
        if (deleted > 0) {
            LOG.info("deleted blocks without an owner count={}", deleted);
        }
    }

    /**
     * All blocks that the file a block belongs to has on disk, or had and snapshots need. One whose
     * bytes were synced while it was small has them elsewhere under the same id.
     */
    private static Set<BlockId> blocksBeside(Reader reader, BlockId block) {
        InodeId owner = Tree.owner(reader, block);
        return Stream.concat(
                        Tree.extents(reader, owner).stream().map(Extent::stored),
                        KeptRows.needed(reader, owner).stream())
                .filter(stored -> stored.place() == Extent.Place.DISK)
                .map(Extent.Stored::block)
                .collect(Collectors.toSet());
    }

    /** Stops after the task under way. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
