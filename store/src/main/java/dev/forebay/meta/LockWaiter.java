package dev.forebay.meta;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.locks.Condition;

/** A place in the queue of a row. Guarded by the mutex of the {@link LockTable}. */
final class LockWaiter {
    final LockOwner owner;
    final LockRow row;
    final LockMode mode;
    final Condition changed;
    boolean granted;
    @Nullable LockWaiter ahead;
    @Nullable LockWaiter behind;

    LockWaiter(LockOwner owner, LockRow row, LockMode mode, Condition changed) {
        this.owner = owner;
        this.row = row;
        this.mode = mode;
        this.changed = changed;
    }
}
