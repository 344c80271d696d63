package dev.forebay.arena;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** Anonymous memory of this process. */
final class PrivateBacking implements Backing {
    private final int pageSize = NativeMemory.pageSize();
    private final MemorySegment memory;

    PrivateBacking(long length) {
        memory = NativeMemory.mapPrivate(length);
    }

    @Override
    public MemorySegment memory() {
        return memory;
    }

    @Override
    public int pageSize() {
        return pageSize;
    }

    @Override
    public void back(long offset, long length) {
        NativeMemory.populate(memory.asSlice(offset, length));
    }

    @Override
    public void discard(long offset, long length) {
        NativeMemory.discard(memory.asSlice(offset, length));
    }

    @Override
    public Optional<Arena.SharedFile> sharedFile() {
        return Optional.empty();
    }

    @Override
    public void close() {
        // The mapping goes when nobody can reach it.
    }
}
