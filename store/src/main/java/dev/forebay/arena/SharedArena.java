package dev.forebay.arena;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Optional;

/**
 * The arena in a file that other processes map: a memfd, or a nameless file in a folder.
 *
 * <p>A process that has mapped the file can write all of it: sealed residents are protected from
 * mistakes of ours, not from a rude client. Calls that need fresh memory block the thread that
 * carries a virtual thread, for about 0.4 ms per MiB.
 */
public final class SharedArena implements Arena {
    private static final Logger log = LoggerFactory.getLogger(SharedArena.class);

    private final ResidentTable table;

    private SharedArena(ResidentTable table) {
        this.table = table;
    }

    /**
     * Makes the file and maps it. No memory is taken yet.
     *
     * @throws dev.forebay.base.error.Unsupported when the file system of the folder has no
     *     fallocate, or this is not Linux
     * @throws dev.forebay.base.error.OutOfSpace when the process may not map so much address space
     * @throws dev.forebay.base.error.Invalid when the folder is not there
     * @throws dev.forebay.base.error.PermissionDenied when it cannot be written
     */
    public static SharedArena open(ArenaOptions options) {
        if (options.capacity() > options.memoryMax()) {
            log.warn(
                    "the arena may hold more than memory allows capacity={} memoryMax={}",
                    options.capacity(),
                    options.memoryMax());
        }
        Backing backing = FileBacking.open(options.folder(), options.addressSpace());
        return new SharedArena(new ResidentTable(backing, options));
    }

    /**
     * Gives back to the system the pages of free ranges that nobody has used since the call before.
     * For a background task of the owner, about once a minute.
     *
     * @return bytes given back
     */
    public long trimIdle() {
        return table.trimIdle();
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
