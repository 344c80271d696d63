package dev.forebay.objects;

import dev.forebay.arena.Arena;
import dev.forebay.arena.Resident;
import dev.forebay.base.Clock;
import dev.forebay.base.ObjectId;
import dev.forebay.base.Principal;
import dev.forebay.base.error.AlreadyExists;
import dev.forebay.base.error.Closed;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.NotFound;
import dev.forebay.objects.ObjectSession.Deletion;
import dev.forebay.objects.ObjectSession.Request;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The names of objects, their states, and who references them.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>An object with a reference is in the table; so is one that is sealed and not evicted.
 *   <li>A sealed object without a reference does not hold its resident, so the arena may evict it;
 *       any other does. A pending delete goes when this state is reached.
 *   <li>A wait is listed under each name that it misses, and under no other.
 * </ul>
 *
 * <p>One lock guards all. It is never held while the arena makes room, which may take long and
 * calls back for what was evicted; short calls of the arena are made with it. Listeners are called
 * with it, those who wait without.
 */
final class ObjectTable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Arena arena;
    private final Clock clock;
    private final Map<ObjectId, TrackedObject> objects = new HashMap<>();
    private final Waits waits = new Waits();
    private final Optional<Spilling> spilling;

    /** What may be spilled, longest unused first. */
    private final Set<TrackedObject> idle = new LinkedHashSet<>();

    private final Set<TrackedSession> sessions = new HashSet<>();
    private final Set<TrackedObject> lent = new HashSet<>();
    private final Quotas quotas;
    private final Set<ObjectListener> listeners =
            Collections.newSetFromMap(new IdentityHashMap<>());

    private long bytes;
    private long evictions;
    private long evictedBytes;
    private long spilledCount;
    private long spills;
    private boolean closed;

    ObjectTable(Arena arena, ObjectsConfig config, Clock clock, Optional<SpillFolder> spillFolder) {
        this.arena = arena;
        this.quotas = new Quotas(arena.capacity(), config.userQuota().bytes());
        this.clock = clock;
        this.spilling = spillFolder.map(folder -> new Spilling(this, arena, folder));
    }

    // ---- sessions ----

    TrackedSession open(Principal caller) {
        lock.lock();
        try {
            if (closed) {
                throw new Closed("the objects engine is closed", "objects");
            }
            TrackedSession session = new TrackedSession(this, caller);
            sessions.add(session);
            return session;
        } finally {
            lock.unlock();
        }
    }

    void close(TrackedSession session) {
        lock.lock();
        try {
            if (session.closed) {
                return;
            }
            session.closed = true;
            sessions.remove(session);
            new ArrayList<>(session.waits).forEach(waits::forget);
            new ArrayList<>(session.creating).forEach(this::discard);
            new ArrayList<>(session.references).forEach(object -> drop(session, object));
            Quota reserved = session.reserved;
            if (reserved != null) {
                reserved.oldestFirst().forEach(object -> leave(reserved, object));
                quotas.giveBack(reserved);
            }
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            new ArrayList<>(sessions).forEach(this::close);
            List.copyOf(objects.values()).stream()
                    .filter(object -> object.spilled)
                    .forEach(this::remove);
        } finally {
            lock.unlock();
        }
    }

    void reserve(TrackedSession session, long wanted) {
        lock.lock();
        try {
            requireOpen(session);
            quotas.reserve(session, wanted);
        } finally {
            lock.unlock();
        }
    }

    private static void requireOpen(TrackedSession session) {
        if (session.closed) {
            throw new Closed("the session is closed", session.caller.user());
        }
    }

    // ---- making objects ----

    /** Takes names, so that nobody else does while memory is made for them. */
    List<TrackedObject> take(TrackedSession session, List<Request> requests) {
        lock.lock();
        try {
            requireOpen(session);
            List<TrackedObject> taken = new ArrayList<>();
            boolean all = false;
            try {
                long now = clock.millis();
                for (Request request : requests) {
                    taken.add(takeOne(session, request, now));
                }
                admit(session, taken);
                all = true;
                return taken;
            } finally {
                if (!all) {
                    untake(taken);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private TrackedObject takeOne(TrackedSession session, Request request, long now) {
        long dataLength = request.dataLength();
        long metadataLength = request.metadataLength();
        if (dataLength < 0 || metadataLength < 0 || dataLength + metadataLength < 0) {
            throw new Invalid("not a length of an object", request.id());
        }
        TrackedObject object = new TrackedObject(request, session, now);
        if (objects.putIfAbsent(request.id(), object) != null) {
            throw new AlreadyExists("an object of this name exists", request.id());
        }
        bytes += object.length();
        return object;
    }

    private void admit(TrackedSession session, List<TrackedObject> taken) {
        long wanted = taken.stream().mapToLong(TrackedObject::length).sum();
        Optional<Quota> quota = quotas.of(session, wanted);
        if (quota.isEmpty()) {
            return;
        }
        for (TrackedObject oldest : quota.get().oldestFirst()) {
            if (quota.get().fits(wanted)) {
                break;
            }
            if (oldest.idle() && !(spilling.isPresent() && quota.get().letsGo())) {
                evict(oldest);
            } else if (quota.get().letsGo()) {
                leave(quota.get(), oldest);
            }
        }
        taken.forEach(quota.get()::add);
    }

    /** Takes an object out of a quota; it counts like all others from now on. */
    private void leave(Quota quota, TrackedObject object) {
        quota.remove(object);
        if (object.idle()) {
            settle(object);
        }
    }

    /** Gives up names that did not become objects. */
    void untake(List<TrackedObject> taken) {
        lock.lock();
        try {
            taken.forEach(this::remove);
        } finally {
            lock.unlock();
        }
    }

    Resident allocate(TrackedObject object) {
        return spilling.isPresent() ? spilling.get().allocate(object) : allocateOnce(object);
    }

    /** Allocates what the arena gives by itself. */
    Resident allocateOnce(TrackedObject object) {
        return arena.allocate(
                Arena.Request.fixed(Arena.Kind.OBJECT, object.length()),
                object,
                () -> evicted(object));
    }

    /** Gives a new object its memory; its session references it. */
    void publish(TrackedSession session, TrackedObject object, Resident memory) {
        lock.lock();
        try {
            if (session.closed) {
                memory.release(object);
                requireOpen(session);
            }
            place(object, memory);
            session.creating.add(object);
            session.references.add(object);
            object.references = 1;
        } finally {
            lock.unlock();
        }
    }

    private static void place(TrackedObject object, Resident memory) {
        object.place(memory);
        Quota quota = object.quota;
        if (quota != null) {
            quota.settle(object);
        }
    }

    void seal(TrackedSession session, ObjectId id, long digest) {
        List<Runnable> woken;
        lock.lock();
        try {
            TrackedObject object = objects.get(id);
            if (object == null || object.creator != session || !object.placed()) {
                throw new NotFound("no such object is being created", id);
            }
            if (object.sealed) {
                return;
            }
            object.seal(digest, clock.millis());
            session.creating.remove(object);
            woken = announce(List.of(object));
        } finally {
            lock.unlock();
        }
        woken.forEach(Runnable::run);
    }

    /** Gives new objects their memory and makes them final, all at once. */
    void sealAll(
            TrackedSession session,
            List<ObjectContent> contents,
            List<TrackedObject> taken,
            List<Resident> memory) {
        List<Runnable> woken;
        lock.lock();
        try {
            requireOpen(session);
            long now = clock.millis();
            for (int index = 0; index < taken.size(); index++) {
                place(taken.get(index), memory.get(index));
                taken.get(index).seal(contents.get(index).digest(), now);
            }
            woken = announce(taken);
        } finally {
            lock.unlock();
        }
        woken.forEach(Runnable::run);
    }

    /** Tells of sealed objects: first listeners, then those who wait. */
    private List<Runnable> announce(List<TrackedObject> sealed) {
        if (!listeners.isEmpty()) {
            List<ObjectStatus> statuses = sealed.stream().map(TrackedObject::status).toList();
            listeners.forEach(listener -> listener.sealed(statuses));
        }
        List<Runnable> woken = List.of();
        for (TrackedObject object : sealed) {
            List<TrackedWait> waiting = waits.take(object.id());
            if (!waiting.isEmpty()) {
                woken = woken.isEmpty() ? new ArrayList<>() : woken;
                serve(object, waiting, woken);
            }
            settle(object);
        }
        return woken;
    }

    private void serve(TrackedObject object, List<TrackedWait> waiting, List<Runnable> woken) {
        for (TrackedWait wait : waiting) {
            reference(wait.session, object);
            wait.put(object);
            if (wait.complete()) {
                wait.session.waits.remove(wait);
                woken.add(wait.ready);
            }
        }
    }

    boolean abort(TrackedSession session, ObjectId id) {
        lock.lock();
        try {
            TrackedObject object = objects.get(id);
            if (object == null || !session.creating.contains(object)) {
                return false;
            }
            discard(object);
            return true;
        } finally {
            lock.unlock();
        }
    }

    // ---- lent memory ----

    /**
     * Gives memory of somebody else a name. It keeps it for as long as the memory is there.
     *
     * @param memory sealed, held by the caller
     */
    void lend(ObjectId id, Resident memory) {
        List<Runnable> woken;
        lock.lock();
        try {
            TrackedObject known = objects.get(id);
            if (known != null && known.vanished()) {
                lose(known);
                known = null;
            }
            if (known != null && known.lent()) {
                return;
            }
            TrackedObject object = TrackedObject.lent(id, memory, clock.millis());
            if (objects.putIfAbsent(id, object) != null) {
                throw new AlreadyExists("an object of this name exists", id);
            }
            lent.add(object);
            woken = announce(List.of(object));
        } finally {
            lock.unlock();
        }
        woken.forEach(Runnable::run);
    }

    /** Forgets names whose memory has gone. */
    void forgetVanished() {
        lock.lock();
        try {
            List.copyOf(lent).stream().filter(TrackedObject::vanished).forEach(this::lose);
        } finally {
            lock.unlock();
        }
    }

    // ---- using objects ----

    ObjectWait get(TrackedSession session, List<ObjectId> ids, Runnable ready) {
        TrackedWait wait = new TrackedWait(this, session, ids, ready);
        List<ObjectId> away = List.of();
        lock.lock();
        try {
            requireOpen(session);
            for (int index = 0; index < ids.size(); index++) {
                TrackedObject object = objects.get(ids.get(index));
                if (object != null && object.sealed && reference(session, object)) {
                    wait.put(index, object);
                    continue;
                }
                waits.miss(wait, index);
                if (object != null && object.spilled) {
                    away = away.isEmpty() ? new ArrayList<>() : away;
                    away.add(ids.get(index));
                }
            }
        } finally {
            lock.unlock();
        }
        away.forEach(id -> spilling.orElseThrow().moveIn(id));
        return wait;
    }

    void end(TrackedWait wait) {
        lock.lock();
        try {
            waits.forget(wait);
        } finally {
            lock.unlock();
        }
    }

    boolean release(TrackedSession session, ObjectId id) {
        lock.lock();
        try {
            TrackedObject object = objects.get(id);
            return object != null && drop(session, object);
        } finally {
            lock.unlock();
        }
    }

    Deletion delete(ObjectId id) {
        lock.lock();
        try {
            TrackedObject object = objects.get(id);
            if (object == null) {
                return Deletion.NOT_FOUND;
            }
            if (object.idle()) {
                removeSealed(object);
                return Deletion.DONE;
            }
            object.deletePending = true;
            return object.sealed ? Deletion.IN_USE : Deletion.NOT_SEALED;
        } finally {
            lock.unlock();
        }
    }

    boolean contains(ObjectId id) {
        lock.lock();
        try {
            TrackedObject object = objects.get(id);
            return object != null && object.sealed && !object.vanished();
        } finally {
            lock.unlock();
        }
    }

    void refresh(List<ObjectId> ids) {
        lock.lock();
        try {
            for (ObjectId id : ids) {
                TrackedObject object = objects.get(id);
                if (object != null && object.idle() && !object.spilled) {
                    object.resident().touch();
                    touchQuota(object);
                    if (idle.remove(object)) {
                        idle.add(object);
                    }
                }
            }
        } finally {
            lock.unlock();
        }
    }

    List<ObjectStatus> list() {
        lock.lock();
        try {
            return objects.values().stream()
                    .filter(object -> object.placed() && !object.vanished())
                    .map(TrackedObject::status)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    Optional<ObjectStatus> find(ObjectId id) {
        lock.lock();
        try {
            return Optional.ofNullable(objects.get(id))
                    .filter(object -> object.placed() && !object.vanished())
                    .map(TrackedObject::status);
        } finally {
            lock.unlock();
        }
    }

    ObjectStatistics statistics() {
        lock.lock();
        try {
            long referenced =
                    objects.values().stream().filter(object -> object.references > 0).count();
            return new ObjectStatistics(
                    objects.size(),
                    bytes,
                    referenced,
                    sessions.size(),
                    evictions,
                    evictedBytes,
                    spilledCount,
                    spills);
        } finally {
            lock.unlock();
        }
    }

    List<SessionStatus> sessions() {
        lock.lock();
        try {
            return sessions.stream().map(TrackedSession::status).toList();
        } finally {
            lock.unlock();
        }
    }

    ObjectEngine.Subscription subscribe(ObjectListener listener) {
        lock.lock();
        try {
            for (TrackedObject object : objects.values()) {
                if (object.sealed) {
                    listener.sealed(List.of(object.status()));
                }
            }
            listeners.add(listener);
            return () -> unsubscribe(listener);
        } finally {
            lock.unlock();
        }
    }

    private void unsubscribe(ObjectListener listener) {
        lock.lock();
        try {
            listeners.remove(listener);
        } finally {
            lock.unlock();
        }
    }

    // ---- under the lock ----

    /** False when the object turns out to be evicted. */
    private boolean reference(TrackedSession session, TrackedObject object) {
        if (!session.references.add(object)) {
            return true;
        }
        if (object.spilled) {
            session.references.remove(object);
            return false;
        }
        idle.remove(object);
        if (!object.held) {
            if (!object.resident().hold(object)) {
                session.references.remove(object);
                lose(object);
                return false;
            }
            object.held = true;
        }
        object.references++;
        return true;
    }

    private boolean drop(TrackedSession session, TrackedObject object) {
        if (!session.references.remove(object)) {
            return false;
        }
        object.references--;
        settle(object);
        return true;
    }

    /** What happens once an object is sealed and nobody references it. */
    private void settle(TrackedObject object) {
        if (!object.idle()) {
            return;
        }
        if (object.deletePending) {
            removeSealed(object);
            return;
        }
        touchQuota(object);
        Quota quota = object.quota;
        if (spilling.isEmpty() || object.lent()) {
            object.held = false;
            object.resident().release(object);
        } else if (quota == null || !quota.letsGo()) {
            idle.add(object);
        }
    }

    private static void touchQuota(TrackedObject object) {
        Quota quota = object.quota;
        if (quota != null) {
            quota.touch(object);
        }
    }

    /** Drops an unsealed object: nobody hears of it. */
    private void discard(TrackedObject object) {
        remove(object);
        TrackedSession creator = object.creator;
        if (creator != null) {
            creator.creating.remove(object);
            creator.references.remove(object);
        }
        object.references = 0;
        object.resident().release(object);
    }

    private void removeSealed(TrackedObject object) {
        remove(object);
        if (!object.lent() && !object.spilled) {
            object.resident().free();
        }
        if (object.held) {
            object.held = false;
            object.resident().release(object);
        }
        listeners.forEach(listener -> listener.gone(object.id()));
    }

    /** Takes a name out of the table; true when it was there. */
    private boolean remove(TrackedObject object) {
        if (!objects.remove(object.id(), object)) {
            return false;
        }
        idle.remove(object);
        if (object.lent()) {
            lent.remove(object);
        } else if (object.spilled) {
            spilledCount--;
            spilling.orElseThrow().forget(object);
        } else {
            bytes -= object.length();
        }
        Quota quota = object.quota;
        if (quota != null) {
            quota.remove(object);
        }
        return true;
    }

    private void evict(TrackedObject object) {
        lose(object);
        if (!object.spilled) {
            object.resident().free();
            if (object.held) {
                object.held = false;
                object.resident().release(object);
            }
        }
    }

    // ---- what spilling needs ----

    /** Moves objects to disk, or evicts them; answers the bytes that went. */
    long evict(long wanted) {
        if (spilling.isEmpty()) {
            return arena.evict(wanted, Arena.Kind.OBJECT);
        }
        return wanted == 0 ? 0 : Math.max(0, spilling.get().moveOut(wanted));
    }

    /** Takes the object that nobody has used for longest, held by {@code holder}. */
    Optional<TrackedObject> takeOldestIdle(Object holder) {
        lock.lock();
        try {
            Optional<TrackedObject> oldest = idle.stream().findFirst();
            oldest.ifPresent(
                    object -> {
                        idle.remove(object);
                        object.resident().hold(holder);
                    });
            return oldest;
        } finally {
            lock.unlock();
        }
    }

    /** Takes an object's memory, since its bytes are on disk; false when it is in use or gone. */
    boolean moved(TrackedObject object) {
        lock.lock();
        try {
            if (objects.get(object.id()) != object || !object.idle()) {
                return false;
            }
            idle.remove(object);
            object.held = false;
            Resident memory = object.spill();
            memory.free();
            memory.release(object);
            bytes -= object.length();
            spilledCount++;
            spills++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Lets an object that could not be moved wait again. */
    void keepIdle(TrackedObject object) {
        lock.lock();
        try {
            if (objects.get(object.id()) == object && object.idle() && !object.spilled) {
                idle.add(object);
            }
        } finally {
            lock.unlock();
        }
    }

    Optional<TrackedObject> findSpilled(ObjectId id) {
        lock.lock();
        try {
            return Optional.ofNullable(objects.get(id)).filter(object -> object.spilled);
        } finally {
            lock.unlock();
        }
    }

    /** Gives an object its memory back; false when it is gone. */
    boolean movedBack(TrackedObject object, Resident memory) {
        List<Runnable> woken = new ArrayList<>();
        lock.lock();
        try {
            if (objects.get(object.id()) != object) {
                return false;
            }
            memory.seal();
            object.spilled = false;
            object.held = true;
            object.place(memory);
            bytes += object.length();
            spilledCount--;
            serve(object, waits.take(object.id()), woken);
            settle(object);
        } finally {
            lock.unlock();
        }
        woken.forEach(Runnable::run);
        return true;
    }

    /** Gives up an object whose bytes on disk are damaged. */
    void loseSpilled(TrackedObject object) {
        lock.lock();
        try {
            if (object.spilled) {
                lose(object);
            }
        } finally {
            lock.unlock();
        }
    }

    // ---- eviction by the arena ----

    /** The arena has evicted an object, and holds no lock. */
    private void evicted(TrackedObject object) {
        lock.lock();
        try {
            lose(object);
        } finally {
            lock.unlock();
        }
    }

    private void lose(TrackedObject object) {
        if (remove(object)) {
            evictions += object.lent() ? 0 : 1;
            evictedBytes += object.lent() ? 0 : object.length();
            listeners.forEach(listener -> listener.gone(object.id()));
        }
    }
}
