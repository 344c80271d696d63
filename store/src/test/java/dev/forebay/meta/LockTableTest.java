package dev.forebay.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.error.Unavailable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class LockTableTest {
    private static final RowKey A = new RowKey(MetaStoreContract.ROWS, Bytes.of("a"));
    private static final RowKey B = new RowKey(MetaStoreContract.ROWS, Bytes.of("b"));
    private static final RowKey C = new RowKey(MetaStoreContract.ROWS, Bytes.of("c"));

    private final LockTable locks = new LockTable(Duration.ofSeconds(20));
    private final List<String> events = new CopyOnWriteArrayList<>();

    /** Locks on a thread of its own, releasing when undone, and waits until that ended or waits. */
    private Thread lockLater(String name, LockOwner owner, RowKey key, LockMode mode) {
        long waits = figure("lock_waits_count");
        Thread thread =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        locks.lock(owner, key, mode);
                                        events.add(name);
                                    } catch (Undone e) {
                                        events.add(name + " undone");
                                        locks.release(owner);
                                    } catch (Unavailable e) {
                                        events.add(name + " interrupted");
                                        locks.release(owner);
                                    }
                                });
        Polling.until(() -> !thread.isAlive() || figure("lock_waits_count") > waits);
        return thread;
    }

    private long figure(String name) {
        return locks.statistics().getOrDefault(name, -1L);
    }

    @Test
    void locksAreReentrantAndUpgradeWhenAlone() {
        var owner = new LockOwner(1);
        locks.lock(owner, A, LockMode.SHARED);
        locks.lock(owner, A, LockMode.EXCLUSIVE);
        locks.lock(owner, A, LockMode.SHARED);
        locks.release(owner);
        assertThat(figure("locked_rows_count")).isZero();
        assertThat(figure("lock_waits_count")).isZero();
    }

    @Test
    void aWriterIsNotStarvedByLaterSharers() throws Exception {
        var reader = new LockOwner(1);
        locks.lock(reader, A, LockMode.SHARED);
        var writer = new LockOwner(2);
        Thread first = lockLater("writer", writer, A, LockMode.EXCLUSIVE);
        Thread second = lockLater("sharer", new LockOwner(3), A, LockMode.SHARED);
        assertThat(events).isEmpty();
        locks.release(reader);
        first.join();
        assertThat(events).containsExactly("writer");
        locks.release(writer);
        second.join();
        assertThat(events).containsExactly("writer", "sharer");
    }

    @Test
    void anUpgradeGoesBeforeTheQueue() throws Exception {
        var one = new LockOwner(1);
        var two = new LockOwner(2);
        locks.lock(one, A, LockMode.SHARED);
        locks.lock(two, A, LockMode.SHARED);
        Thread waiting = lockLater("stranger", new LockOwner(3), A, LockMode.EXCLUSIVE);
        Thread upgrading = lockLater("upgrade", one, A, LockMode.EXCLUSIVE);
        locks.release(two);
        upgrading.join();
        assertThat(events).containsExactly("upgrade");
        locks.release(one);
        waiting.join();
        assertThat(events).containsExactly("upgrade", "stranger");
    }

    @Test
    void twoUpgradesDeadlockAndTheYoungerIsUndone() throws Exception {
        var old = new LockOwner(1);
        var young = new LockOwner(2);
        locks.lock(old, A, LockMode.SHARED);
        locks.lock(young, A, LockMode.SHARED);
        Thread second = lockLater("young", young, A, LockMode.EXCLUSIVE);
        Thread first = lockLater("old", old, A, LockMode.EXCLUSIVE);
        first.join();
        second.join();
        assertThat(events).containsExactly("young undone", "old");
        assertThat(locks.isUndone(young)).isTrue();
        assertThatThrownBy(() -> locks.lock(young, B, LockMode.SHARED)).isInstanceOf(Undone.class);
        locks.release(old);
        assertThat(figure("locked_rows_count")).isZero();
    }

    @Test
    void aCycleOfThreeIsFoundThoughOneWaitsBehindAStranger() throws Exception {
        var one = new LockOwner(1);
        var two = new LockOwner(2);
        var three = new LockOwner(3);
        var stranger = new LockOwner(9);
        locks.lock(one, A, LockMode.EXCLUSIVE);
        locks.lock(two, B, LockMode.EXCLUSIVE);
        locks.lock(three, C, LockMode.EXCLUSIVE);
        Thread behind = lockLater("stranger", stranger, B, LockMode.SHARED);
        Thread first = lockLater("one", one, B, LockMode.EXCLUSIVE);
        Thread second = lockLater("two", two, C, LockMode.EXCLUSIVE);
        assertThat(events).isEmpty();
        Thread third = lockLater("three", three, A, LockMode.EXCLUSIVE);
        third.join();
        second.join();
        assertThat(events).containsExactlyInAnyOrder("three undone", "two");
        locks.release(two);
        behind.join();
        locks.release(stranger);
        first.join();
        assertThat(events).containsExactlyInAnyOrder("three undone", "two", "stranger", "one");
    }

    @Test
    void aWaitIsBounded() {
        var impatient = new LockTable(Duration.ofMillis(5));
        impatient.lock(new LockOwner(1), A, LockMode.SHARED);
        var waiter = new LockOwner(2);
        assertThatThrownBy(() -> impatient.lock(waiter, A, LockMode.EXCLUSIVE))
                .isInstanceOf(Undone.class);
        impatient.lock(new LockOwner(3), A, LockMode.SHARED);
        assertThat(impatient.statistics()).containsEntry("lock_timeouts_count", 1L);
    }

    @Test
    void anInterruptEndsAWaitAndLeavesTheQueueUsable() throws Exception {
        var holder = new LockOwner(1);
        locks.lock(holder, A, LockMode.SHARED);
        Thread writer = lockLater("writer", new LockOwner(2), A, LockMode.EXCLUSIVE);
        Thread sharer = lockLater("sharer", new LockOwner(3), A, LockMode.SHARED);
        writer.interrupt();
        writer.join();
        sharer.join();
        assertThat(events).containsExactlyInAnyOrder("writer interrupted", "sharer");
    }
}
