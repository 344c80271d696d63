package dev.forebay.files;

import dev.forebay.base.BlockId;
import dev.forebay.base.FilePath;
import dev.forebay.base.InodeId;
import dev.forebay.base.PersistenceState;
import dev.forebay.base.WriteType;
import dev.forebay.base.error.Closed;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.InvalidState;
import dev.forebay.base.error.OutOfSpace;
import dev.forebay.meta.Transaction;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Writes one file. The first bytes, up to the small-file limit, are gathered; a file that ends
 * there is committed with its name in one transaction. Beyond that, bytes go straight to the tail
 * of a block, in durable storage and in memory as the write type asks, and the name is completed
 * after the bytes are durable.
 */
final class NodeFileWriter implements FileWriter {
    private static final int GATHERED_MIN = 4 << 10;

    private final Parts parts;
    private final Target target;
    private final Consumer<InodeId> persist;
    private final DurableTail durable;
    private final MemoryTail memory;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Extent> extents = new ArrayList<>();
    private byte[] gathered = new byte[0];

    /** What was gathered and is not yet in a block; taken up again after a failure. */
    private ByteBuffer unstreamed = ByteBuffer.allocate(0);

    /** Where the mounted store has the file, once it is complete there. */
    private FilePath underPath;

    private boolean streaming;
    private boolean blockBegun;

    /** Whether the last write failed, so that bytes are missing. */
    private @Nullable ForebayException failure;

    private boolean copiedSmall;
    private boolean underComplete;
    private boolean done;
    private long position;
    private long blockLength;

    /**
     * Begins writing.
     *
     * @param target the inode, made and incomplete
     * @param persist told of files that the mounted store must get
     */
    NodeFileWriter(Parts parts, Target target, Consumer<InodeId> persist) {
        this.parts = parts;
        this.target = target;
        this.underPath = target.path();
        this.persist = persist;
        this.durable = durable(parts, target);
        WriteType type = target.inode().state().writeType();
        this.memory =
                new MemoryTail(
                        parts.cache(),
                        type == WriteType.MUST_CACHE,
                        target.inode().state().pinned());
        parts.open().enter(target.inode().id());
    }

    /**
     * What is written.
     *
     * @param inode as created
     * @param path as created
     * @param mount that it belongs to, or empty
     */
    record Target(Inode inode, FilePath path, Optional<Mount> mount) {
        boolean writesUnder() {
            WriteType type = inode.state().writeType();
            return mount.isPresent()
                    && (type == WriteType.CACHE_THROUGH || type == WriteType.THROUGH);
        }

        boolean cached() {
            return inode.state().writeType() != WriteType.THROUGH;
        }
    }

    private static DurableTail durable(Parts parts, Target target) {
        if (target.inode().state().writeType() == WriteType.MUST_CACHE) {
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
    public long position() {
        return position;
    }

    @Override
    public void write(ByteBuffer source) {
        lock.lock();
        try {
            if (done) {
                throw new Closed("writer is closed", target.path());
            }
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

    /** Streams, remembering whether all of it went. */
    private void streamCounted(ByteBuffer source) {
        int before = source.position();
        try {
            streamGathered();
            stream(source);
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
            stream(unstreamed);
            unstreamed = ByteBuffer.allocate(0);
        }
    }

    private void stream(ByteBuffer source) {
        long blockSize = target.inode().layout().blockSize();
        while (source.hasRemaining()) {
            if (!blockBegun) {
                beginBlock(blockSize);
            }
            int count = (int) Math.min(source.remaining(), blockSize - blockLength);
            ByteBuffer piece = source.slice(source.position(), count);
            // memory second: it must not have bytes that the disk refused
            durable.append(piece.duplicate());
            if (target.cached()) {
                memory.append(piece);
            }
            source.position(source.position() + count);
            blockLength += count;
            if (blockLength == blockSize) {
                endBlock();
            }
        }
    }

    private void beginBlock(long blockSize) {
        BlockCache.Key key = nextKey();
        durable.begin(key.block());
        if (target.cached()) {
            memory.begin(key, blockSize);
        }
        blockBegun = true;
    }

    private BlockCache.Key nextKey() {
        int index = extents.size();
        if (index >= 1 << FileSpaces.BLOCK_INDEX_BITS) {
            throw new Invalid("a file has too many blocks; use larger ones", target.path());
        }
        BlockId block = FileSpaces.blockId(target.inode().id(), index);
        return new BlockCache.Key(block, target.inode().state().generation());
    }

    private void endBlock() {
        BlockCache.Key key = nextKey();
        durable.end();
        if (target.cached()) {
            memory.end();
        }
        extents.add(new Extent(key.block(), blockLength, key.generation(), durable.place()));
        blockLength = 0;
        blockBegun = false;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (done) {
                return;
            }
            ForebayException cause = failure;
            if (cause != null) {
                // bytes are missing: the file must not look complete, and the caller hears why
                abort();
                throw dropped(cause);
            }
            finishBytes();
            boolean alive = parts.gate().enter(target.inode(), this::place);
            done = true;
            parts.open().leave(target.inode().id());
            if (alive) {
                afterCommit();
            } else {
                drop();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A new error, since a try statement that closes may hold the first one already. */
    private ForebayException dropped(ForebayException cause) {
        return cause instanceof OutOfSpace full
                ? new OutOfSpace(full.reason(), full.subject(), full)
                : new InvalidState(
                        "file was dropped: a write failed and the rest is missing",
                        target.path(),
                        cause);
    }

    /** Gives the file its place; false when it was deleted meanwhile. */
    private boolean place() {
        String fingerprint = target.writesUnder() ? completeUnder() : durable.complete();
        return parts.store().transact(tx -> commit(tx, fingerprint));
    }

    private void finishBytes() {
        if (target.writesUnder()) {
            startStreaming();
        }
        streamGathered();
        if (blockLength > 0) {
            endBlock();
        }
        if (!streaming && !copiedSmall) {
            copySmall();
        }
        if (!streaming && durable.place() == Extent.Place.DISK) {
            parts.takeRoom(position, target.path());
        }
    }

    /** Cuts what was gathered into blocks: one, unless the block size is tiny. */
    private void copySmall() {
        long blockSize = target.inode().layout().blockSize();
        Extent.Place place =
                durable.place() == Extent.Place.MEMORY ? Extent.Place.MEMORY : Extent.Place.INLINE;
        while (covered() < position) {
            BlockCache.Key key = nextKey();
            long from = covered();
            long count = Math.min(blockSize, position - from);
            if (target.cached()) {
                memory.begin(key, count);
                memory.append(ByteBuffer.wrap(gathered, (int) from, (int) count));
                memory.end();
            }
            extents.add(new Extent(key.block(), count, key.generation(), place));
        }
        copiedSmall = true;
    }

    private long covered() {
        return extents.stream().mapToLong(Extent::length).sum();
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

    private boolean commit(Transaction tx, String fingerprint) {
        Optional<Inode> found = Tree.lock(tx, target.inode().id());
        if (found.isEmpty() || Tree.path(tx, target.inode().id()).isEmpty()) {
            return false;
        }
        Inode inode = found.get();
        PersistenceState state = persistence();
        if (durable.place() != Extent.Place.UNDER) {
            Tree.putExtents(tx, inode.id(), extents);
            putInline(tx);
        }
        tx.delete(FileSpaces.LEASE, FileSpaces.key(inode.id()));
        if (state == PersistenceState.TO_BE_PERSISTED) {
            tx.put(FileSpaces.PERSIST, FileSpaces.key(inode.id()), FileSpaces.EMPTY);
        }
        Tree.put(
                tx,
                inode.withLength(position)
                        .withModified(parts.clock().millis())
                        .withState(inode.state().withCompleted(state, fingerprint)));
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

    private void putInline(Transaction tx) {
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
        if (persistence() == PersistenceState.TO_BE_PERSISTED) {
            persist.accept(target.inode().id());
        }
    }

    /** The file was deleted while it was written. */
    private void drop() {
        dropBytes();
        boolean taken = parts.store().read(reader -> Tree.resolve(reader, underPath)).complete();
        if (underComplete && !taken) {
            Mount mount = target.mount().orElseThrow();
            mount.store().delete(mount.inside(underPath));
        }
    }

    private void dropBytes() {
        memory.abort();
        extents.forEach(extent -> parts.cache().drop(BlockCache.Key.of(extent)));
        durable.abort();
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
            done = true;
            try {
                dropBytes();
            } finally {
                parts.open().leave(target.inode().id());
                removeInode();
            }
        } finally {
            lock.unlock();
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
