package dev.forebay.gateway.hdfs;

import dev.forebay.base.BlockId;
import dev.forebay.base.InodeId;

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

    /** Puts a block in the place of the one before it. */
    void put(InodeId file, OpenBlock block) {
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

    /** The files with a block here. */
    Iterable<InodeId> files() {
        return files.keySet();
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
