package dev.forebay.gateway.hdfs;

import dev.forebay.base.BlockId;
import dev.forebay.base.Randomness;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.OutOfSpace;
import dev.forebay.files.SharesBlockFiles;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** The memory shared with clients that read files of blocks. Safe for use by many threads. */
final class SlotRegistry {
    /** Clients with shared memory at once. */
    private static final int SEGMENTS_MAX = 500;

    private final Randomness random = Randomness.secure();
    private final Map<Id, SlotSegment> segments = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    /** Names a segment; who knows it may use it, so that nobody can guess it. */
    record Id(long high, long low) {}

    /** One slot. */
    record Slot(Id segment, int index) {}

    /**
     * Makes memory for a client.
     *
     * @throws OutOfSpace when there are too many, or the system has none left
     */
    Id open() {
        lock.lock();
        try {
            if (segments.size() >= SEGMENTS_MAX) {
                throw new OutOfSpace("too many clients share memory", segments.size());
            }
            Id id = new Id(random.nextLong(), random.nextLong());
            segments.put(id, new SlotSegment());
            return id;
        } finally {
            lock.unlock();
        }
    }

    /** The memory of a client. */
    SlotSegment segment(Id id) {
        lock.lock();
        try {
            SlotSegment segment = segments.get(id);
            if (segment == null) {
                throw new NotFound("no such shared memory", "");
            }
            return segment;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets the memory of a client that is gone. */
    void close(Id id) {
        lock.lock();
        try {
            SlotSegment segment = segments.remove(id);
            if (segment != null) {
                segment.close();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Notes that a slot is about a block.
     *
     * @throws NotFound when there is no such memory
     * @throws dev.forebay.base.error.Invalid when the slot cannot be taken
     */
    void register(Slot slot, BlockId block) {
        lock.lock();
        try {
            segment(slot.segment()).register(slot.index(), block);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Forgets a slot.
     *
     * @throws NotFound when it is not in use
     */
    void release(Slot slot) {
        lock.lock();
        try {
            segment(slot.segment()).release(slot.index());
        } finally {
            lock.unlock();
        }
    }

    /** Tells clients which of the blocks that they have are gone. */
    void sweep(SharesBlockFiles files) {
        Set<BlockId> gone = new HashSet<>(known());
        gone.removeIf(files::contains);
        if (gone.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            segments.values().forEach(segment -> segment.invalidate(gone::contains));
        } finally {
            lock.unlock();
        }
    }

    private Set<BlockId> known() {
        Set<BlockId> blocks = new HashSet<>();
        lock.lock();
        try {
            segments.values().forEach(segment -> blocks.addAll(segment.blocks()));
            return blocks;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return segments.size();
        } finally {
            lock.unlock();
        }
    }
}
