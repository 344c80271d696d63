package dev.forebay.files;

import dev.forebay.arena.Resident;
import dev.forebay.base.error.ForebayException;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
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

    boolean complete() {
        return filled == length && resident != null;
    }

    @Nullable Resident resident() {
        return resident;
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
     * Waits until the byte at {@code position} is valid.
     *
     * @return the number of valid bytes, or 0 when the block is not going to be in memory
     * @throws ForebayException that filling met
     */
    long await(long position) {
        lock.lock();
        try {
            while (filled <= position && !abandoned) {
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

    void release(Object holder) {
        Resident memory = resident;
        if (memory != null) {
            memory.release(holder);
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
