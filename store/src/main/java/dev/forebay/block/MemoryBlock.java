package dev.forebay.block;

import dev.forebay.base.BlockId;
import dev.forebay.base.error.Closed;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.InvalidState;
import dev.forebay.base.error.Lost;
import dev.forebay.base.error.NotFound;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One block of a {@link MemoryBlockStore}. Its bytes lie in pieces of fixed length, which count as
 * used from when they are made until the block is deleted and its last reader and its writer are
 * closed. All fields are guarded by the monitor; bytes below {@code length} never change.
 */
final class MemoryBlock {
    /** Bytes that are taken from the capacity at once. */
    static final int PIECE_LENGTH = 64 * 1024;

    private final MemoryBlockStore store;
    private final BlockId id;
    private final List<byte[]> pieces = new ArrayList<>();
    private long length;
    private int holders;
    private boolean sealed;
    private boolean written;
    private boolean deleted;

    MemoryBlock(MemoryBlockStore store, BlockId id) {
        this.store = store;
        this.id = id;
    }

    synchronized BlockStore.BlockStatus status() {
        return new BlockStore.BlockStatus(id, length, sealed);
    }

    /** A writer; at most one at a time. */
    synchronized BlockWriter writer() {
        written = true;
        holders++;
        return new Writer();
    }

    synchronized BlockReader reader() {
        holders++;
        return new Reader();
    }

    synchronized BlockReader openReader() {
        if (!sealed && !written) {
            throw new InvalidState("block is not sealed", id);
        }
        return reader();
    }

    synchronized void recover(long to) {
        if (written && !sealed) {
            throw new InvalidState("block is being written or recovered", id);
        }
        if (to > length) {
            throw new Lost("block has fewer bytes than were promised", id);
        }
        length = to;
        sealed = true;
    }

    synchronized void requireSealed() {
        if (!sealed) {
            throw new InvalidState("block is not sealed", id);
        }
    }

    synchronized void delete() {
        deleted = true;
        forgetUnused();
    }

    private synchronized void release() {
        holders--;
        forgetUnused();
    }

    private void forgetUnused() {
        if (deleted && holders == 0) {
            store.free((long) pieces.size() * PIECE_LENGTH);
            pieces.clear();
        }
    }

    private synchronized void append(ByteBuffer source) {
        requirePresent();
        if (sealed) {
            throw new InvalidState("block is sealed", id);
        }
        if (source.remaining() > BlockFooter.DATA_LENGTH_MAX - length) {
            throw new Invalid("block would be longer than 64 GiB", id);
        }
        reserve(length + source.remaining());
        while (source.hasRemaining()) {
            int offset = (int) (length % PIECE_LENGTH);
            int count = Math.min(source.remaining(), PIECE_LENGTH - offset);
            source.get(pieces.get((int) (length / PIECE_LENGTH)), offset, count);
            length += count;
        }
    }

    private void reserve(long capacity) {
        long count = (capacity + PIECE_LENGTH - 1) / PIECE_LENGTH - pieces.size();
        if (count > 0) {
            store.take(count * PIECE_LENGTH, id);
            for (long i = 0; i < count; i++) {
                pieces.add(new byte[PIECE_LENGTH]);
            }
        }
    }

    private synchronized void requirePresent() {
        if (deleted) {
            throw new NotFound("block was deleted", id);
        }
    }

    private synchronized int read(long position, ByteBuffer target) {
        if (position < 0 || position > length) {
            throw new Invalid("position is outside of the block", position);
        }
        int total = (int) Math.min(target.remaining(), length - position);
        for (int done = 0; done < total; ) {
            int offset = (int) ((position + done) % PIECE_LENGTH);
            int count = Math.min(total - done, PIECE_LENGTH - offset);
            target.put(pieces.get((int) ((position + done) / PIECE_LENGTH)), offset, count);
            done += count;
        }
        return total;
    }

    private synchronized void seal() {
        requirePresent();
        sealed = true;
    }

    private synchronized void endWriting() {
        written = false;
    }

    /** The writer; for one thread at a time, as all. */
    private final class Writer implements BlockWriter {
        private final AtomicBoolean closed = new AtomicBoolean();

        @Override
        public BlockId id() {
            return id;
        }

        @Override
        public long length() {
            return status().length();
        }

        @Override
        public void append(ByteBuffer source) {
            requireOpen();
            MemoryBlock.this.append(source);
        }

        @Override
        public void sync() {
            requireOpen();
            requirePresent();
        }

        @Override
        public void seal() {
            requireOpen();
            MemoryBlock.this.seal();
        }

        @Override
        public BlockReader reader() {
            requireOpen();
            return MemoryBlock.this.reader();
        }

        private void requireOpen() {
            if (closed.get()) {
                throw new Closed("writer is closed", id);
            }
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                endWriting();
                release();
            }
        }
    }

    /** A reader. */
    private final class Reader implements BlockReader {
        private final AtomicBoolean closed = new AtomicBoolean();

        @Override
        public long length() {
            return status().length();
        }

        @Override
        public int read(long position, ByteBuffer target) {
            if (closed.get()) {
                throw new Closed("reader is closed", id);
            }
            return MemoryBlock.this.read(position, target);
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                release();
            }
        }
    }
}
