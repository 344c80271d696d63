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
import java.util.concurrent.locks.Condition;
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

    /** The writes of one transaction on their way. Guarded by the mutex. */
    private static final class Commit {
        final WriteSet writes;
        final Condition changed;
        State state = State.QUEUED;
        @Nullable ForebayException failure;

        Commit(WriteSet writes, Condition changed) {
            this.writes = writes;
            this.changed = changed;
        }
    }

    /**
     * Makes the writes durable and visible.
     *
     * @throws ForebayException as {@link Storage#write} does; the whole group fails alike
     */
    void commit(WriteSet writes) {
        var commit = new Commit(writes, mutex.newCondition());
        if (joinQueue(commit) == State.LEADING) {
            lead();
        }
        ForebayException failure = commit.failure;
        if (failure != null) {
            throw copy(failure);
        }
    }

    /** Queues and waits until the commit leads or has an outcome. */
    private State joinQueue(Commit commit) {
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
            while (commit.state == State.QUEUED) {
                commit.changed.awaitUninterruptibly();
            }
            return commit.state;
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

    private void finish(List<Commit> group, @Nullable ForebayException failure) {
        mutex.lock();
        try {
            count(group);
            if (failure != null && !leavesNothing(failure) && broken == null) {
                broken = failure;
            }
            for (Commit commit : group) {
                commit.failure = failure;
                commit.state = failure == null ? State.DURABLE : State.FAILED;
                commit.changed.signal();
            }
            Commit next = queue.peek();
            led = next != null;
            if (next != null) {
                next.state = State.LEADING;
                next.changed.signal();
            }
        } finally {
            mutex.unlock();
        }
    }

    /** Whether nothing was written for sure, so that later writes may go on. */
    private static boolean leavesNothing(ForebayException failure) {
        return failure instanceof OutOfSpace || failure instanceof Unavailable;
    }

    private void count(List<Commit> group) {
        groups++;
        commits += group.size();
        for (Commit commit : group) {
            bytes += commit.writes.bytes();
        }
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
