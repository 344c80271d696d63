package dev.forebay.block;

import dev.forebay.base.BlockId;
import dev.forebay.base.error.AlreadyExists;
import dev.forebay.base.error.Closed;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.OutOfSpace;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Blocks in memory, for nodes without a disk. Everything is as durable as the process; syncs do
 * nothing. A block takes its length rounded up to a multiple of {@value MemoryBlock#PIECE_LENGTH}
 * bytes from the capacity.
 */
public final class MemoryBlockStore implements BlockStore {
    private final Map<BlockId, MemoryBlock> blocks = new ConcurrentHashMap<>();
    private final AtomicLong used = new AtomicLong();
    private final long capacity;
    private volatile boolean closed;

    /**
     * An empty store.
     *
     * @param capacity bytes that all blocks together may take, 0 to 2^63-1
     */
    public MemoryBlockStore(long capacity) {
        this.capacity = capacity;
    }

    @Override
    public BlockWriter create(BlockId id) {
        requireOpen();
        if (id.value() < 1) {
            throw new Invalid("block id is not positive", id);
        }
        MemoryBlock block = new MemoryBlock(this, id);
        BlockWriter writer = block.writer();
        if (blocks.putIfAbsent(id, block) != null) {
            throw new AlreadyExists("block exists", id);
        }
        return writer;
    }

    @Override
    public BlockReader open(BlockId id) {
        return load(id).openReader();
    }

    @Override
    public void recover(BlockId id, long length) {
        requireOpen();
        if (length < 0) {
            throw new Invalid("block length is out of range", length);
        }
        load(id).recover(length);
    }

    @Override
    public void delete(BlockId id) {
        requireOpen();
        MemoryBlock block = blocks.remove(id);
        if (block != null) {
            block.delete();
        }
    }

    @Override
    public void list(Consumer<BlockStatus> consumer) {
        requireOpen();
        blocks.values().forEach(block -> consumer.accept(block.status()));
    }

    @Override
    public Optional<BlockStatus> find(BlockId id) {
        requireOpen();
        return Optional.ofNullable(blocks.get(id)).map(MemoryBlock::status);
    }

    /** Checks that the block is there and sealed; memory has no checksums. */
    @Override
    public void verify(BlockId id) {
        load(id).requireSealed();
    }

    @Override
    public long usableSpace() {
        requireOpen();
        return Math.max(0, capacity - used.get());
    }

    @Override
    public long heldBytes() {
        requireOpen();
        return blocks.values().stream().mapToLong(block -> block.status().length()).sum();
    }

    private MemoryBlock load(BlockId id) {
        requireOpen();
        return Optional.ofNullable(blocks.get(id))
                .orElseThrow(() -> new NotFound("no such block", id));
    }

    /** Takes capacity for a block, or fails and takes none. */
    void take(long bytes, BlockId id) {
        if (used.addAndGet(bytes) > capacity) {
            used.addAndGet(-bytes);
            throw new OutOfSpace("memory for blocks is full", id);
        }
    }

    void free(long bytes) {
        used.addAndGet(-bytes);
    }

    private void requireOpen() {
        if (closed) {
            throw new Closed("block store is closed", "memory");
        }
    }

    /** Lets go of all blocks. */
    @Override
    public void close() {
        closed = true;
        blocks.clear();
    }
}
