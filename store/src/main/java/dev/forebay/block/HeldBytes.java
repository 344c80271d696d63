package dev.forebay.block;

import dev.forebay.base.BlockId;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes of all blocks of a store. Blocks that were there before are counted as the first walk
 * over all of them, which nobody makes for this alone, comes by. Safe for use by many threads.
 *
 * <p>Invariant: a block whose bytes are counted is in {@code counted}, until the walk is over and
 * all are.
 */
final class HeldBytes {
    private final AtomicLong bytes = new AtomicLong();

    /** Blocks that the walk must not count again; empty once it is over. */
    private volatile Optional<Set<BlockId>> counted = Optional.of(ConcurrentHashMap.newKeySet());

    /** A block was made, without bytes. */
    void made(BlockId id) {
        counted.ifPresent(ids -> ids.add(id));
    }

    /** A block that was made here got longer. */
    void grew(long more) {
        bytes.addAndGet(more);
    }

    /** A block got another length. */
    void resized(BlockId id, long before, long after) {
        if (isCounted(id)) {
            bytes.addAndGet(after - before);
        }
    }

    private boolean isCounted(BlockId id) {
        Optional<Set<BlockId>> walk = counted;
        return walk.isEmpty() || walk.get().contains(id);
    }

    /** A block is gone. */
    void removed(BlockId id, long length) {
        Optional<Set<BlockId>> walk = counted;
        // what the walk did not come to yet, it must not count either
        boolean before = walk.isEmpty() || !walk.get().add(id);
        if (before) {
            bytes.addAndGet(-length);
        }
    }

    /** The walk came by a block. */
    void found(BlockId id, long length) {
        counted.ifPresent(
                ids -> {
                    if (ids.add(id)) {
                        bytes.addAndGet(length);
                    }
                });
    }

    /** The walk came by all. */
    void foundAll() {
        counted = Optional.empty();
    }

    long sum() {
        return Math.max(0, bytes.get());
    }
}
