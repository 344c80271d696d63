package dev.forebay.meta;

import dev.forebay.base.error.Corrupt;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Internal;
import dev.forebay.base.error.OutOfSpace;
import dev.forebay.base.error.Unavailable;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets transactions that commit at the same time share one durable write, without a thread of its
 * own.
 *
 * <p>Whoever finds nobody writing leads: it takes everything queued, itself first, writes it as one
 * group and wakes the others with their outcome; then it hands the lead to the first that queued
 * meanwhile. A lone caller therefore writes at once on its own thread, and under load the group
 * grows by itself to what arrives during one sync.
 *
 * <p>Invariants: at most one thread is in {@link Storage#write}; a queued commit is always waited
 * for by its caller, interrupted or not, since its outcome would be unknown otherwise; after a
 * failure with unknown outcome nothing is written any more, so that no later transaction builds on
 * a state that may turn out otherwise.
 */
final class CommitQueue {
    /** Most bytes of one group, but for a single larger transaction. */
    private static final long GROUP_BYTES_MAX = 8L * 1024 * 1024;

    private final Storage storage;
    private final ReentrantLock mutex = new ReentrantLock();
    private final Deque<Commit> queue = new ArrayDeque<>();
    private boolean led;
    private @Nullable ForebayException broken;
    private long groups;
    private long commits;
    private long bytes;

    CommitQueue(Storage storage) {
        this.storage = storage;
    }

    private enum State {
        QUEUED,
        LEADING,
        DURABLE,
        FAILED
    }

    /** The writes of one transaction on their way. */
    private static final class Commit {
        final WriteSet writes;
        final Thread caller = Thread.currentThread();

        /** Set before the state is. */
        @Nullable ForebayException failure;

        volatile State state = State.QUEUED;

        Commit(WriteSet writes) {
            this.writes = writes;
        }

        /** Waits until the commit leads or has an outcome, interrupted or not. */
        void await() {
            boolean interrupted = false;
            while (state == State.QUEUED) {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
            if (interrupted) {
                caller.interrupt();
            }
        }

        void go(State next) {
            state = next;
            LockSupport.unpark(caller);
        }
    }

    /**
     * Makes the writes durable and visible.
     *
     * @throws ForebayException as {@link Storage#write} does; the whole group fails alike
     */
    void commit(WriteSet writes) {
        var commit = new Commit(writes);
        join(commit);
        commit.await();
        if (commit.state == State.LEADING) {
            lead();
        }
        ForebayException failure = commit.failure;
        if (failure != null) {
            throw copy(failure);
        }
    }

    private void join(Commit commit) {
        mutex.lock();
        try {
            if (broken != null) {
                throw copy(broken);
            }
            queue.add(commit);
            if (!led) {
                led = true;
                commit.state = State.LEADING;
            }
        } finally {
            mutex.unlock();
        }
    }

    private void lead() {
        List<Commit> group = takeGroup();
        boolean ended = false;
        try {
            ForebayException failure = write(group);
            ended = true;
            finish(group, failure);
        } finally {
            // An Error passes, such as running out of memory: nobody may wait for ever, and the
            // outcome is unknown then.
            if (!ended) {
                finish(group, new Internal("a group write did not end", ""));
            }
        }
    }

    private List<Commit> takeGroup() {
        mutex.lock();
        try {
            List<Commit> group = new ArrayList<>();
            long size = 0;
            for (Commit next = queue.peek(); next != null; next = queue.peek()) {
                size += next.writes.bytes();
                if (!group.isEmpty() && size > GROUP_BYTES_MAX) {
                    break;
                }
                group.add(queue.remove());
            }
            return group;
        } finally {
            mutex.unlock();
        }
    }

    /** Writes a group; returns the failure, or null when it is durable. */
    private @Nullable ForebayException write(List<Commit> group) {
        ForebayException earlier = broken();
        if (earlier != null) {
            return earlier;
        }
        try {
            storage.write(group.stream().map(commit -> commit.writes).toList());
            return null;
        } catch (ForebayException e) {
            return e;
        }
    }

    private @Nullable ForebayException broken() {
        mutex.lock();
        try {
            return broken;
        } finally {
            mutex.unlock();
        }
    }

    /** Hands on the lead first, so that the disk rests as short as can be. */
    private void finish(List<Commit> group, @Nullable ForebayException failure) {
        Commit next = count(group, failure);
        if (next != null) {
            next.go(State.LEADING);
        }
        for (Commit commit : group) {
            commit.failure = failure;
            commit.go(failure == null ? State.DURABLE : State.FAILED);
        }
    }

    /** Notes the outcome of a group; returns who leads now. */
    private @Nullable Commit count(List<Commit> group, @Nullable ForebayException failure) {
        mutex.lock();
        try {
            groups++;
            commits += group.size();
            for (Commit commit : group) {
                bytes += commit.writes.bytes();
            }
            if (failure != null && !leavesNothing(failure) && broken == null) {
                broken = failure;
            }
            Commit next = queue.peek();
            led = next != null;
            return next;
        } finally {
            mutex.unlock();
        }
    }

    /** Whether nothing was written for sure, so that later writes may go on. */
    private static boolean leavesNothing(ForebayException failure) {
        return failure instanceof OutOfSpace || failure instanceof Unavailable;
    }

    /** The same error with the stack of the thread that throws it. */
    private static ForebayException copy(ForebayException failure) {
        return switch (failure) {
            case OutOfSpace e -> new OutOfSpace(e.reason(), e.subject(), e);
            case Unavailable e -> new Unavailable(e.reason(), e.subject(), e);
            case Corrupt e -> new Corrupt(e.reason(), e.subject(), e);
            default -> new Internal("the store takes no writes", failure.subject(), failure);
        };
    }

    /** Figures for metrics. */
    Map<String, Long> statistics() {
        mutex.lock();
        try {
            return Map.of(
                    "commit_groups_count", groups,
                    "commits_count", commits,
                    "commits_bytes", bytes,
                    "commits_waiting_count", (long) queue.size());
        } finally {
            mutex.unlock();
        }
    }
}
