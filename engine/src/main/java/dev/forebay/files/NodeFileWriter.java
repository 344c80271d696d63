package dev.forebay.files;

import dev.forebay.base.BlockId;
import dev.forebay.base.FilePath;
import dev.forebay.base.InodeId;
import dev.forebay.base.PersistenceState;
import dev.forebay.base.error.Closed;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.InvalidState;
import dev.forebay.base.error.OutOfSpace;
import dev.forebay.base.error.QuotaExceeded;
import dev.forebay.base.error.Unsupported;
import dev.forebay.meta.Transaction;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Writes one file: its bytes are in {@link WrittenBytes}, its rows in {@link WrittenRows}. A small
 * file is committed with its name in one transaction; the name of a larger one is completed after
 * its bytes are durable.
 */
final class NodeFileWriter implements LeasedWriter {
    private final Parts parts;
    private final WriteTarget target;
    private final After after;
    private final WrittenBytes bytes;
    private final WrittenRows rows;
    private final Leases.Lease lease;
    private final ReentrantLock lock = new ReentrantLock();

    /** Where the mounted store has the file, once it is complete there. */
    private FilePath underPath;

    /** Whether the last write failed, so that bytes are missing. */
    private @Nullable ForebayException failure;

    /** What {@link #sync} stored last. */
    private @Nullable List<Extent> synced;

    private boolean underComplete;
    private boolean done;

    /**
     * Begins writing.
     *
     * @param target the inode, under construction
     * @param after what follows
     */
    NodeFileWriter(Parts parts, WriteTarget target, After after) {
        this.parts = parts;
        this.target = target;
        this.underPath = target.path();
        this.after = after;
        this.bytes = new WrittenBytes(parts, target);
        this.rows = new WrittenRows(parts, target, bytes);
        parts.open().enter(target.inode().id());
        this.lease = parts.leases().enter(target.inode().id(), target.beginning().holder(), this);
    }

    /**
     * What follows the end of writing.
     *
     * @param persist told of files that the mounted store must get
     * @param recovery completes what is not to be completed here
     * @param removal gives up blocks that are no longer of the file
     */
    record After(Consumer<InodeId> persist, Recovery recovery, Removal removal) {}

    @Override
    public FilePath path() {
        return target.path();
    }

    @Override
    public InodeId id() {
        return target.inode().id();
    }

    @Override
    public long position() {
        return bytes.position();
    }

    @Override
    public void write(ByteBuffer source) {
        lock.lock();
        try {
            requireOpen();
            bytes.write(source);
            failure = null;
        } catch (ForebayException e) {
            failure = e;
            throw e;
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() {
        if (done) {
            throw new Closed("writer is closed", target.path());
        }
    }

    /** Takes over a block that another file gives up. */
    void adopt(Extent extent) {
        lock.lock();
        try {
            requireOpen();
            bytes.adopt(extent);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public BlockId nextBlock() {
        lock.lock();
        try {
            requireOpen();
            parts.safeMode().requireOff(target.path());
            rows.requireRoomForBlock();
            return bytes.nextBlock();
        } finally {
            lock.unlock();
        }
    }

    /** What comes next is a block's beginning for who writes, wherever it is put. */
    void markBlock() {
        bytes.markBlock();
    }

    @Override
    public void abandonBlock() {
        lock.lock();
        try {
            requireOpen();
            if (bytes.atBlockStart()) {
                return;
            }
            List<Extent> given = bytes.abandonBlock();
            failure = null;
            if (bytes.streaming()) {
                discard(given);
            }
        } finally {
            lock.unlock();
        }
    }

    private void discard(List<Extent> given) {
        // readers, and recovery, find what stays at its new place before the old one goes
        if (synced != null) {
            sync();
        } else if (parts.leases().visible(target.inode().id()).isPresent()) {
            show();
        }
        InodeId id = target.inode().id();
        bytes.discard(parts.store().read(reader -> KeptRows.unneeded(reader, id, given)));
    }

    @Override
    public void flush() {
        lock.lock();
        try {
            requireOpen();
            show();
        } finally {
            lock.unlock();
        }
    }

    private Leases.Visible show() {
        if (target.writesUnder()) {
            throw new Unsupported(
                    "a file written through to its mount cannot be flushed", target.path());
        }
        Leases.Visible visible = bytes.visible();
        lease.show(visible);
        return visible;
    }

    @Override
    public void sync() {
        lock.lock();
        try {
            requireOpen();
            Leases.Visible visible = show();
            if (target.inMemoryOnly()) {
                return;
            }
            bytes.sync();
            List<Extent> old = parts.store().transact(tx -> rows.store(tx, visible.extents()));
            synced = visible.extents();
            drop(old, visible.extents());
        } finally {
            lock.unlock();
        }
    }

    /** Syncs, if anything was flushed and the file is still being written. */
    void syncFlushed() {
        lock.lock();
        try {
            if (!done && parts.leases().visible(target.inode().id()).isPresent()) {
                sync();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives up blocks that the file had and has no more. */
    private void drop(List<Extent> old, List<Extent> now) {
        List<Extent> gone = new ArrayList<>(old);
        gone.removeAll(now);
        after.removal().dropReplaced(target.inode().id(), gone, now);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (done) {
                return;
            }
            parts.safeMode().requireOff(target.path());
            ForebayException cause = failure;
            if (cause != null) {
                // bytes are missing: the file must not look complete, and the caller hears why
                if (!target.beginning().leased()) {
                    abort();
                }
                throw incomplete(cause);
            }
            try {
                complete(_ -> {}, true);
            } catch (QuotaExceeded e) {
                if (!target.beginning().leased()) {
                    abort();
                }
                throw e;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Completes the file with what was received, even after a failure, whatever quotas say. */
    void closeReceived() {
        lock.lock();
        try {
            if (!done) {
                complete(_ -> {}, false);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Completes the file together with other changes. */
    void closeWith(Consumer<Transaction> also) {
        lock.lock();
        try {
            requireOpen();
            parts.safeMode().requireOff(target.path());
            complete(also, false);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Completes.
     *
     * @param also changes of the same transaction
     * @param limited whether quotas may refuse it
     */
    private void complete(Consumer<Transaction> also, boolean limited) {
        bytes.finish();
        boolean alive = parts.gate().enter(target.inode(), () -> place(also, limited));
        end();
        if (alive) {
            afterCommit();
        } else {
            dropDeleted();
        }
    }

    private void end() {
        done = true;
        parts.leases().leave(lease);
        parts.open().leave(target.inode().id());
    }

    /** A new error, since a try statement that closes may hold the first one already. */
    private ForebayException incomplete(ForebayException cause) {
        return cause instanceof OutOfSpace full
                ? new OutOfSpace(full.reason(), full.subject(), full)
                : new InvalidState(
                        target.beginning().leased()
                                ? "a write failed and the rest is missing"
                                : "file was dropped: a write failed and the rest is missing",
                        target.path(),
                        cause);
    }

    /** Gives the file its place; false when it was deleted meanwhile. */
    private boolean place(Consumer<Transaction> also, boolean limited) {
        String fingerprint = target.writesUnder() ? completeUnder() : bytes.complete();
        return parts.store()
                .transact(
                        tx -> {
                            boolean alive = rows.complete(tx, fingerprint, limited);
                            if (alive) {
                                also.accept(tx);
                            }
                            return alive;
                        });
    }

    private String completeUnder() {
        InodeId id = target.inode().id();
        Optional<FilePath> now = parts.store().read(reader -> Tree.path(reader, id));
        if (now.isEmpty()) {
            // deleted meanwhile: the mounted store never gets it
            return "";
        }
        String fingerprint = bytes.complete();
        underComplete = true;
        Mount mount = target.mount().orElseThrow();
        if (!now.get().equals(underPath)) {
            mount.store().rename(mount.inside(underPath), mount.inside(now.get()));
            underPath = now.get();
        }
        return fingerprint;
    }

    private void afterCommit() {
        bytes.release();
        drop(rows.replaced(), bytes.finished());
        if (rows.persistence() == PersistenceState.TO_BE_PERSISTED) {
            after.persist().accept(target.inode().id());
        }
    }

    /** The file was deleted while it was written. */
    private void dropDeleted() {
        dropBytes();
        boolean taken = parts.store().read(reader -> Tree.resolve(reader, underPath)).complete();
        if (underComplete && !taken) {
            Mount mount = target.mount().orElseThrow();
            mount.store().delete(mount.inside(underPath));
        }
    }

    private void dropBytes() {
        InodeId id = target.inode().id();
        bytes.drop(parts.store().read(reader -> KeptRows.needed(reader, id)));
    }

    @Override
    public void abort() {
        lock.lock();
        try {
            if (done) {
                return;
            }
            if (target.beginning().continued()) {
                abortContinued();
            } else {
                abortNew();
            }
        } finally {
            lock.unlock();
        }
    }

    private void abortContinued() {
        try {
            List<Extent> stored = synced;
            if (stored != null) {
                bytes.leave(stored);
            } else {
                dropBytes();
            }
        } finally {
            end();
            after.recovery().giveUp(target.inode().id(), bytes.blocksMade());
        }
    }

    private void abortNew() {
        try {
            // first, so that what a snapshot shows of it is kept
            rows.remove();
            dropBytes();
        } finally {
            end();
        }
    }
}
