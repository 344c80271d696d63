package dev.forebay.objects;

import dev.forebay.arena.Arena;
import dev.forebay.arena.Resident;
import dev.forebay.base.Clock;
import dev.forebay.base.Disk;
import dev.forebay.base.LocalDisk;
import dev.forebay.base.ObjectId;
import dev.forebay.base.Principal;

import java.util.List;
import java.util.Optional;

/** The objects engine over an arena. */
public final class NodeObjectEngine implements ObjectEngine {
    private final Arena arena;
    private final ObjectTable table;

    private NodeObjectEngine(Arena arena, ObjectsConfig config, Clock clock, Disk disk) {
        this.arena = arena;
        this.table =
                new ObjectTable(
                        arena,
                        config,
                        clock,
                        config.spill()
                                .map(
                                        folder ->
                                                new SpillFolder(
                                                        disk, folder, config.spillMax().bytes())));
    }

    /**
     * Begins with no objects.
     *
     * @param arena where objects lie; stays open when the engine is closed
     */
    public static NodeObjectEngine open(Arena arena, ObjectsConfig config, Clock clock) {
        return open(arena, config, clock, new LocalDisk());
    }

    /** The same with a disk for the folder that objects are spilled to. */
    static NodeObjectEngine open(Arena arena, ObjectsConfig config, Clock clock, Disk disk) {
        return new NodeObjectEngine(arena, config, clock, disk);
    }

    @Override
    public ObjectSession open(Principal caller) {
        return table.open(caller);
    }

    @Override
    public Subscription subscribe(ObjectListener listener) {
        return table.subscribe(listener);
    }

    @Override
    public List<ObjectStatus> list() {
        return table.list();
    }

    @Override
    public Optional<ObjectStatus> find(ObjectId id) {
        return table.find(id);
    }

    @Override
    public long evict(long bytes) {
        return table.evict(bytes);
    }

    @Override
    public long capacity() {
        return arena.capacity();
    }

    @Override
    public List<SessionStatus> sessions() {
        return table.sessions();
    }

    @Override
    public ObjectStatistics statistics() {
        return table.statistics();
    }

    @Override
    public Optional<Arena.SharedFile> sharedFile() {
        return arena.sharedFile();
    }

    /** Names memory that somebody else owns and holds; see {@link Lending}. */
    void lend(ObjectId id, Resident memory) {
        table.lend(id, memory);
    }

    /** Forgets the names of lent memory that has gone. */
    void forgetVanished() {
        table.forgetVanished();
    }

    @Override
    public void close() {
        table.close();
    }
}
