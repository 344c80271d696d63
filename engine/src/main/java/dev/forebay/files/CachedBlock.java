package dev.forebay.files;

import dev.forebay.arena.Resident;
import dev.forebay.base.error.ForebayException;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A block in the arena, or on its way there. Bytes before {@code filled} are valid; once all are,
 * the block is complete. A block whose filling failed is never complete and holds no memory.
 */
final class CachedBlock {
    private final long length;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    private volatile long filled;
    private volatile @Nullable Resident resident;
    private volatile @Nullable ForebayException failure;
    private volatile boolean abandoned;

    // guarded by lock
    private boolean pinned;
    private boolean dropped;

    /** A block to be filled. */
    CachedBlock(long length) {
        this.length = length;
    }

    /** A block that is complete. */
    CachedBlock(Resident resident) {
        this.length = resident.length();
        this.resident = resident;
        this.filled = length;
    }

    /** Bytes that it has when it is complete. */
    long length() {
        return length;
    }

    boolean complete() {
        return filled == length && resident != null;
    }

    /** Gives the block its memory; from now on holders can be added. */
    void attach(Resident memory) {
        resident = memory;
        signal();
    }

    /** Says that bytes before {@code position} are valid. */
    void advance(long position) {
        filled = position;
        signal();
    }

    /** Ends filling: no room, or an error that readers must see. */
    void abandon(@Nullable ForebayException cause) {
        failure = cause;
        abandoned = true;
        signal();
    }

    private void signal() {
        lock.lock();
        try {
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the byte at {@code position} is valid; not at all where the block has none.
     *
     * @return the number of valid bytes, or 0 when the block is not going to be in memory
     * @throws ForebayException that filling met
     */
    long await(long position) {
        lock.lock();
        try {
            while (filled <= position && position < length && !abandoned) {
                progress.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
        ForebayException cause = failure;
        if (cause != null) {
            throw cause;
        }
        return abandoned ? 0 : filled;
    }

    /** Adds a holder; false when the block is not in memory. */
    boolean hold(Object holder) {
        Resident memory = resident;
        return memory != null && memory.hold(holder);
    }

    /** Adds a holder to a block that is complete; empty when it is not, or not in memory. */
    Optional<Resident> holdComplete(Object holder) {
        Resident memory = resident;
        return memory != null && complete() && memory.hold(holder)
                ? Optional.of(memory)
                : Optional.empty();
    }

    void release(Object holder) {
        Resident memory = resident;
        if (memory != null) {
            memory.release(holder);
        }
    }

    /** Keeps a complete block from eviction; a block being filled is pinned when it is complete. */
    void setPinned(boolean wanted) {
        lock.lock();
        try {
            Resident memory = resident;
            if (wanted != pinned && complete() && memory != null) {
                apply(memory, wanted);
            }
            pinned = wanted;
        } finally {
            lock.unlock();
        }
    }

    private void apply(Resident memory, boolean wanted) {
        // a block that is evicted at this moment cannot be pinned; a holder keeps it for the call
        if (memory.hold(this)) {
            if (wanted) {
                memory.pin();
            } else {
                memory.unpin();
            }
            memory.release(this);
        }
    }

    /**
     * Ends filling: the block is complete, held by nobody, and pinned if that was asked for
     * meanwhile.
     *
     * @return false when it was dropped meanwhile; its memory is then given back
     */
    boolean complete(Resident memory) {
        lock.lock();
        try {
            memory.seal();
            filled = length;
            if (pinned) {
                memory.pin();
            }
            if (dropped) {
                memory.free();
            }
            memory.release(this);
            progress.signalAll();
            return !dropped;
        } finally {
            lock.unlock();
        }
    }

    /** Gives the memory up: now, or when filling ends. */
    void drop() {
        lock.lock();
        try {
            dropped = true;
            Resident memory = resident;
            if (complete() && memory != null) {
                memory.free();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A read-only view of valid bytes; the caller holds the block. */
    ByteBuffer slice(long position, long count) {
        Resident memory = resident;
        if (memory == null) {
            throw new IllegalStateException("block is not in memory");
        }
        return memory.segment().asSlice(position, count).asByteBuffer().asReadOnlyBuffer();
    }
}
