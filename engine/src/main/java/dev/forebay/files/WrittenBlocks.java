package dev.forebay.files;

import dev.forebay.base.BlockId;
import dev.forebay.base.FilePath;
import dev.forebay.base.InodeId;
import dev.forebay.base.error.AlreadyExists;
import dev.forebay.base.error.Corrupt;
import dev.forebay.base.error.Invalid;
import dev.forebay.block.BlockReader;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The blocks of a file being written: those that are full and the tail, in durable storage and, as
 * the write type asks, in memory. Not safe for use by several threads.
 */
final class WrittenBlocks {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Parts parts;
    private final Shape shape;
    private final DurableTail durable;
    private final Optional<MemoryTail> memory;
    private final List<Extent> extents;
    private final int keptCount;
    private int nextIndex;
    private BlockCache.@Nullable Key tail;
    private long tailLength;

    /**
     * What the blocks are like.
     *
     * @param inode that they belong to
     * @param path for errors
     * @param blockSize bytes of a full block
     * @param generation of the content being written
     * @param firstIndex number of the first block made
     */
    record Shape(InodeId inode, FilePath path, long blockSize, long generation, int firstIndex) {
        BlockCache.Key key(int index) {
            if (index >= 1 << FileSpaces.BLOCK_INDEX_BITS) {
                throw new Invalid("a file has too many blocks; use larger ones", path);
            }
            return new BlockCache.Key(FileSpaces.blockId(inode, index), generation);
        }
    }

    /**
     * Where bytes go.
     *
     * @param durable what survives
     * @param memory empty where the write type asks for none
     */
    record Tails(DurableTail durable, Optional<MemoryTail> memory) {}

    /** Begins behind the blocks that the file has already and keeps. */
    WrittenBlocks(Parts parts, Shape shape, Tails tails, List<Extent> kept) {
        this.parts = parts;
        this.shape = shape;
        this.durable = tails.durable();
        this.memory = tails.memory();
        this.extents = new ArrayList<>(kept);
        this.keptCount = kept.size();
        this.nextIndex = shape.firstIndex();
    }

    /** Appends all of {@code source}; when this throws it stands behind what was taken. */
    void append(ByteBuffer source) {
        while (source.hasRemaining()) {
            if (tail == null) {
                begin();
            }
            int count = (int) Math.min(source.remaining(), shape.blockSize() - tailLength);
            ByteBuffer piece = source.slice(source.position(), count);
            // memory second: it must not have bytes that the disk refused
            durable.append(piece.duplicate());
            memory.ifPresent(copy -> copy.append(piece));
            source.position(source.position() + count);
            tailLength += count;
            if (tailLength == shape.blockSize()) {
                end();
            }
        }
    }

    private void begin() {
        BlockCache.Key key = beginDurable();
        memory.ifPresent(copy -> copy.begin(key, shape.blockSize()));
        tail = key;
        nextIndex++;
    }

    private BlockCache.Key beginDurable() {
        while (true) {
            BlockCache.Key key = shape.key(nextIndex);
            try {
                durable.begin(key.block());
                return key;
            } catch (AlreadyExists e) {
                // left by a writer that died before it could note the number
                nextIndex++;
            }
        }
    }

    /** Ends the tail, if it has bytes. */
    void end() {
        BlockCache.Key key = tail;
        if (key == null || tailLength == 0) {
            return;
        }
        durable.end();
        memory.ifPresent(MemoryTail::end);
        extents.add(new Extent(key.block(), tailLength, key.generation(), durable.place()));
        tail = null;
        tailLength = 0;
    }

    /** Takes over a block that another file gives up. */
    void adopt(Extent extent) {
        end();
        extents.add(extent);
    }

    /** The block that the next byte goes to. */
    BlockId current() {
        BlockCache.Key key = tail;
        return key == null ? shape.key(nextIndex).block() : key.block();
    }

    /** Numbers given out so far. */
    int madeCount() {
        return nextIndex;
    }

    /** All blocks so far, the tail as long as it is now. */
    List<Extent> extents() {
        List<Extent> all = new ArrayList<>(extents);
        BlockCache.Key key = tail;
        if (key != null && tailLength > 0) {
            all.add(new Extent(key.block(), tailLength, key.generation(), durable.place()));
        }
        return all;
    }

    /** Bytes in all blocks. */
    long length() {
        return ended() + tailLength;
    }

    private long ended() {
        return extents.stream().mapToLong(Extent::length).sum();
    }

    /** Makes the tail durable; the blocks before it are. */
    void sync() {
        durable.sync();
    }

    /**
     * Gives up all bytes from a position on.
     *
     * @param length bytes to keep, those of the blocks kept at the beginning or more
     * @return blocks that are no longer part of it, to be discarded when nobody sees them any more
     */
    List<Extent> cut(long length) {
        List<Extent> given = new ArrayList<>();
        ByteBuffer rest = NOTHING;
        BlockCache.Key key = tail;
        if (key != null) {
            rest = beginningOf(key.block(), length - ended());
            memory.ifPresent(MemoryTail::abort);
            durable.leave();
            given.add(new Extent(key.block(), tailLength, key.generation(), durable.place()));
            tail = null;
            tailLength = 0;
        }
        while (ended() > length) {
            Extent last = extents.removeLast();
            rest = beginningOf(last.block(), length - ended());
            given.add(last);
        }
        append(rest);
        return given;
    }

    void discard(List<Extent> given) {
        for (Extent extent : given) {
            parts.cache().drop(BlockCache.Key.of(extent));
            durable.drop(extent.block());
        }
    }

    private ByteBuffer beginningOf(BlockId block, long length) {
        if (length <= 0) {
            return NOTHING;
        }
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(length));
        try (BlockReader reader = parts.blocks().open(block)) {
            reader.read(0, bytes);
        }
        if (bytes.hasRemaining()) {
            throw new Corrupt("block is shorter than what was written", block);
        }
        return bytes.flip();
    }

    /** Drops all blocks but those kept at the beginning. */
    void abort() {
        memory.ifPresent(MemoryTail::abort);
        extents.subList(keptCount, extents.size())
                .forEach(extent -> parts.cache().drop(BlockCache.Key.of(extent)));
        durable.abort();
    }

    /**
     * Drops all blocks but those that are stored and those kept at the beginning, and leaves these
     * as they are, for recovery.
     */
    void leave(List<Extent> stored) {
        // bytes that were stored while they were few have the same number elsewhere
        leaveOnly(stored.stream().map(Extent::stored).collect(Collectors.toSet()));
    }

    /** Drops all blocks but some and those kept at the beginning, and leaves these as they are. */
    void leaveOnly(Set<Extent.Stored> stay) {
        memory.ifPresent(MemoryTail::abort);
        durable.leave();
        discard(
                extents().stream()
                        .skip(keptCount)
                        .filter(extent -> !stay.contains(extent.stored()))
                        .toList());
    }
}
