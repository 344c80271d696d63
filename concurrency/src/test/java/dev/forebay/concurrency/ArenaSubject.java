package dev.forebay.concurrency;

import dev.forebay.arena.Arena;
import dev.forebay.arena.Arena.Kind;
import dev.forebay.arena.Resident;
import dev.forebay.arena.SmallArena;
import dev.forebay.base.error.OutOfSpace;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

import java.util.List;
import java.util.stream.IntStream;

/** Residents that are held, released, freed and evicted, in an arena with room for a few more. */
@Param(name = "resident", gen = IntGen.class, conf = "0:2")
@Param(name = "holder", gen = IntGen.class, conf = "0:1")
@Param(name = "units", gen = IntGen.class, conf = "1:3")
public final class ArenaSubject {
    private static final int UNIT = 64;
    private static final int RESIDENTS = 3;
    private static final long CAPACITY = 5 * UNIT;

    private final Arena arena = new SmallArena(CAPACITY);
    private final List<Object> holders = List.of(new Object(), new Object());
    private final List<Resident> residents =
            IntStream.range(0, RESIDENTS).mapToObj(_ -> released()).toList();

    /** A candidate for eviction. */
    private Resident released() {
        Resident made = arena.allocate(Arena.Request.fixed(Kind.OBJECT, UNIT), this, () -> {});
        made.seal();
        made.release(this);
        return made;
    }

    /** Makes one more, which stays held. */
    @Operation
    public boolean allocate(@Param(name = "units") int units) {
        long length = (long) units * UNIT;
        try {
            return arena.allocate(Arena.Request.fixed(Kind.OBJECT, length), this, () -> {}).length()
                    == length;
        } catch (OutOfSpace e) {
            return false;
        }
    }

    @Operation
    public boolean hold(@Param(name = "resident") int which, @Param(name = "holder") int who) {
        return residents.get(which).hold(holders.get(who));
    }

    @Operation
    public void release(@Param(name = "resident") int which, @Param(name = "holder") int who) {
        residents.get(which).release(holders.get(who));
    }

    @Operation
    public void free(@Param(name = "resident") int which) {
        residents.get(which).free();
    }

    @Operation
    public void touch(@Param(name = "resident") int which) {
        residents.get(which).touch();
    }

    @Operation
    public boolean available(@Param(name = "resident") int which) {
        return residents.get(which).available();
    }

    @Operation
    public int holders(@Param(name = "resident") int which) {
        return residents.get(which).holders();
    }

    @Operation
    public long evict(@Param(name = "units") int units) {
        return arena.evict((long) units * UNIT, Kind.OBJECT);
    }

    @Operation
    public long used() {
        return arena.used();
    }
}
