package dev.forebay.block;

import dev.forebay.base.BlockId;
import dev.forebay.base.Disk;
import dev.forebay.base.DiskErrors;
import dev.forebay.base.error.Closed;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.InvalidState;
import dev.forebay.base.error.NotFound;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Writes one block of a {@link DiskBlockStore}.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>the file holds at least the bytes that {@code sums} covers. What lies behind them is left
 *       over from a failed write; {@code surplus} says that there may be such, and nobody reads it.
 *   <li>after a failed sync nothing is written any more: the system may have dropped bytes and said
 *       so only once.
 *   <li>the file has its sealed name only when its bytes and footer were synced.
 * </ul>
 */
final class DiskBlockWriter implements BlockWriter {
    private enum State {
        WRITING,
        SEALED,
        FAILED,
        CLOSED
    }

    private final DiskBlockStore store;
    private final BlockId id;
    private final Disk.File file;
    private final CheckedFile shared;
    private final RunningChecksums sums = new RunningChecksums();
    private State state = State.WRITING;
    private boolean surplus;
    private boolean nameDurable;
    private volatile boolean deleted;

    /** Takes over the file, which is empty. */
    DiskBlockWriter(DiskBlockStore store, BlockId id, Disk.File file, ScratchBuffers scratch) {
        this.store = store;
        this.id = id;
        this.file = file;
        this.shared = new CheckedFile(id, file, ChunkChecksums.EMPTY, scratch);
    }

    @Override
    public BlockId id() {
        return id;
    }

    @Override
    public long length() {
        return shared.length();
    }

    @Override
    public synchronized void append(ByteBuffer source) {
        requireWriting();
        long length = sums.length();
        if (source.remaining() > BlockFooter.DATA_LENGTH_MAX - length) {
            throw new Invalid("block would be longer than 64 GiB", id);
        }
        store.takeSpace(id, source.remaining());
        try {
            file.write(length, source.duplicate());
        } catch (IOException e) {
            throw dropSurplus(e);
        }
        store.grew(source.remaining());
        sums.append(source);
        shared.publish(sums.snapshot());
    }

    @Override
    public synchronized void sync() {
        if (state == State.SEALED) {
            return;
        }
        requireWriting();
        syncFile();
        if (!nameDurable) {
            syncName();
        }
    }

    @Override
    public synchronized void seal() {
        if (state == State.SEALED) {
            return;
        }
        requireWriting();
        writeFooter();
        syncFile();
        try {
            store.giveSealedName(id);
        } catch (IOException e) {
            throw deleted ? deletedError() : dropSurplus(e);
        }
        syncName();
        state = State.SEALED;
        store.release(this);
    }

    private void writeFooter() {
        try {
            if (surplus) {
                file.truncate(sums.length());
                surplus = false;
            }
            file.write(sums.length(), BlockFooter.encode(id, sums.snapshot()));
        } catch (IOException e) {
            throw dropSurplus(e);
        }
    }

    private void syncFile() {
        try {
            file.sync();
        } catch (IOException e) {
            state = State.FAILED;
            throw DiskErrors.of(e, id);
        }
    }

    private void syncName() {
        try {
            store.syncName(id);
            nameDurable = true;
        } catch (IOException e) {
            state = State.FAILED;
            throw DiskErrors.of(e, id);
        }
    }

    /** Frees what a failed write left behind the block's bytes, now or before sealing. */
    private ForebayException dropSurplus(IOException failure) {
        surplus = true;
        try {
            file.truncate(sums.length());
            surplus = false;
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        return DiskErrors.of(failure, id);
    }

    private void requireWriting() {
        if (deleted) {
            throw deletedError();
        }
        switch (state) {
            case WRITING -> {}
            case SEALED -> throw new InvalidState("block is sealed", id);
            case FAILED -> throw new InvalidState("block failed to sync and must be recovered", id);
            case CLOSED -> throw new Closed("writer is closed", id);
        }
    }

    private NotFound deletedError() {
        return new NotFound("block was deleted", id);
    }

    /** Makes every later call but close fail; readers go on. */
    void markDeleted() {
        deleted = true;
    }

    @Override
    public BlockReader reader() {
        if (!shared.retain()) {
            throw new Closed("writer is closed", id);
        }
        return new CheckedReader(shared);
    }

    /** A reader, or empty when the block was deleted or this and all readers are closed. */
    Optional<BlockReader> findReader() {
        return !deleted && shared.retain()
                ? Optional.of(new CheckedReader(shared))
                : Optional.empty();
    }

    @Override
    public synchronized void close() {
        if (state != State.CLOSED) {
            state = State.CLOSED;
            store.release(this);
            shared.release();
        }
    }
}
