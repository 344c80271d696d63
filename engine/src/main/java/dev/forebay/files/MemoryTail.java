package dev.forebay.files;

import dev.forebay.arena.Arena;
import dev.forebay.arena.Resident;
import dev.forebay.base.error.OutOfSpace;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * The copy in memory of the block being written. Where memory is only a convenience, a full arena
 * ends the copy and writing goes on without it; where it is the only place, a full arena is the
 * writer's error.
 */
final class MemoryTail {
    private final BlockCache cache;
    private final boolean required;
    private final boolean pinned;
    private @Nullable Resident resident;
    private BlockCache.@Nullable Key key;
    private boolean givenUp;

    MemoryTail(BlockCache cache, boolean required, boolean pinned) {
        this.cache = cache;
        this.required = required;
        this.pinned = pinned;
    }

    /**
     * Begins a block that may grow to {@code lengthMax} bytes; one that was begun before and not
     * ended is dropped.
     */
    void begin(BlockCache.Key block, long lengthMax) {
        abort();
        givenUp = false;
        key = block;
        try {
            resident =
                    cache.allocate(
                            block, new Arena.Request(Arena.Kind.FILE_BLOCK, 0, lengthMax), this);
        } catch (OutOfSpace e) {
            giveUp(e);
        }
    }

    /** Appends; the position of {@code source} is left as it is. */
    void append(ByteBuffer source) {
        Resident memory = resident;
        if (memory == null || givenUp) {
            return;
        }
        long from = memory.length();
        try {
            memory.extend(from + source.remaining());
        } catch (OutOfSpace e) {
            giveUp(e);
            return;
        }
        MemorySegment.copy(
                MemorySegment.ofBuffer(source), 0, memory.segment(), from, source.remaining());
    }

    /** Ends the block. The cache has it from now on, unless memory ran out. */
    void end() {
        Resident memory = resident;
        BlockCache.Key block = key;
        if (memory != null && block != null && !givenUp) {
            memory.seal();
            cache.put(block, memory, this, new BlockCache.Keeping(required, pinned));
        }
        resident = null;
        key = null;
    }

    /** Drops the block being written. */
    void abort() {
        Resident memory = resident;
        if (memory != null) {
            memory.free();
            memory.release(this);
        }
        resident = null;
    }

    private void giveUp(OutOfSpace cause) {
        if (required) {
            throw cause;
        }
        abort();
        givenUp = true;
    }
}
