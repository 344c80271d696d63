package dev.forebay.gateway.hdfs;

import dev.forebay.base.BlockId;
import dev.forebay.files.LeasedWriter;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A block that a client writes, as it was told of it: the engine may put the bytes elsewhere. Safe
 * for use by many threads.
 *
 * <ul>
 *   <li>The bytes received are those of the file from {@link #start} on.
 *   <li>Only the connection that took the block last may add to it.
 *   <li>The generation stamp only grows.
 * </ul>
 */
final class OpenBlock {
    private final BlockId id;
    private final LeasedWriter writer;
    private final String holder;
    private final long start;

    /** The block that the client told to be before this one; 0 for none. */
    private final long previous;

    private final ReentrantLock lock = new ReentrantLock();
    private long generation;
    private long turn;

    /**
     * Where in a file a block is.
     *
     * @param id of the block
     * @param start position in the file of its first byte
     * @param previous id of the block before, as the client told it; 0 for none
     */
    record Place(BlockId id, long start, long previous) {}

    OpenBlock(LeasedWriter writer, String holder, Place place, long generation) {
        this.id = place.id();
        this.writer = writer;
        this.holder = holder;
        this.start = place.start();
        this.previous = place.previous();
        this.generation = generation;
    }

    BlockId id() {
        return id;
    }

    LeasedWriter writer() {
        return writer;
    }

    String holder() {
        return holder;
    }

    long previous() {
        return previous;
    }

    /** Bytes received. */
    long received() {
        return writer.position() - start;
    }

    /** The block as the client is told of it. */
    LocationEncoder.Block located(long length) {
        lock.lock();
        try {
            return new LocationEncoder.Block(id, generation, start, length);
        } finally {
            lock.unlock();
        }
    }

    /** Takes a newer generation stamp; an older one is ignored. */
    void renew(long newer) {
        lock.lock();
        try {
            generation = Math.max(generation, newer);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives the block to a connection, and returns when no other adds to it any more.
     *
     * @return what the connection names itself by from then on
     */
    long take() {
        lock.lock();
        try {
            return ++turn;
        } finally {
            lock.unlock();
        }
    }

    /** Drops the bytes received; whoever writes is told so with its next packet. */
    void abandon() {
        lock.lock();
        try {
            turn++;
            writer.abandonBlock();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds bytes. Those that were received already are skipped: a client sends again what it has no
     * acknowledgement of.
     *
     * @param taken what {@link #take} gave
     * @param offset in the block of the first byte
     * @return false when another connection has taken the block, or bytes before these are missing;
     *     nothing was added then
     */
    boolean add(long taken, long offset, ByteBuffer bytes) {
        lock.lock();
        try {
            long known = received() - offset;
            if (taken != turn || known < 0) {
                return false;
            }
            if (known < bytes.remaining()) {
                bytes.position(bytes.position() + (int) known);
                writer.write(bytes);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Makes what was added visible, if the connection still has the block. */
    void flush(long taken) {
        lock.lock();
        try {
            if (taken == turn) {
                writer.flush();
            }
        } finally {
            lock.unlock();
        }
    }
}
