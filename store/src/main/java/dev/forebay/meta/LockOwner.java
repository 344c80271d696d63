package dev.forebay.meta;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** One run of a transaction, as the holder of locks. Guarded by the mutex of the table. */
final class LockOwner {
    /** When the transaction began, as a number; it keeps its age over all its runs. */
    final long age;

    /** Rows held; a row is named again when its lock was upgraded. */
    final List<LockRow> rows = new ArrayList<>();

    @Nullable LockWaiter waiting;

    /** Whether it lost a deadlock, so that it must not commit. */
    boolean undone;

    LockOwner(long age) {
        this.age = age;
    }
}
