package dev.forebay.files;

import dev.forebay.arena.Arena;
import dev.forebay.arena.Resident;
import dev.forebay.base.BlockId;
import dev.forebay.base.error.Corrupt;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.OutOfSpace;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Which blocks are in the arena. A block is filled by one thread while any number of readers follow
 * behind it.
 *
 * <p>Invariants: a key maps to at most one block; what is evicted leaves the map before its memory
 * is used again; blocks that are the only copy of their bytes are held by {@link #ONLY_COPY} and
 * therefore never evicted.
 */
final class BlockCache {
    private static final Logger LOG = LoggerFactory.getLogger(BlockCache.class);

    /** Bytes copied between two notices of progress. */
    private static final int FILL_STEP = 1 << 20;

    /** Blocks filled at the same time; more are read without caching. */
    private static final int FILLS_MAX = 64;

    private static final Object ONLY_COPY = new Object();

    private final Arena arena;
    private final Map<Key, CachedBlock> blocks = new ConcurrentHashMap<>();
    private final Semaphore fills = new Semaphore(FILLS_MAX);

    BlockCache(Arena arena) {
        this.arena = arena;
    }

    /** A block with a certain content. */
    record Key(BlockId block, long generation) {
        static Key of(Extent extent) {
            return new Key(extent.block(), extent.generation());
        }
    }

    Optional<CachedBlock> find(Key key) {
        return Optional.ofNullable(blocks.get(key));
    }

    boolean complete(Key key) {
        CachedBlock block = blocks.get(key);
        return block != null && block.complete();
    }

    /**
     * A resident for a block being written, held by {@code holder}, that {@link #put} takes over.
     */
    Resident allocate(Key key, Arena.Request request, Object holder) {
        return arena.allocate(request, holder, () -> blocks.remove(key));
    }

    /**
     * Takes over a written block.
     *
     * @param resident sealed, held by {@code holder}, who is released
     * @param keeping how long it stays
     */
    void put(Key key, Resident resident, Object holder, Keeping keeping) {
        CachedBlock block = new CachedBlock(resident);
        blocks.put(key, block);
        if (keeping.onlyCopy()) {
            resident.hold(ONLY_COPY);
        }
        block.setPinned(keeping.pinned());
        resident.release(holder);
    }

    /**
     * How long a block stays in memory.
     *
     * @param onlyCopy whether its bytes are nowhere else
     * @param pinned whether its file is pinned
     */
    record Keeping(boolean onlyCopy, boolean pinned) {}

    /**
     * Begins to fill a block, or finds the one being filled.
     *
     * @return empty when it cannot be cached now
     */
    Optional<CachedBlock> fill(Extent extent, boolean pinned, BlockSource.Opener opener) {
        Key key = Key.of(extent);
        CachedBlock fresh = new CachedBlock(extent.length());
        CachedBlock other = blocks.putIfAbsent(key, fresh);
        if (other != null) {
            return Optional.of(other);
        }
        if (!fills.tryAcquire()) {
            blocks.remove(key, fresh);
            fresh.abandon(null);
            return Optional.empty();
        }
        Resident resident;
        try {
            resident =
                    arena.allocate(
                            Arena.Request.fixed(Arena.Kind.FILE_BLOCK, extent.length()),
                            fresh,
                            () -> blocks.remove(key, fresh));
        } catch (OutOfSpace e) {
            LOG.debug("block is read without caching block={}", extent.block(), e);
            fills.release();
            blocks.remove(key, fresh);
            fresh.abandon(null);
            return Optional.empty();
        }
        fresh.attach(resident);
        Thread.ofVirtual()
                .name("fill-" + extent.block())
                .start(() -> run(key, fresh, resident, new Filling(extent, pinned, opener)));
        return Optional.of(fresh);
    }

    private record Filling(Extent extent, boolean pinned, BlockSource.Opener opener) {}

    private void run(Key key, CachedBlock block, Resident resident, Filling filling) {
        try {
            copy(block, resident, filling);
            block.setPinned(filling.pinned());
            if (!block.complete(resident)) {
                LOG.debug("block was dropped while it was filled block={}", key.block());
            }
        } catch (ForebayException e) {
            blocks.remove(key, block);
            block.abandon(e);
            resident.free();
            resident.release(block);
        } finally {
            fills.release();
        }
    }

    private static void copy(CachedBlock block, Resident resident, Filling filling) {
        long length = filling.extent().length();
        try (BlockSource source = filling.opener().open()) {
            long position = 0;
            while (position < length) {
                int count = (int) Math.min(FILL_STEP, length - position);
                ByteBuffer target = resident.segment().asSlice(position, count).asByteBuffer();
                if (source.read(position, target) != count) {
                    throw new Corrupt(
                            "block is shorter than its file says", filling.extent().block());
                }
                position += count;
                if (position < length) {
                    block.advance(position);
                }
            }
        }
    }

    /** Gives up a block's memory; readers that hold it keep it until they are done. */
    void drop(Key key) {
        CachedBlock block = blocks.remove(key);
        if (block != null) {
            block.drop();
            block.release(ONLY_COPY);
        }
    }

    /** Ends the state of being the only copy, once the bytes are elsewhere as well. */
    void copied(Key key) {
        find(key).ifPresent(block -> block.release(ONLY_COPY));
    }

    void setPinned(Key key, boolean pinned) {
        find(key).ifPresent(block -> block.setPinned(pinned));
    }

    long capacity() {
        return arena.capacity();
    }

    long used() {
        return arena.used();
    }
}
