package dev.forebay.meta;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;

/**
 * Who holds a row and who waits for it, first come first served. Guarded by the mutex of its {@link
 * LockTable}.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>One owner holds it exclusively, or any number share it, or nobody has it.
 *   <li>The first of the queue cannot be granted; otherwise it would have been.
 *   <li>A holder that waits for more (an upgrade) stands before all waiters that hold nothing.
 * </ul>
 */
final class LockRow {
    final RowKey key;
    private final Map<LockOwner, LockMode> holders = new HashMap<>(4);
    private @Nullable LockWaiter first;
    private @Nullable LockWaiter last;

    LockRow(RowKey key) {
        this.key = key;
    }

    /** Takes the lock if that is possible without waiting and without passing a waiter. */
    boolean tryHold(LockOwner owner, LockMode mode) {
        LockMode held = holders.get(owner);
        if (held == LockMode.EXCLUSIVE || held == mode) {
            return true;
        }
        if ((first != null && held == null) || !compatible(owner, mode)) {
            return false;
        }
        hold(owner, mode);
        return true;
    }

    private void hold(LockOwner owner, LockMode mode) {
        holders.put(owner, mode);
        owner.rows.add(this);
    }

    /** Whether no holder but the owner itself stands against the mode. */
    private boolean compatible(LockOwner owner, LockMode mode) {
        if (holders.isEmpty()) {
            return true;
        }
        if (mode == LockMode.SHARED) {
            // Many holders share it for sure; a single one may have it alone.
            return holders.size() > 1 || !holders.containsValue(LockMode.EXCLUSIVE);
        }
        return holders.size() == 1 && holders.containsKey(owner);
    }

    /** Puts the owner in the queue. */
    LockWaiter enqueue(LockOwner owner, LockMode mode, Condition changed) {
        boolean upgrade = holders.containsKey(owner);
        var waiter = new LockWaiter(owner, this, mode, changed);
        LockWaiter behind = upgrade ? first : null;
        LockWaiter ahead = upgrade ? null : last;
        waiter.behind = behind;
        waiter.ahead = ahead;
        link(ahead, waiter, behind);
        owner.waiting = waiter;
        return waiter;
    }

    private void link(@Nullable LockWaiter ahead, LockWaiter waiter, @Nullable LockWaiter behind) {
        if (ahead == null) {
            first = waiter;
        } else {
            ahead.behind = waiter;
        }
        if (behind == null) {
            last = waiter;
        } else {
            behind.ahead = waiter;
        }
    }

    /** Takes a waiter out of the queue, granted or not, and grants what that makes possible. */
    void remove(LockWaiter waiter) {
        unlink(waiter);
        grant();
    }

    private void unlink(LockWaiter waiter) {
        LockWaiter ahead = waiter.ahead;
        LockWaiter behind = waiter.behind;
        if (ahead == null) {
            first = behind;
        } else {
            ahead.behind = behind;
        }
        if (behind == null) {
            last = ahead;
        } else {
            behind.ahead = ahead;
        }
        waiter.ahead = null;
        waiter.behind = null;
        waiter.owner.waiting = null;
    }

    /** Ends the owner's hold and grants what that makes possible. */
    void release(LockOwner owner) {
        holders.remove(owner);
        grant();
    }

    private void grant() {
        for (LockWaiter next = first; next != null; next = first) {
            if (!compatible(next.owner, next.mode)) {
                return;
            }
            unlink(next);
            hold(next.owner, next.mode);
            next.granted = true;
            next.changed.signal();
        }
    }

    /**
     * Whom a waiter waits for directly: the waiter ahead of it, since the queue is served in order,
     * or, when it is the first, the other holders.
     */
    List<LockOwner> blockers(LockWaiter waiter) {
        LockWaiter ahead = waiter.ahead;
        if (ahead != null) {
            return List.of(ahead.owner);
        }
        var blockers = new ArrayList<>(holders.keySet());
        blockers.remove(waiter.owner);
        return blockers;
    }

    /** Whether nobody holds it or waits for it. */
    boolean isIdle() {
        return holders.isEmpty() && first == null;
    }
}
