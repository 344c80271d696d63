package dev.forebay.meta;

import dev.forebay.base.error.Unavailable;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Shared and exclusive locks on rows, with deadlocks found when they arise.
 *
 * <p>One mutex guards everything. It is held for some hash look-ups, never over a read or a write
 * of the storage, so that it is not what limits a node: that is the disk's sync.
 *
 * <h2>Deadlocks</h2>
 *
 * An owner waits for at most one row. Edges of the wait-for graph run from a waiter to whoever is
 * ahead of it in the queue, and from the first of a queue to the row's other holders. A cycle can
 * only arise when somebody joins a queue, and then goes through that owner: a grant turns an edge
 * to a waiter into one to a holder and adds none. So the graph is searched from the owner that
 * joins. The youngest transaction of a cycle is undone. It keeps its age when it runs again,
 * becomes the oldest in time, and so ends some day.
 */
final class LockTable {
    private final Duration waitMax;
    private final ReentrantLock mutex = new ReentrantLock();
    private final Map<RowKey, LockRow> rows = new HashMap<>();
    private long waits;
    private long deadlocks;
    private long timeouts;

    /**
     * Creates an empty table.
     *
     * @param waitMax longest wait for one lock
     */
    LockTable(Duration waitMax) {
        this.waitMax = waitMax;
    }

    /**
     * Locks a row. A lock that is held already is kept in the stronger mode of the two.
     *
     * @throws Undone when the owner lost a deadlock or waited too long; the caller releases the
     *     owner
     * @throws Unavailable when the thread was interrupted; the caller releases the owner
     */
    void lock(LockOwner owner, RowKey key, LockMode mode) {
        mutex.lock();
        try {
            if (owner.undone) {
                throw new Undone("lost a deadlock");
            }
            LockRow row = rows.computeIfAbsent(key, LockRow::new);
            if (!row.tryHold(owner, mode)) {
                waits++;
                waitFor(row.enqueue(owner, mode, mutex.newCondition()));
            }
        } finally {
            mutex.unlock();
        }
    }

    private void waitFor(LockWaiter waiter) {
        try {
            undoCyclesThrough(waiter.owner);
            await(waiter);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted while waiting for a lock", "", e);
        } finally {
            if (waiter.owner.waiting != null) {
                waiter.row.remove(waiter);
                forgetIfIdle(waiter.row);
            }
        }
    }

    private void await(LockWaiter waiter) throws InterruptedException {
        long remaining = waitMax.toNanos();
        while (!waiter.granted) {
            if (waiter.owner.undone) {
                throw new Undone("lost a deadlock");
            }
            if (remaining <= 0) {
                timeouts++;
                waiter.owner.undone = true;
                throw new Undone("waited too long for a lock");
            }
            remaining = waiter.changed.awaitNanos(remaining);
        }
    }

    private void undoCyclesThrough(LockOwner start) {
        for (List<LockOwner> cycle = cycleThrough(start);
                !cycle.isEmpty();
                cycle = cycleThrough(start)) {
            deadlocks++;
            LockOwner victim = youngestHolder(cycle);
            victim.undone = true;
            LockWaiter place = victim.waiting;
            if (victim == start || place == null) {
                return;
            }
            place.row.remove(place);
            place.changed.signal();
        }
    }

    /**
     * The youngest owner of a cycle that holds what another one of it waits for. Those that are
     * only ahead in a queue are left alone, since undoing them would release nothing.
     */
    private static LockOwner youngestHolder(List<LockOwner> cycle) {
        List<LockOwner> holders = new ArrayList<>();
        LockOwner blocker = cycle.getLast();
        for (LockOwner owner : cycle) {
            LockWaiter place = owner.waiting;
            if (place != null && place.ahead == null) {
                holders.add(blocker);
            }
            blocker = owner;
        }
        // Queues alone make no cycle, so there is a holder.
        return Collections.max(holders, Comparator.comparingLong(holder -> holder.age));
    }

    /**
     * The owners of a cycle of the wait-for graph that {@code start} is on; empty when none. Each
     * one waits for the one before it in the list, the first for the last.
     */
    private static List<LockOwner> cycleThrough(LockOwner start) {
        Map<LockOwner, LockOwner> reachedFrom = new HashMap<>();
        Deque<LockOwner> open = new ArrayDeque<>();
        open.add(start);
        while (!open.isEmpty()) {
            LockOwner owner = open.remove();
            LockWaiter place = owner.waiting;
            if (place == null) {
                continue;
            }
            for (LockOwner blocker : place.row.blockers(place)) {
                if (reachedFrom.putIfAbsent(blocker, owner) == null) {
                    open.add(blocker);
                }
                if (blocker == start) {
                    return walkBack(start, reachedFrom);
                }
            }
        }
        return List.of();
    }

    private static List<LockOwner> walkBack(
            LockOwner start, Map<LockOwner, LockOwner> reachedFrom) {
        List<LockOwner> cycle = new ArrayList<>();
        @Nullable LockOwner owner = start;
        do {
            cycle.add(owner);
            owner = reachedFrom.get(owner);
        } while (owner != null && owner != start);
        return cycle;
    }

    /** Releases all locks of an owner; it must not be used any more. */
    void release(LockOwner owner) {
        mutex.lock();
        try {
            for (LockRow row : owner.rows) {
                row.release(owner);
                forgetIfIdle(row);
            }
            owner.rows.clear();
        } finally {
            mutex.unlock();
        }
    }

    private void forgetIfIdle(LockRow row) {
        if (row.isIdle()) {
            rows.remove(row.key, row);
        }
    }

    /** Whether the owner may still commit. */
    boolean isUndone(LockOwner owner) {
        mutex.lock();
        try {
            return owner.undone;
        } finally {
            mutex.unlock();
        }
    }

    /** Figures for metrics. */
    Map<String, Long> statistics() {
        mutex.lock();
        try {
            return Map.of(
                    "locked_rows_count", (long) rows.size(),
                    "lock_waits_count", waits,
                    "lock_deadlocks_count", deadlocks,
                    "lock_timeouts_count", timeouts);
        } finally {
            mutex.unlock();
        }
    }
}
