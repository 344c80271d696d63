package dev.forebay.arena;

import java.util.List;
import java.util.Optional;

/**
 * The arena in memory of this process only, outside the Java heap: for tests, and for programs that
 * embed the engines and share nothing.
 */
public final class HeapArena implements Arena {
    private final ResidentTable table;

    private HeapArena(ResidentTable table) {
        this.table = table;
    }

    /**
     * Sets address space aside. No memory is taken yet.
     *
     * @param options the folder is not used
     * @throws dev.forebay.base.error.OutOfSpace when the process may not map so much address space
     */
    public static HeapArena open(ArenaOptions options) {
        Backing backing = new PrivateBacking(options.addressSpace());
        return new HeapArena(new ResidentTable(backing, options));
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
        return table.sharedFile();
    }

    @Override
    public void close() {
        table.close();
    }
}
