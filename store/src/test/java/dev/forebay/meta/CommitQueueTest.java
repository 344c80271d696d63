package dev.forebay.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.Clock;
import dev.forebay.base.error.Corrupt;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Internal;
import dev.forebay.base.error.OutOfSpace;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class CommitQueueTest {
    private static final Space ROWS = MetaStoreContract.ROWS;

    private final SlowStorage storage = new SlowStorage();
    private final MetaStore store = new LockingMetaStore(storage, Clock.system());
    private final List<ForebayException> failures = new CopyOnWriteArrayList<>();

    /** Memory whose writes wait for a permit and fail as they are told. */
    private static final class SlowStorage implements Storage {
        final MemoryStorage memory = new MemoryStorage(MetaStoreContract.SPACES);
        final Semaphore permits = new Semaphore(0);
        final List<Integer> groups = new CopyOnWriteArrayList<>();
        volatile Optional<RuntimeException> failure = Optional.empty();

        @Override
        public void require(Space space) {
            memory.require(space);
        }

        @Override
        public Reader latest() {
            return memory.latest();
        }

        @Override
        public View snapshot() {
            return memory.snapshot();
        }

        @Override
        public void write(List<WriteSet> group) {
            groups.add(group.size());
            permits.acquireUninterruptibly();
            if (failure.isPresent()) {
                throw failure.get();
            }
            memory.write(group);
        }

        @Override
        public Map<String, Long> statistics() {
            return memory.statistics();
        }

        @Override
        public void close() {
            memory.close();
        }
    }

    private List<Thread> putLater(int first, int count) {
        List<Thread> threads = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            String key = "k" + i;
            threads.add(
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        try {
                                            Bytes.put(store, ROWS, key, "v");
                                        } catch (ForebayException e) {
                                            failures.add(e);
                                        }
                                    }));
        }
        return threads;
    }

    private void awaitFigure(String name, long value) {
        Polling.until(() -> store.statistics().getOrDefault(name, -1L) == value);
    }

    /** One transaction in the middle of its write and {@code count} more in the queue. */
    private List<Thread> oneWritingAndQueued(int count) {
        List<Thread> threads = putLater(0, 1);
        Polling.until(() -> !storage.groups.isEmpty());
        threads.addAll(putLater(1, count));
        awaitFigure("commits_waiting_count", count);
        return threads;
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void whatQueuesDuringAWriteSharesTheNext() throws Exception {
        List<Thread> threads = oneWritingAndQueued(9);
        storage.permits.release(2);
        join(threads);
        assertThat(storage.groups).containsExactly(1, 9);
        assertThat(failures).isEmpty();
        assertThat(store.<List<String>>read(r -> Bytes.list(r, ROWS, KeyRange.all()))).hasSize(10);
    }

    @Test
    void largeGroupsAreSplit() throws Exception {
        List<Thread> threads = oneWritingAndQueued(0);
        for (int i = 0; i < 3; i++) {
            String key = "large" + i;
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> Bytes.put(store, ROWS, key, "v".repeat(5_000_000))));
        }
        awaitFigure("commits_waiting_count", 3);
        storage.permits.release(4);
        join(threads);
        assertThat(storage.groups).containsExactly(1, 1, 1, 1);
    }

    @Test
    void nothingIsVisibleBeforeTheWriteEnds() throws Exception {
        List<Thread> threads = oneWritingAndQueued(0);
        assertThat(store.<String>read(reader -> Bytes.at(reader, ROWS, "k0"))).isEqualTo("-");
        storage.permits.release();
        join(threads);
        assertThat(store.<String>read(reader -> Bytes.at(reader, ROWS, "k0"))).isEqualTo("v");
    }

    @Test
    void aFullDiskFailsTheGroupAndTheStoreGoesOn() throws Exception {
        storage.failure = Optional.of(new OutOfSpace("planted", ""));
        List<Thread> threads = oneWritingAndQueued(4);
        storage.permits.release(2);
        join(threads);
        assertThat(failures).hasSize(5).allMatch(OutOfSpace.class::isInstance);
        assertThat(store.<List<String>>read(r -> Bytes.list(r, ROWS, KeyRange.all()))).isEmpty();
        storage.failure = Optional.empty();
        storage.permits.release();
        Bytes.put(store, ROWS, "k1", "again");
    }

    @Test
    void anUnknownOutcomeStopsAllLaterWrites() throws Exception {
        storage.failure = Optional.of(new Internal("planted", ""));
        List<Thread> threads = oneWritingAndQueued(4);
        storage.permits.release(9);
        join(threads);
        storage.failure = Optional.empty();
        assertThat(failures).hasSize(5).allMatch(Internal.class::isInstance);
        assertThatThrownBy(() -> Bytes.put(store, ROWS, "k", "v")).isInstanceOf(Internal.class);
        assertThat(storage.groups).as("queued ones were not tried").containsExactly(1);
        assertThat(store.<String>read(reader -> Bytes.at(reader, ROWS, "k0"))).isEqualTo("-");
    }

    @Test
    void damageStopsAllLaterWritesAsDamage() {
        storage.failure = Optional.of(new Corrupt("planted", ""));
        storage.permits.release(9);
        assertThatThrownBy(() -> Bytes.put(store, ROWS, "k", "v")).isInstanceOf(Corrupt.class);
        storage.failure = Optional.empty();
        assertThatThrownBy(() -> Bytes.put(store, ROWS, "k", "v")).isInstanceOf(Corrupt.class);
    }

    @Test
    void aBugInTheStorageLeavesNobodyWaiting() throws Exception {
        storage.failure = Optional.of(new IllegalStateException("planted"));
        List<Thread> threads = putLater(1, 0);
        Thread leader =
                Thread.ofVirtual()
                        .unstarted(
                                () ->
                                        assertThatThrownBy(() -> Bytes.put(store, ROWS, "k", "v"))
                                                .isInstanceOf(IllegalStateException.class));
        leader.start();
        Polling.until(() -> !storage.groups.isEmpty());
        threads.addAll(putLater(1, 3));
        awaitFigure("commits_waiting_count", 3);
        storage.permits.release(9);
        leader.join();
        join(threads);
        assertThat(failures).hasSize(3).allMatch(Internal.class::isInstance);
    }

    @Test
    void anInterruptDoesNotLoseTheOutcome() throws Exception {
        List<Thread> threads = oneWritingAndQueued(1);
        threads.forEach(Thread::interrupt);
        storage.permits.release(2);
        join(threads);
        assertThat(failures).isEmpty();
        assertThat(store.<String>read(reader -> Bytes.at(reader, ROWS, "k1"))).isEqualTo("v");
    }

    @Test
    void locksAreHeldUntilTheWriteEnded() throws Exception {
        List<Thread> threads = oneWritingAndQueued(0);
        threads.addAll(putLater(0, 1));
        awaitFigure("lock_waits_count", 1);
        assertThat(storage.groups).hasSize(1);
        storage.permits.release(2);
        join(threads);
        assertThat(storage.groups).containsExactly(1, 1);
    }
}
