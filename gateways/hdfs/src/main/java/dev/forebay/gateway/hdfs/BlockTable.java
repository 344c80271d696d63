package dev.forebay.gateway.hdfs;

import dev.forebay.base.BlockId;
import dev.forebay.base.InodeId;
import dev.forebay.base.error.Fenced;
import dev.forebay.base.error.NotFound;
import dev.forebay.files.LeasedFileEngine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The blocks being written, at most one of each file, and the files completed last. Safe for use by
 * many threads.
 */
final class BlockTable {
    /** Files whose writers may ask again whether they are complete. */
    private static final int COMPLETED_MAX = 10_000;

    /** Files being written through this gateway at once. */
    private static final int FILES_MAX = 100_000;

    private static final int LOCKS = 64;

    private final Map<BlockId, OpenBlock> blocks = new ConcurrentHashMap<>();
    private final Map<InodeId, OpenBlock> files = new ConcurrentHashMap<>();
    private final ReentrantLock[] locks = new ReentrantLock[LOCKS];
    private final AtomicLong generation = new AtomicLong(LocationEncoder.GENERATION);
    private final Map<InodeId, String> completed = new Completed();
    private final ReentrantLock completedLock = new ReentrantLock();

    private static final class Completed extends LinkedHashMap<InodeId, String> {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InodeId, String> eldest) {
            return size() > COMPLETED_MAX;
        }
    }

    BlockTable() {
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    /** The lock under which calls about a file run one after the other. */
    ReentrantLock lock(InodeId file) {
        return locks[(int) (file.value() % LOCKS)];
    }

    Optional<OpenBlock> find(BlockId block) {
        return Optional.ofNullable(blocks.get(block));
    }

    /** The block of a file that is being written. */
    Optional<OpenBlock> find(InodeId file) {
        return Optional.ofNullable(files.get(file));
    }

    /**
     * Puts a block in the place of the one before it.
     *
     * @throws RpcError.Refusal when too many files are being written
     */
    void put(InodeId file, OpenBlock block) {
        if (files.size() >= FILES_MAX && !files.containsKey(file)) {
            throw RpcError.of(RpcError.IO, "too many files are being written").refused();
        }
        remove(file);
        files.put(file, block);
        blocks.put(block.id(), block);
    }

    /** Forgets the block of a file. */
    void remove(InodeId file) {
        OpenBlock before = files.remove(file);
        if (before != null) {
            blocks.remove(before.id(), before);
        }
    }

    /** Forgets files whose leases are over: their clients died, or others took them. */
    void sweep(LeasedFileEngine engine) {
        files.forEach(
                (file, block) -> {
                    if (!held(engine, file, block)) {
                        files.remove(file, block);
                        blocks.remove(block.id(), block);
                    }
                });
    }

    private static boolean held(LeasedFileEngine engine, InodeId file, OpenBlock block) {
        try {
            return engine.writer(file, block.holder()).equals(block.writer());
        } catch (NotFound | Fenced _) {
            return false;
        }
    }

    int size() {
        return files.size();
    }

    /** The stamp of blocks that were just made. */
    long nextGeneration() {
        return generation.incrementAndGet();
    }

    /** Notes that a file was completed for its holder. */
    void complete(InodeId file, String holder) {
        remove(file);
        completedLock.lock();
        try {
            completed.put(file, holder);
        } finally {
            completedLock.unlock();
        }
    }

    /** Whether the file was completed for this holder lately. */
    boolean completed(InodeId file, String holder) {
        completedLock.lock();
        try {
            return holder.equals(completed.get(file));
        } finally {
            completedLock.unlock();
        }
    }
}
