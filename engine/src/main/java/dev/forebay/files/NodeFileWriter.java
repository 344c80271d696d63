package dev.forebay.files;

import dev.forebay.base.BlockId;
import dev.forebay.base.FilePath;
import dev.forebay.base.InodeId;
import dev.forebay.base.PersistenceState;
import dev.forebay.base.WriteType;
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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Writes one file. The first bytes, up to the small-file limit, are gathered; a file that ends
 * there is committed with its name in one transaction. Beyond that, bytes go straight to the tail
 * of a block, in durable storage and in memory as the write type asks, and the name is completed
 * after the bytes are durable.
 */
final class NodeFileWriter implements LeasedWriter {
    private static final int GATHERED_MIN = 4 << 10;

    private final Parts parts;
    private final Target target;
    private final After after;
    private final DurableTail durable;
    private final Optional<MemoryTail> memory;
    private final WrittenBlocks blocks;
    private final Leases.Lease lease;
    private final ReentrantLock lock = new ReentrantLock();
    private byte[] gathered = new byte[0];

    /** What was gathered and is not yet in a block; taken up again after a failure. */
    private ByteBuffer unstreamed = ByteBuffer.allocate(0);

    /** Where the mounted store has the file, once it is complete there. */
    private FilePath underPath;

    private boolean streaming;

    /** Whether the last write failed, so that bytes are missing. */
    private @Nullable ForebayException failure;

    /** The blocks of a small file that is being completed. */
    private @Nullable List<Extent> small;

    /** What the file had and has no more, to be dropped once that is durable. */
    private List<Extent> replaced = List.of();

    /** What {@link #sync} stored last. */
    private @Nullable List<Extent> synced;

    private boolean underComplete;
    private boolean done;
    private long position;

    /** Where the block begins that {@link #nextBlock} told last. */
    private long blockStart;

    /**
     * Begins writing.
     *
     * @param target the inode, under construction
     * @param after what follows
     */
    NodeFileWriter(Parts parts, Target target, After after) {
        this.parts = parts;
        this.target = target;
        this.underPath = target.path();
        this.after = after;
        this.durable = durable(parts, target);
        WriteType type = target.inode().state().writeType();
        boolean onlyCopy = type == WriteType.MUST_CACHE;
        this.memory =
                type == WriteType.THROUGH
                        ? Optional.empty()
                        : Optional.of(
                                new MemoryTail(
                                        parts.cache(), onlyCopy, target.inode().state().pinned()));
        this.blocks =
                new WrittenBlocks(
                        parts,
                        target.shape(),
                        new WrittenBlocks.Tails(durable, memory),
                        target.beginning().kept());
        this.position = blocks.length();
        this.streaming = position > 0;
        parts.open().enter(target.inode().id());
        this.lease = parts.leases().enter(target.inode().id(), target.beginning().holder(), this);
    }

    /**
     * What is written.
     *
     * @param inode as created
     * @param path as created
     * @param mount that it belongs to, or empty
     * @param beginning what there is already
     */
    record Target(Inode inode, FilePath path, Optional<Mount> mount, Beginning beginning) {
        boolean writesUnder() {
            return mount.isPresent()
                    && !beginning.leased()
                    && Creation.writesThrough(inode.state().writeType());
        }

        boolean inMemoryOnly() {
            return inode.state().writeType() == WriteType.MUST_CACHE;
        }

        WrittenBlocks.Shape shape() {
            return new WrittenBlocks.Shape(
                    inode.id(),
                    path,
                    inode.layout().blockSize(),
                    inode.state().generation(),
                    beginning.firstIndex());
        }
    }

    /**
     * How writing begins.
     *
     * @param holder of the lease; empty for none
     * @param continued whether the file was complete before
     * @param kept blocks that stay
     * @param firstIndex number of the first block made
     */
    record Beginning(String holder, boolean continued, List<Extent> kept, int firstIndex) {
        /** Of a new file without a lease. */
        static final Beginning NEW = new Beginning("", false, List.of(), 0);

        static Beginning of(String holder) {
            return new Beginning(holder, false, List.of(), 0);
        }

        /** Whether readers may see the file before it is complete. */
        boolean leased() {
            return continued || !holder.isEmpty();
        }
    }

    /**
     * What follows the end of writing.
     *
     * @param persist told of files that the mounted store must get
     * @param recovery completes what is not to be completed here
     * @param removal gives up blocks that are no longer of the file
     */
    record After(Consumer<InodeId> persist, Recovery recovery, Removal removal) {}

    private static DurableTail durable(Parts parts, Target target) {
        if (target.inMemoryOnly()) {
            return DurableTails.None.INSTANCE;
        }
        if (target.writesUnder()) {
            Mount mount = target.mount().orElseThrow();
            return new DurableTails.Under(mount.store(), mount.inside(target.path()));
        }
        return new DurableTails.Disk(parts.blocks());
    }

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
        return position;
    }

    @Override
    public void write(ByteBuffer source) {
        lock.lock();
        try {
            requireOpen();
            if (!streaming && position + source.remaining() <= smallMax()) {
                gather(source);
            } else {
                startStreaming();
                streamCounted(source);
            }
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() {
        if (done) {
            throw new Closed("writer is closed", target.path());
        }
    }

    /** Streams, remembering whether all of it went. */
    private void streamCounted(ByteBuffer source) {
        int before = source.position();
        try {
            streamGathered();
            blocks.append(source);
            failure = null;
        } catch (ForebayException e) {
            failure = e;
            throw e;
        } finally {
            position += source.position() - before;
        }
    }

    private long smallMax() {
        return parts.config().smallFileMax().bytes();
    }

    private void gather(ByteBuffer source) {
        int length = (int) position + source.remaining();
        if (length > gathered.length) {
            int capacity = Math.max(Math.max(length, GATHERED_MIN), gathered.length * 2);
            gathered = Arrays.copyOf(gathered, (int) Math.min(capacity, smallMax()));
        }
        int count = source.remaining();
        source.get(gathered, (int) position, count);
        position += count;
    }

    private void startStreaming() {
        if (!streaming) {
            unstreamed = ByteBuffer.wrap(gathered, 0, (int) position);
            streaming = true;
            gathered = new byte[0];
        }
    }

    private void streamGathered() {
        if (unstreamed.hasRemaining()) {
            blocks.append(unstreamed);
            unstreamed = ByteBuffer.allocate(0);
        }
    }

    /** Takes over a block that another file gives up. */
    void adopt(Extent extent) {
        lock.lock();
        try {
            requireOpen();
            startStreaming();
            streamGathered();
            blocks.adopt(extent);
            position += extent.length();
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
            requireQuota();
            if (position > blockStart) {
                startStreaming();
                streamGathered();
                blocks.end();
            }
            blockStart = position;
            return blocks.current();
        } finally {
            lock.unlock();
        }
    }

    /** A whole block must have room in the quotas above, as in a real NameNode. */
    private void requireQuota() {
        Inode made = target.inode();
        parts.store()
                .visit(
                        reader ->
                                Tree.find(reader, made.id())
                                        .ifPresent(
                                                now ->
                                                        QuotaRows.requireRoom(
                                                                reader,
                                                                now,
                                                                position
                                                                        - now.length()
                                                                        + made.layout()
                                                                                .blockSize())));
    }

    /** What comes next is a block's beginning for who writes, wherever it is put. */
    void markBlock() {
        blockStart = position;
    }

    @Override
    public void abandonBlock() {
        lock.lock();
        try {
            requireOpen();
            if (position == blockStart) {
                return;
            }
            if (streaming) {
                streamGathered();
                abandonStreamed();
            } else {
                // readers may have been given the old bytes
                gathered = Arrays.copyOf(gathered, (int) blockStart);
            }
            position = blockStart;
            failure = null;
        } finally {
            lock.unlock();
        }
    }

    private void abandonStreamed() {
        List<Extent> given = blocks.cut(blockStart);
        position = blockStart;
        failure = null;
        // readers, and recovery, find what stays at its new place before the old one goes
        if (synced != null) {
            sync();
        } else if (parts.leases().visible(target.inode().id()).isPresent()) {
            show();
        }
        InodeId id = target.inode().id();
        blocks.discard(parts.store().read(reader -> KeptRows.unneeded(reader, id, given)));
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
        streamGathered();
        if (target.inMemoryOnly()) {
            // readers find whole blocks in memory
            blocks.end();
        }
        List<Extent> extents = streaming ? blocks.extents() : smallExtents();
        ByteBuffer inline =
                ByteBuffer.wrap(gathered, 0, streaming ? 0 : (int) position).asReadOnlyBuffer();
        Leases.Visible visible = new Leases.Visible(extents, position, inline);
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
            if (streaming) {
                blocks.sync();
            } else {
                parts.takeRoom(position, target.path());
            }
            List<Extent> old = parts.store().transact(tx -> store(tx, visible.extents()));
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

    /** Notes what is durable; nothing when the file was deleted meanwhile. */
    private List<Extent> store(Transaction tx, List<Extent> extents) {
        Optional<Inode> found = Tree.lock(tx, target.inode().id());
        if (found.isEmpty()) {
            return List.of();
        }
        Inode inode = found.get();
        List<Extent> old = putExtents(tx, inode, extents);
        Inode.State state = inode.state().withBlocksMade(blocks.madeCount());
        Inode now =
                inode.withLength(position)
                        .withModified(parts.clock().millis())
                        .withState(inode.mounted() ? state.withLocalBytes() : state);
        QuotaRows.resized(tx, inode, now, true);
        Tree.put(tx, now);
        return old;
    }

    /** Returns the extents that the file had and that no snapshot needs. */
    private List<Extent> putExtents(Transaction tx, Inode inode, List<Extent> extents) {
        List<Extent> old = StatusBuilder.extents(tx, inode);
        Tree.replaceExtents(tx, inode.id(), extents);
        putInline(tx, extents);
        return KeptRows.unneeded(tx, inode.id(), old);
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
        finishBytes();
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
        String fingerprint = target.writesUnder() ? completeUnder() : durable.complete();
        return parts.store()
                .transact(
                        tx -> {
                            boolean alive = commit(tx, fingerprint, limited);
                            if (alive) {
                                also.accept(tx);
                            }
                            return alive;
                        });
    }

    private void finishBytes() {
        if (target.writesUnder()) {
            startStreaming();
        }
        streamGathered();
        blocks.end();
        if (!streaming && small == null) {
            small = copySmall();
        }
        if (!streaming && durable.place() == Extent.Place.DISK) {
            parts.takeRoom(position, target.path());
        }
    }

    private List<Extent> finished() {
        List<Extent> gatheredOnly = small;
        return gatheredOnly == null ? blocks.extents() : gatheredOnly;
    }

    /**
     * What was gathered, cut into blocks: one, unless the block size is tiny. Their numbers are
     * fresh: clients may keep what a number stood for before.
     */
    private List<Extent> smallExtents() {
        int first = target.beginning().firstIndex();
        long blockSize = target.inode().layout().blockSize();
        Extent.Place place = target.inMemoryOnly() ? Extent.Place.MEMORY : Extent.Place.INLINE;
        List<Extent> extents = new ArrayList<>();
        for (long from = 0; from < position; from += blockSize) {
            BlockCache.Key key = target.shape().key(first + extents.size());
            long count = Math.min(blockSize, position - from);
            extents.add(new Extent(key.block(), count, key.generation(), place));
        }
        return extents;
    }

    private List<Extent> copySmall() {
        List<Extent> extents = smallExtents();
        memory.ifPresent(copy -> copySmall(copy, extents));
        return extents;
    }

    private void copySmall(MemoryTail copy, List<Extent> extents) {
        int from = 0;
        for (Extent extent : extents) {
            int count = (int) extent.length();
            copy.begin(BlockCache.Key.of(extent), count);
            copy.append(ByteBuffer.wrap(gathered, from, count));
            copy.end();
            from += count;
        }
    }

    private String completeUnder() {
        InodeId id = target.inode().id();
        Optional<FilePath> now = parts.store().read(reader -> Tree.path(reader, id));
        if (now.isEmpty()) {
            // deleted meanwhile: the mounted store never gets it
            return "";
        }
        String fingerprint = durable.complete();
        underComplete = true;
        Mount mount = target.mount().orElseThrow();
        if (!now.get().equals(underPath)) {
            mount.store().rename(mount.inside(underPath), mount.inside(now.get()));
            underPath = now.get();
        }
        return fingerprint;
    }

    private boolean commit(Transaction tx, String fingerprint, boolean limited) {
        Optional<Inode> found = Tree.lock(tx, target.inode().id());
        if (found.isEmpty() || Tree.path(tx, target.inode().id()).isEmpty()) {
            return false;
        }
        Inode inode = found.get();
        PersistenceState state = persistence();
        if (durable.place() != Extent.Place.UNDER) {
            replaced = putExtents(tx, inode, finished());
        }
        tx.delete(FileSpaces.LEASE, FileSpaces.key(inode.id()));
        if (state == PersistenceState.TO_BE_PERSISTED) {
            tx.put(FileSpaces.PERSIST, FileSpaces.key(inode.id()), FileSpaces.EMPTY);
        }
        Inode now =
                inode.withLength(position)
                        .withModified(parts.clock().millis())
                        .withState(
                                inode.state()
                                        .withBlocksMade(blocks.madeCount())
                                        .withCompleted(state, fingerprint));
        QuotaRows.resized(tx, inode, now, limited);
        Tree.put(tx, now);
        return true;
    }

    private PersistenceState persistence() {
        return switch (durable.place()) {
            case MEMORY -> PersistenceState.NOT_PERSISTED;
            case UNDER -> PersistenceState.PERSISTED;
            case DISK, INLINE ->
                    target.mount().isPresent()
                            ? PersistenceState.TO_BE_PERSISTED
                            : PersistenceState.PERSISTED;
        };
    }

    private void putInline(Transaction tx, List<Extent> extents) {
        int from = 0;
        for (Extent extent : extents) {
            if (extent.place() == Extent.Place.INLINE) {
                int to = from + (int) extent.length();
                tx.put(
                        FileSpaces.BYTES,
                        FileSpaces.key(extent.block()),
                        Arrays.copyOfRange(gathered, from, to));
                from = to;
            }
        }
    }

    private void afterCommit() {
        gathered = new byte[0];
        drop(replaced, finished());
        if (persistence() == PersistenceState.TO_BE_PERSISTED) {
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
        Set<Extent.Stored> needed = parts.store().read(reader -> KeptRows.needed(reader, id));
        if (needed.isEmpty()) {
            blocks.abort();
        } else {
            blocks.leaveOnly(needed);
        }
        List<Extent> copied = small;
        if (copied != null) {
            copied.forEach(extent -> parts.cache().drop(BlockCache.Key.of(extent)));
        }
        gathered = new byte[0];
        unstreamed = ByteBuffer.allocate(0);
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
                blocks.leave(stored);
            } else {
                dropBytes();
            }
        } finally {
            end();
            after.recovery().giveUp(target.inode().id(), blocks.madeCount());
        }
    }

    private void abortNew() {
        try {
            // first, so that what a snapshot shows of it is kept
            removeInode();
            dropBytes();
        } finally {
            end();
        }
    }

    private void removeInode() {
        InodeId id = target.inode().id();
        Optional<InodeId> parent =
                parts.store()
                        .transact(
                                tx -> {
                                    Optional<Inode> inode = Tree.lock(tx, id);
                                    inode.ifPresent(found -> Tree.remove(tx, found));
                                    return inode.map(found -> found.link().parent());
                                });
        parent.ifPresent(parts::childrenChanged);
    }
}
