package dev.forebay.files;

import dev.forebay.arena.Resident;
import dev.forebay.base.BlockId;
import dev.forebay.base.FilePath;
import dev.forebay.base.InodeId;
import dev.forebay.base.ReadType;
import dev.forebay.base.error.Closed;
import dev.forebay.base.error.Corrupt;
import dev.forebay.base.error.InvalidState;
import dev.forebay.base.error.Lost;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.OutOfSpace;
import dev.forebay.base.error.Unsupported;
import dev.forebay.base.unix.UnixDescriptor;
import dev.forebay.block.SharesBlocks;
import dev.forebay.understore.UnderStore;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads a file block by block: from the arena where a block is there, else from where its durable
 * bytes are, filling the arena on the way when the read type asks for it and the read begins at the
 * start of the block.
 */
final class BlockFileReader implements FileReader {
    /** Bytes handed to a sink at once. */
    private static final int PIECE_MAX = 1 << 20;

    /** Blocks up to this length are cached whole wherever a read of them begins. */
    private static final long RANDOM_FILL_MAX = 4 << 20;

    /** Times that a block may be evicted between its filling and its holding. */
    private static final int HOLD_ATTEMPTS = 3;

    private final Parts parts;
    private final Opened opened;
    private final ReadType readType;

    /** Where each block begins in the file, and where the last one ends. */
    private final long[] starts;

    /** Position 0 of this reader in the file: not 0 for a reader of one block. */
    private final long base;

    private final long length;

    /**
     * Blocks that are nowhere else, held for the life of the reader so that deleting the file does
     * not end reading.
     */
    private final Map<Extent, CachedBlock> onlyCopies = new HashMap<>();

    private final ReentrantLock sourceLock = new ReentrantLock();
    private @Nullable BlockSource source;
    private int sourceIndex = -1;
    private volatile boolean closed;

    BlockFileReader(Parts parts, Opened opened, ReadType readType) {
        this(parts, opened, readType, 0, opened.status().length());
    }

    private BlockFileReader(Parts parts, Opened opened, ReadType readType, long base, long length) {
        this.parts = parts;
        this.opened = opened;
        this.readType = readType;
        this.starts = starts(opened.extents());
        this.base = base;
        this.length = length;
        parts.open().enter(opened.status().id());
        holdOnlyCopies();
    }

    /**
     * What was found at open.
     *
     * @param status of the file
     * @param extents in order
     * @param pinned whether blocks brought into memory are pinned
     * @param inline bytes of a file kept in the value log, else empty
     */
    record Opened(FileStatus status, List<Extent> extents, boolean pinned, ByteBuffer inline) {}

    private void holdOnlyCopies() {
        for (Extent extent : opened.extents()) {
            if (extent.place() == Extent.Place.MEMORY) {
                CachedBlock block = parts.cache().find(BlockCache.Key.of(extent)).orElse(null);
                if (block == null || !block.hold(this)) {
                    close();
                    throw new Lost("the only copy was in memory", status().path());
                }
                onlyCopies.put(extent, block);
            }
        }
    }

    private static long[] starts(List<Extent> extents) {
        long[] starts = new long[extents.size() + 1];
        for (int i = 0; i < extents.size(); i++) {
            starts[i + 1] = starts[i] + extents.get(i).length();
        }
        return starts;
    }

    /**
     * A reader of one block of this file.
     *
     * @throws NotFound when the file has it no more
     */
    BlockFileReader only(BlockId block) {
        for (int i = 0; i < opened.extents().size(); i++) {
            if (opened.extents().get(i).block().equals(block)) {
                return new BlockFileReader(
                        parts, opened, readType, starts[i], starts[i + 1] - starts[i]);
            }
        }
        throw new NotFound("block does not exist", block);
    }

    /**
     * The bytes of one block as a file that can be handed to another process.
     *
     * @throws NotFound when the file has it no more
     * @throws Unsupported when they are nowhere but in memory or in a mounted store
     */
    UnixDescriptor descriptor(BlockId block) {
        for (int i = 0; i < opened.extents().size(); i++) {
            Extent extent = opened.extents().get(i);
            if (extent.block().equals(block)) {
                return switch (extent.place()) {
                    case INLINE -> UnixDescriptor.constant(inline(i, extent));
                    case DISK -> fileOf(block);
                    case MEMORY, UNDER ->
                            throw new Unsupported("the block is not in a file of the node", block);
                };
            }
        }
        throw new NotFound("block does not exist", block);
    }

    private UnixDescriptor fileOf(BlockId block) {
        if (parts.blocks() instanceof SharesBlocks files) {
            return files.openDescriptor(block);
        }
        throw new Unsupported("the block is not in a file of the node", block);
    }

    /** The blocks of the file. */
    List<Extent> extents() {
        return opened.extents();
    }

    @Override
    public FileStatus status() {
        return opened.status();
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public int read(long position, ByteBuffer target) {
        int before = target.position();
        try {
            transfer(new ByteRange(position, target.remaining()), target::put);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return target.position() - before;
    }

    @Override
    public void transfer(ByteRange range, Sink sink) throws IOException {
        long end = base + Math.min(length, range.position() + Math.min(range.length(), length));
        long position = base + range.position();
        while (position < end) {
            if (closed) {
                throw new Closed("reader is closed", status().path());
            }
            int found = Arrays.binarySearch(starts, position);
            int index = found >= 0 ? found : -found - 2;
            long offset = position - starts[index];
            long limit = Math.min(end, starts[index + 1]) - position;
            position += serve(index, new ByteRange(offset, Math.min(limit, PIECE_MAX)), sink);
        }
    }

    private long serve(int index, ByteRange range, Sink sink) throws IOException {
        Extent extent = opened.extents().get(index);
        CachedBlock onlyCopy = onlyCopies.get(extent);
        if (onlyCopy != null) {
            sink.accept(onlyCopy.slice(range.position(), range.length()));
            return range.length();
        }
        Optional<CachedBlock> cached = cached(extent);
        if (cached.isEmpty() && mayFill(extent, range.position())) {
            cached = fill(index);
        }
        if (cached.isPresent()) {
            prefetch(index, range.position(), cached.get());
            long served = serveCached(cached.get(), range, sink);
            if (served > 0) {
                return served;
            }
        }
        return serveDirect(index, range, sink);
    }

    /**
     * A block in memory. One that is shorter was read through a snapshot made while the file was
     * written, or lent meanwhile, and gives way.
     */
    private Optional<CachedBlock> cached(Extent extent) {
        BlockCache.Key key = BlockCache.Key.of(extent);
        Optional<CachedBlock> found = parts.cache().find(key);
        if (found.filter(block -> block.length() < extent.length()).isPresent()) {
            parts.cache().drop(key);
            return Optional.empty();
        }
        return found;
    }

    private boolean mayFill(Extent extent, long offset) {
        return readType != ReadType.NO_CACHE
                // the last block of a file under construction still grows
                && opened.status().completed()
                && extent.place() != Extent.Place.MEMORY
                && (offset == 0 || extent.length() <= RANDOM_FILL_MAX);
    }

    private Optional<CachedBlock> fill(int index) {
        return parts.cache()
                .fill(opened.extents().get(index), opened.pinned(), () -> openSource(index));
    }

    /** A reader halfway through a block of a mounted file has the next one fetched. */
    private void prefetch(int index, long offset, CachedBlock block) {
        boolean halfway = offset >= opened.extents().get(index).length() / 2;
        if (halfway && !block.complete() && index + 1 < opened.extents().size()) {
            Extent next = opened.extents().get(index + 1);
            if (next.place() == Extent.Place.UNDER && mayFill(next, 0)) {
                fill(index + 1);
            }
        }
    }

    /**
     * Brings all blocks into memory and holds them.
     *
     * @throws OutOfSpace when they do not fit into memory together
     */
    HeldFile hold() {
        List<Extent> extents = opened.extents();
        HeldFile held = heldFile();
        boolean all = false;
        try {
            for (int index = 0; index < extents.size(); index++) {
                held.add(hold(index, held));
            }
            all = true;
            return held;
        } finally {
            if (!all) {
                held.close();
            }
        }
    }

    /** Holds all blocks where they all are in memory; else none. */
    Optional<HeldFile> holdCached() {
        HeldFile held = heldFile();
        for (Extent extent : opened.extents()) {
            Optional<Resident> memory =
                    cached(extent)
                            .filter(block -> block.length() == extent.length())
                            .flatMap(block -> block.holdComplete(held));
            if (memory.isEmpty()) {
                held.close();
                return Optional.empty();
            }
            held.add(memory.get());
        }
        return Optional.of(held);
    }

    private HeldFile heldFile() {
        long generation = opened.extents().stream().mapToLong(Extent::generation).max().orElse(1);
        return new HeldFile(status(), generation);
    }

    private Resident hold(int index, Object holder) {
        Extent extent = opened.extents().get(index);
        for (int attempt = 0; attempt < HOLD_ATTEMPTS; attempt++) {
            Optional<CachedBlock> block = cached(extent);
            if (block.filter(found -> found.length() > extent.length()).isPresent()) {
                throw new InvalidState(
                        "the block in memory has bytes that the snapshot does not show",
                        status().path());
            }
            if (block.isEmpty() && extent.place() != Extent.Place.MEMORY) {
                block = fill(index);
            }
            if (block.isPresent() && block.get().await(extent.length() - 1) >= extent.length()) {
                Optional<Resident> memory =
                        block.get()
                                .holdComplete(holder)
                                .filter(found -> found.length() == extent.length());
                if (memory.isPresent()) {
                    return memory.get();
                }
            }
        }
        throw new OutOfSpace("the file does not fit into memory", status().path());
    }

    private static long serveCached(CachedBlock block, ByteRange range, Sink sink)
            throws IOException {
        long valid = block.await(range.position());
        Object holder = new Object();
        if (valid <= range.position() || !block.hold(holder)) {
            return 0;
        }
        try {
            long count = Math.min(range.length(), valid - range.position());
            sink.accept(block.slice(range.position(), count));
            return count;
        } finally {
            block.release(holder);
        }
    }

    private long serveDirect(int index, ByteRange range, Sink sink) throws IOException {
        ByteBuffer buffer = parts.buffers().take();
        try {
            buffer.limit((int) Math.min(range.length(), buffer.capacity()));
            readSource(index, range.position(), buffer);
            if (buffer.hasRemaining()) {
                throw new Corrupt(
                        "block is shorter than its file says", opened.extents().get(index).block());
            }
            buffer.flip();
            int count = buffer.remaining();
            sink.accept(buffer.asReadOnlyBuffer());
            return count;
        } finally {
            parts.buffers().give(buffer);
        }
    }

    private void readSource(int index, long position, ByteBuffer target) {
        sourceLock.lock();
        try {
            BlockSource current = source;
            if (current == null || sourceIndex != index) {
                closeSource();
                current = openSource(index);
                source = current;
                sourceIndex = index;
            }
            current.read(position, target);
        } finally {
            sourceLock.unlock();
        }
    }

    private BlockSource openSource(int index) {
        Extent extent = opened.extents().get(index);
        return switch (extent.place()) {
            case INLINE -> new BlockSources.Bytes(inline(index, extent));
            case DISK -> new BlockSources.Disk(parts.blocks().open(extent.block()));
            case UNDER -> openUnder(index, extent);
            case MEMORY -> throw new Lost("the only copy was in memory", status().path());
        };
    }

    private ByteBuffer inline(int index, Extent extent) {
        return opened.inline().slice((int) starts[index], (int) extent.length());
    }

    private BlockSource openUnder(int index, Extent extent) {
        // the file may have been renamed since it was opened
        InodeId id = status().id();
        FilePath path =
                parts.store()
                        .read(reader -> Tree.path(reader, id))
                        .orElseThrow(
                                () -> new NotFound("file was deleted meanwhile", status().path()));
        Mount mount =
                parts.mounts()
                        .find(path)
                        .orElseThrow(() -> new NotFound("file was unmounted meanwhile", path));
        return new BlockSources.Under(
                mount.store(),
                mount.inside(path),
                new UnderStore.Range(starts[index], extent.length()));
    }

    private void closeSource() {
        BlockSource current = source;
        source = null;
        sourceIndex = -1;
        if (current != null) {
            current.close();
        }
    }

    @Override
    public void close() {
        sourceLock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            closeSource();
        } finally {
            sourceLock.unlock();
        }
        onlyCopies.values().forEach(block -> block.release(this));
        parts.open().leave(opened.status().id());
    }
}
