package dev.forebay.files;

import dev.forebay.base.BlockId;
import dev.forebay.base.WriteType;
import dev.forebay.meta.Transaction;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The bytes of one file that is being written: the first ones, up to the small-file limit, are
 * gathered; beyond that they go straight to the tail of a block, in durable storage and in memory
 * as the write type asks. Used by one thread at a time.
 */
final class WrittenBytes {
    private static final int GATHERED_MIN = 4 << 10;

    private final Parts parts;
    private final WriteTarget target;
    private final DurableTail durable;
    private final Optional<MemoryTail> memory;
    private final WrittenBlocks blocks;
    private byte[] gathered = new byte[0];

    /** What was gathered and is not yet in a block; taken up again after a failure. */
    private ByteBuffer unstreamed = ByteBuffer.allocate(0);

    private boolean streaming;

    /** The blocks of a small file that is being completed. */
    private @Nullable List<Extent> small;

    private long position;

    /** Where the block begins that {@link #nextBlock} told last. */
    private long blockStart;

    WrittenBytes(Parts parts, WriteTarget target) {
        this.parts = parts;
        this.target = target;
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
    }

    private static DurableTail durable(Parts parts, WriteTarget target) {
        if (target.inMemoryOnly()) {
            return DurableTails.None.INSTANCE;
        }
        if (target.writesUnder()) {
            Mount mount = target.mount().orElseThrow();
            return new DurableTails.Under(mount.store(), mount.inside(target.path()));
        }
        return new DurableTails.Disk(parts.blocks());
    }

    /** Bytes so far. */
    long position() {
        return position;
    }

    /** Whether they are in blocks. */
    boolean streaming() {
        return streaming;
    }

    /** Numbers of blocks given out so far. */
    int blocksMade() {
        return blocks.madeCount();
    }

    /** What extents say of where they lie. */
    Extent.Place place() {
        return durable.place();
    }

    /** Appends; when this throws, the position is behind what was taken. */
    void write(ByteBuffer source) {
        if (!streaming && position + source.remaining() <= smallMax()) {
            gather(source);
            return;
        }
        startStreaming();
        int before = source.position();
        try {
            streamGathered();
            blocks.append(source);
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
        startStreaming();
        streamGathered();
        blocks.adopt(extent);
        position += extent.length();
    }

    /** Ends the block, if it has bytes, and returns the one that comes next. */
    BlockId nextBlock() {
        if (position > blockStart) {
            startStreaming();
            streamGathered();
            blocks.end();
        }
        markBlock();
        return blocks.current();
    }

    /** What comes next is a block's beginning for who writes, wherever it is put. */
    void markBlock() {
        blockStart = position;
    }

    /** Whether the block has no bytes. */
    boolean atBlockStart() {
        return position == blockStart;
    }

    /**
     * Drops the bytes of the block.
     *
     * @return blocks to discard when nobody sees them any more
     */
    List<Extent> abandonBlock() {
        List<Extent> given = List.of();
        if (streaming) {
            streamGathered();
            given = blocks.cut(blockStart);
        } else {
            // readers may have been given the old bytes
            gathered = Arrays.copyOf(gathered, (int) blockStart);
        }
        position = blockStart;
        return given;
    }

    void discard(List<Extent> given) {
        blocks.discard(given);
    }

    /** What readers can be shown. */
    Leases.Visible visible() {
        streamGathered();
        if (target.inMemoryOnly()) {
            // readers find whole blocks in memory
            blocks.end();
        }
        List<Extent> extents = streaming ? blocks.extents() : smallExtents();
        ByteBuffer inline =
                ByteBuffer.wrap(gathered, 0, streaming ? 0 : (int) position).asReadOnlyBuffer();
        return new Leases.Visible(extents, position, inline);
    }

    /** Makes durable what {@link #visible} told; what is gathered becomes so with its row. */
    void sync() {
        if (streaming) {
            blocks.sync();
        } else {
            parts.takeRoom(position, target.path());
        }
    }

    /** Ends the last block. */
    void finish() {
        if (target.writesUnder()) {
            startStreaming();
        }
        streamGathered();
        blocks.end();
        if (!streaming && small == null) {
            small = copySmall();
        }
        if (!streaming && place() == Extent.Place.DISK) {
            parts.takeRoom(position, target.path());
        }
    }

    /** All blocks, once they are finished. */
    List<Extent> finished() {
        List<Extent> gatheredOnly = small;
        return gatheredOnly == null ? blocks.extents() : gatheredOnly;
    }

    /**
     * Makes all blocks durable.
     *
     * @return the fingerprint of the mounted store, or empty
     */
    String complete() {
        return durable.complete();
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

    /** Stores what is gathered. */
    void putInline(Transaction tx, List<Extent> extents) {
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

    /** Gives up the memory of what was gathered. */
    void release() {
        gathered = new byte[0];
    }

    /** Drops everything but blocks that snapshots need. */
    void drop(Set<Extent.Stored> needed) {
        if (needed.isEmpty()) {
            blocks.abort();
        } else {
            blocks.leaveOnly(needed);
        }
        List<Extent> copied = small;
        if (copied != null) {
            copied.forEach(extent -> parts.cache().drop(BlockCache.Key.of(extent)));
        }
        release();
        unstreamed = ByteBuffer.allocate(0);
    }

    /** Drops all blocks but those that are stored, and leaves these as they are, for recovery. */
    void leave(List<Extent> stored) {
        blocks.leave(stored);
    }
}
