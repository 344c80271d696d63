package dev.forebay.arena;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/**
 * An arena of which there may be thousands at once: all have the same memory, which only matters
 * where somebody looks at bytes. The address space of a process is enough for some 2,000 others.
 */
public final class SmallArena implements Arena {
    private static final Backing MEMORY = new PrivateBacking(ArenaOptions.of(1).addressSpace());

    private final ResidentTable table;

    /** Pages that are backed from the start and never given back. */
    private static final class Pages implements Backing {
        @Override
        public MemorySegment memory() {
            return MEMORY.memory();
        }

        @Override
        public int pageSize() {
            return MEMORY.pageSize();
        }

        @Override
        public void back(long offset, long length) {}

        @Override
        public void discard(long offset, long length) {}

        @Override
        public Optional<SharedFile> sharedFile() {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }

    /** An arena of so many bytes. */
    public SmallArena(long capacity) {
        table = new ResidentTable(new Pages(), ArenaOptions.of(capacity));
    }

    @Override
    public Resident allocate(Request request, Object holder, Runnable onEvict) {
        return table.allocate(request, holder, onEvict);
    }

    @Override
    public long evict(long bytes, Kind kind) {
        return table.evict(bytes, kind);
    }

    @Override
    public long capacity() {
        return table.capacity();
    }

    @Override
    public long used() {
        return table.used();
    }

    @Override
    public Statistics statistics() {
        return table.statistics();
    }

    @Override
    public List<Integer> occupancy(int cells) {
        return table.occupancy(cells);
    }

    @Override
    public Optional<SharedFile> sharedFile() {
        return Optional.empty();
    }

    @Override
    public void close() {
        table.close();
    }
}
