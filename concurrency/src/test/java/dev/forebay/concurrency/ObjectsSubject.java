package dev.forebay.concurrency;

import dev.forebay.arena.SmallArena;
import dev.forebay.base.ObjectId;
import dev.forebay.base.Principal;
import dev.forebay.base.error.AlreadyExists;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.OutOfSpace;
import dev.forebay.objects.NodeObjectEngine;
import dev.forebay.objects.ObjectEngine;
import dev.forebay.objects.ObjectSession;
import dev.forebay.objects.ObjectSession.Deletion;
import dev.forebay.objects.ObjectWait;
import dev.forebay.objects.ObjectsConfig;
import dev.forebay.testkit.ManualClock;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

import java.util.List;

/** Objects of two clients, in a store with room for two of three. */
@Param(name = "object", gen = IntGen.class, conf = "0:2")
@Param(name = "client", gen = IntGen.class, conf = "0:1")
public final class ObjectsSubject {
    private static final int LENGTH = 100;
    private static final long CAPACITY = 2 * LENGTH;

    private final ObjectEngine engine =
            NodeObjectEngine.open(
                    new SmallArena(CAPACITY), ObjectsConfig.DEFAULT, new ManualClock(0));
    private final List<ObjectSession> clients =
            List.of(engine.open(Principal.node("one")), engine.open(Principal.node("two")));

    private static ObjectId name(int object) {
        return new ObjectId(object, 0, 0);
    }

    @Operation
    public String create(@Param(name = "object") int object, @Param(name = "client") int client) {
        try {
            clients.get(client).create(new ObjectSession.Request(name(object), LENGTH, 0));
            return "created";
        } catch (AlreadyExists e) {
            return "exists";
        } catch (OutOfSpace e) {
            return "full";
        }
    }

    @Operation
    public boolean seal(@Param(name = "object") int object, @Param(name = "client") int client) {
        try {
            clients.get(client).seal(name(object), 1);
            return true;
        } catch (NotFound e) {
            return false;
        }
    }

    @Operation
    public boolean abort(@Param(name = "object") int object, @Param(name = "client") int client) {
        return clients.get(client).abort(name(object));
    }

    /** Asks without waiting. */
    @Operation
    public boolean get(@Param(name = "object") int object, @Param(name = "client") int client) {
        ObjectWait wait = clients.get(client).get(List.of(name(object)), () -> {});
        wait.end();
        return wait.find(0).isPresent();
    }

    @Operation
    public boolean release(@Param(name = "object") int object, @Param(name = "client") int client) {
        return clients.get(client).release(name(object));
    }

    @Operation
    public Deletion delete(@Param(name = "object") int object) {
        return clients.getFirst().delete(name(object));
    }

    @Operation
    public boolean contains(@Param(name = "object") int object) {
        return clients.getFirst().contains(name(object));
    }

    @Operation
    public long evict() {
        return engine.evict(LENGTH);
    }

    @Operation
    public int count() {
        return engine.list().size();
    }
}
