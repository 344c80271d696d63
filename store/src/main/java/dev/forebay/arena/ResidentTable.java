package dev.forebay.arena;

import dev.forebay.base.error.Closed;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.InvalidState;
import dev.forebay.base.error.OutOfSpace;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The residents of an arena: what they take, who holds them, who leaves first.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>{@code used} is the sum of the lengths of all residents that are not gone, at most the
 *       capacity; {@code evictable} is that of those in the queues.
 *   <li>A resident is in the queue of its kind exactly when it is sealed, not freed, not gone, and
 *       has neither holder nor pin.
 *   <li>One that is unsealed or freed, and not gone, has a holder.
 *   <li>One of no bytes that cannot grow has no range of its own.
 * </ul>
 *
 * <p>One lock guards all. Callbacks run without it, and so does the making of much fresh memory for
 * a resident that nobody knows yet.
 */
final class ResidentTable {
    private static final long TRIM_STEP = 64L << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Backing backing;
    private final MemorySegment memory;
    private final RangeAllocator allocator;
    private final long capacity;
    private final int residentsMax;
    private final TrackedResident.Queue fileBlocks = new TrackedResident.Queue();
    private final TrackedResident.Queue objects = new TrackedResident.Queue();

    private int residents;
    private long used;
    private long evictable;
    private long evictions;
    private long evictedBytes;
    private boolean closed;

    /** Threads that use the backing without the lock; the last one closes it if need be. */
    private int unlockedCalls;

    ResidentTable(Backing backing, ArenaOptions options) {
        this.backing = backing;
        this.memory = backing.memory();
        this.capacity = options.capacity();
        this.residentsMax = options.residentsMax();
        this.allocator =
                new RangeAllocator(
                        backing, options.backedMax(), options.memoryMax(), this::unlocked);
    }

    // ---- what the arena does ----

    Resident allocate(Arena.Request request, Object holder, Runnable onEvict) {
        return evicting(
                evictions -> {
                    makeRoom(request.length(), 1, evictions);
                    Range range = account(request, evictions);
                    TrackedResident resident = new TrackedResident(this, request, range, onEvict);
                    range.owner = resident;
                    resident.holders.add(holder);
                    return resident;
                });
    }

    /** Accounts first, since others may allocate while memory is made for this one. */
    private Range account(Arena.Request request, Evictions evictions) {
        residents++;
        used += request.length();
        boolean placed = false;
        try {
            Range range = place(request, evictions);
            placed = true;
            return range;
        } finally {
            if (!placed) {
                residents--;
                used -= request.length();
            }
        }
    }

    long evict(long bytes, Arena.Kind kind) {
        return evicting(evictions -> evictOldest(bytes, queue(kind), evictions));
    }

    long capacity() {
        return locked(() -> capacity);
    }

    long used() {
        return locked(() -> used);
    }

    Arena.Statistics statistics() {
        return locked(
                () ->
                        new Arena.Statistics(
                                residents,
                                used - evictable,
                                evictable,
                                allocator.backed(),
                                evictions,
                                evictedBytes,
                                allocator.freeRanges()));
    }

    List<Integer> occupancy(int cells) {
        return locked(() -> allocator.occupancy(cells));
    }

    Optional<Arena.SharedFile> sharedFile() {
        return locked(backing::sharedFile);
    }

    /** Gives pages back in steps, so that others get the lock between. */
    long trimIdle() {
        long sum = 0;
        long step;
        do {
            step = locked(this::trimStep);
            sum += step;
        } while (step > 0);
        return sum;
    }

    private long trimStep() {
        long step = allocator.trim(TRIM_STEP);
        if (step == 0) {
            allocator.countTrim();
        }
        return step;
    }

    void close() {
        lock.lock();
        try {
            if (!closed && unlockedCalls == 0) {
                backing.close();
            }
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    // ---- what a resident does ----

    MemorySegment slice(long offset, long length) {
        return memory.asSlice(offset, length);
    }

    void extend(TrackedResident resident, long length) {
        evicting(
                evictions -> {
                    checkThere(resident);
                    if (resident.sealed) {
                        throw new InvalidState("a sealed resident cannot grow", resident);
                    }
                    if (length < resident.length || length > resident.lengthMax()) {
                        throw new Invalid("not a length that was set aside", length);
                    }
                    grow(resident, length, evictions);
                    return length;
                });
    }

    private void grow(TrackedResident resident, long length, Evictions evictions) {
        long added = length - resident.length;
        if (added == 0) {
            return;
        }
        makeRoom(added, 0, evictions);
        backed(
                added,
                evictions,
                () -> {
                    allocator.extend(resident.range, length);
                    return length;
                });
        used += added;
        resident.length = length;
    }

    void seal(TrackedResident resident) {
        lock.lock();
        try {
            checkThere(resident);
            resident.sealed = true;
            if (!resident.range.growing) {
                return;
            }
            if (resident.length == 0) {
                allocator.free(resident.range);
                resident.range = nowhere();
            } else {
                allocator.settle(resident.range);
            }
        } finally {
            lock.unlock();
        }
    }

    boolean hold(TrackedResident resident, Object holder) {
        lock.lock();
        try {
            if (resident.gone || resident.freed) {
                return false;
            }
            resident.holders.add(holder);
            requeue(resident);
            return true;
        } finally {
            lock.unlock();
        }
    }

    void release(TrackedResident resident, Object holder) {
        lock.lock();
        try {
            if (!resident.holders.remove(holder) || resident.holders.count() > 0) {
                return;
            }
            if (resident.sealed && !resident.freed) {
                requeue(resident);
            } else {
                remove(resident);
            }
        } finally {
            lock.unlock();
        }
    }

    boolean available(TrackedResident resident) {
        lock.lock();
        try {
            return !resident.gone && !resident.freed;
        } finally {
            lock.unlock();
        }
    }

    int holders(TrackedResident resident) {
        lock.lock();
        try {
            return resident.holders.count();
        } finally {
            lock.unlock();
        }
    }

    void pin(TrackedResident resident) {
        lock.lock();
        try {
            checkThere(resident);
            resident.pins++;
            requeue(resident);
        } finally {
            lock.unlock();
        }
    }

    void unpin(TrackedResident resident) {
        lock.lock();
        try {
            if (resident.gone) {
                return;
            }
            if (resident.pins == 0) {
                throw new InvalidState("a resident without a pin", resident);
            }
            resident.pins--;
            requeue(resident);
        } finally {
            lock.unlock();
        }
    }

    void touch(TrackedResident resident) {
        lock.lock();
        try {
            if (resident.evictable()) {
                queue(resident).remove(resident);
                queue(resident).add(resident);
            }
        } finally {
            lock.unlock();
        }
    }

    void free(TrackedResident resident) {
        lock.lock();
        try {
            if (resident.gone || resident.freed) {
                return;
            }
            resident.freed = true;
            requeue(resident);
            if (resident.holders.count() == 0) {
                remove(resident);
            }
        } finally {
            lock.unlock();
        }
    }

    // ---- under the lock ----

    /** Puts a resident into its queue, as the youngest, or takes it out, if its state says so. */
    private void requeue(TrackedResident resident) {
        boolean candidate =
                resident.sealed
                        && !resident.freed
                        && !resident.gone
                        && resident.pins == 0
                        && resident.holders.count() == 0;
        if (candidate && !resident.evictable()) {
            queue(resident).add(resident);
            evictable += resident.length;
        } else if (!candidate && resident.evictable()) {
            queue(resident).remove(resident);
            evictable -= resident.length;
        }
    }

    private void remove(TrackedResident resident) {
        resident.gone = true;
        requeue(resident);
        if (resident.range.length > 0) {
            allocator.free(resident.range);
        }
        resident.range = nowhere();
        residents--;
        used -= resident.length;
        assert used >= 0 && evictable >= 0 && evictable <= used;
    }

    /** Evicts until so many bytes and residents fit; nothing when that cannot be reached. */
    private void makeRoom(long bytes, int count, Evictions evictions) {
        if (bytes > capacity || used - evictable > capacity - bytes) {
            throw new OutOfSpace("the arena is full", bytes);
        }
        while (used > capacity - bytes || residents > residentsMax - count) {
            if (evictOne(evictions).isEmpty()) {
                throw new OutOfSpace("the arena has too many residents", residents);
            }
        }
    }

    private long evictOldest(long bytes, TrackedResident.Queue queue, Evictions evictions) {
        long sum = 0;
        while (sum < bytes) {
            Optional<TrackedResident> victim = queue.oldest();
            if (victim.isEmpty()) {
                break;
            }
            evict(victim.get(), evictions);
            sum += victim.get().length;
        }
        return sum;
    }

    private Optional<TrackedResident> evictOne(Evictions evictions) {
        Optional<TrackedResident> oldest = fileBlocks.oldest();
        if (oldest.isEmpty()) {
            oldest = objects.oldest();
        }
        oldest.ifPresent(resident -> evict(resident, evictions));
        return oldest;
    }

    private void evict(TrackedResident resident, Evictions told) {
        remove(resident);
        evictions++;
        evictedBytes += resident.length;
        told.add(resident.onEvict());
    }

    private Range place(Arena.Request request, Evictions evictions) {
        long length = request.length();
        long aside = Math.min(request.lengthMax(), capacity);
        if (aside == 0) {
            return nowhere();
        }
        Supplier<Optional<Range>> attempt =
                () ->
                        aside > length
                                ? allocator.allocate(length, aside)
                                : allocator.allocate(length);
        Optional<Range> range = backed(length, evictions, attempt);
        if (range.isEmpty()) {
            allocator.trimAll();
            range = backed(length, evictions, attempt);
        }
        if (range.isEmpty()) {
            clearWindow(allocator.zone(aside > length), allocator.spaceFor(aside), evictions);
            range = backed(length, evictions, attempt);
        }
        return range.orElseThrow(
                () -> new OutOfSpace("the arena has no address space left", aside));
    }

    private void clearWindow(Zone zone, long space, Evictions evictions) {
        for (Range.Owner owner : EvictionWindow.find(zone, space)) {
            if (owner instanceof TrackedResident resident) {
                evict(resident, evictions);
            }
        }
        allocator.trimAll();
    }

    /** Evicts for memory where the system has less of it than the capacity. */
    private <T> T backed(long length, Evictions evictions, Supplier<T> work) {
        while (true) {
            try {
                return work.get();
            } catch (OutOfSpace e) {
                if (evictForMemory(Math.max(length, 1), evictions) == 0) {
                    throw e;
                }
            }
        }
    }

    private long evictForMemory(long bytes, Evictions evictions) {
        long sum = evictOldest(bytes, fileBlocks, evictions);
        return sum < bytes ? sum + evictOldest(bytes - sum, objects, evictions) : sum;
    }

    private TrackedResident.Queue queue(TrackedResident resident) {
        return queue(resident.kind());
    }

    private TrackedResident.Queue queue(Arena.Kind kind) {
        return switch (kind) {
            case FILE_BLOCK -> fileBlocks;
            case OBJECT -> objects;
        };
    }

    private static Range nowhere() {
        return new Range(Range.Use.TAKEN, 0, 0);
    }

    private static void checkThere(TrackedResident resident) {
        if (resident.gone) {
            throw new InvalidState("a resident that is gone", resident);
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new Closed("the arena is closed", "arena");
        }
    }

    private interface Evicting<T> {
        T run(Evictions evictions) throws ForebayException;
    }

    /** Works under the lock, then tells those whose residents had to go, also after a failure. */
    private <T> T evicting(Evicting<T> work) {
        Evictions evicted = new Evictions();
        try {
            return locked(() -> work.run(evicted));
        } finally {
            evicted.tell();
        }
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            checkOpen();
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** Lets others have the lock while this thread does what takes long. */
    private void unlocked(Runnable work) {
        unlockedCalls++;
        lock.unlock();
        try {
            work.run();
        } finally {
            lock.lock();
            unlockedCalls--;
            if (closed && unlockedCalls == 0) {
                backing.close();
            }
            // Also when the work failed: nobody may use the backing after this.
            checkOpen();
        }
    }
}
