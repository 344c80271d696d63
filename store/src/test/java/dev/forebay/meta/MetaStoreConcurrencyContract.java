package dev.forebay.meta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.Clock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What every {@link MetaStore} does for many callers at a time. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
abstract class MetaStoreConcurrencyContract {
    private static final Space ROWS = MetaStoreContract.ROWS;
    private static final byte[] LOCK_ROW = Bytes.of("lock");

    MetaStore store;

    MetaStoreConcurrencyContract() {
        store = new MemoryMetaStore(MetaStoreContract.SPACES, Clock.system());
    }

    abstract MetaStore open();

    @BeforeEach
    void openStore() {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    /** Runs each task on a virtual thread of its own and returns what they return, in order. */
    private static <T> List<T> together(List<Callable<T>> tasks) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        }
    }

    private static <T> List<Callable<T>> times(int count, Callable<T> task) {
        List<Callable<T>> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tasks.add(task);
        }
        return tasks;
    }

    @Test
    void oneOfManyInsertersOfAKeyWins() throws Exception {
        for (int round = 0; round < 10; round++) {
            byte[] key = Bytes.of("key" + round);
            AtomicInteger numbers = new AtomicInteger();
            List<Boolean> won =
                    together(
                            times(
                                    16,
                                    () -> {
                                        byte[] value = Bytes.of("" + numbers.incrementAndGet());
                                        return store.transact(
                                                transaction ->
                                                        transaction.insert(ROWS, key, value));
                                    }));
            assertThat(won).containsOnlyOnce(true);
        }
    }

    @Test
    void incrementsAreNotLost() throws Exception {
        together(
                times(
                        16,
                        () -> {
                            for (int i = 0; i < 20; i++) {
                                store.transact(MetaStoreConcurrencyContract::increment);
                            }
                            return true;
                        }));
        String count = store.read(reader -> Bytes.at(reader, ROWS, "count"));
        assertThat(count).isEqualTo("320");
    }

    private static boolean increment(Transaction transaction) {
        byte[] key = Bytes.of("count");
        int count =
                transaction
                        .getForUpdate(ROWS, key)
                        .map(value -> Integer.parseInt(Bytes.text(value)))
                        .orElse(0);
        transaction.put(ROWS, key, Bytes.of("" + (count + 1)));
        return true;
    }

    @Test
    void incrementsAfterSharedReadsDeadlockAndAreNotLost() throws Exception {
        var barrier = new CyclicBarrier(2);
        AtomicInteger runs = new AtomicInteger();
        together(
                times(
                        2,
                        () ->
                                store.<Boolean>transact(
                                        transaction -> {
                                            transaction.getForShare(ROWS, Bytes.of("count"));
                                            if (runs.incrementAndGet() <= 2) {
                                                await(barrier);
                                            }
                                            return increment(transaction);
                                        })));
        assertThat(store.<String>read(reader -> Bytes.at(reader, ROWS, "count"))).isEqualTo("2");
        assertThat(store.statistics()).containsEntry("lock_deadlocks_count", 1L);
    }

    @Test
    void childrenNeverOutliveTheirParent() throws Exception {
        AtomicInteger names = new AtomicInteger();
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            boolean creates = i % 3 != 0;
            tasks.add(
                    () -> {
                        for (int j = 0; j < 60; j++) {
                            int name = names.incrementAndGet();
                            store.transact(
                                    transaction ->
                                            creates
                                                    ? createChild(transaction, name)
                                                    : toggleParent(transaction));
                        }
                        return true;
                    });
        }
        together(tasks);
        store.<Boolean>read(
                reader -> {
                    if (reader.get(ROWS, Bytes.of("p")).isEmpty()) {
                        assertThat(Bytes.list(reader, ROWS, KeyRange.prefix(Bytes.of("c/"))))
                                .isEmpty();
                    }
                    return true;
                });
    }

    @Test
    void aParentIsNotRemovedBetweenACreatorsCheckAndItsCommit() throws Exception {
        Bytes.put(store, ROWS, "p", "");
        AtomicInteger steps = new AtomicInteger();
        Callable<Boolean> create =
                () ->
                        store.transact(
                                transaction -> {
                                    transaction.getForShare(ROWS, Bytes.of("p"));
                                    steps.set(1);
                                    Polling.until(() -> steps.get() == 2 || waits() > 0);
                                    return transaction.insert(ROWS, Bytes.of("c/1"), Bytes.of(""));
                                });
        Callable<Boolean> remove =
                () -> {
                    Polling.until(() -> steps.get() == 1);
                    boolean removed = store.transact(MetaStoreConcurrencyContract::removeIfEmpty);
                    steps.set(2);
                    return removed;
                };
        assertThat(together(List.of(create, remove))).containsExactly(true, false);
    }

    private static boolean removeIfEmpty(Transaction transaction) {
        transaction.getForUpdate(ROWS, Bytes.of("p"));
        if (!Bytes.list(transaction, ROWS, KeyRange.prefix(Bytes.of("c/"))).isEmpty()) {
            return false;
        }
        transaction.delete(ROWS, Bytes.of("p"));
        return true;
    }

    private long waits() {
        return store.statistics().getOrDefault("lock_waits_count", 0L);
    }

    private static boolean createChild(Transaction transaction, int name) {
        if (transaction.getForShare(ROWS, Bytes.of("p")).isEmpty()) {
            return false;
        }
        return transaction.insert(ROWS, Bytes.of("c/" + name % 5), Bytes.of(""));
    }

    /** Removes all children one by one, then the parent if it is empty, or makes it again. */
    private static boolean toggleParent(Transaction transaction) {
        if (transaction.getForUpdate(ROWS, Bytes.of("p")).isEmpty()) {
            assertThat(Bytes.list(transaction, ROWS, KeyRange.prefix(Bytes.of("c/")))).isEmpty();
            transaction.put(ROWS, Bytes.of("p"), Bytes.of(""));
            return true;
        }
        List<byte[]> children = new ArrayList<>();
        transaction.scan(ROWS, KeyRange.prefix(Bytes.of("c/")), (key, _) -> children.add(key));
        children.forEach(child -> transaction.delete(ROWS, child));
        transaction.delete(ROWS, Bytes.of("p"));
        return true;
    }

    @Test
    void crossingDirectoryRenamesMakeNoCycle() throws Exception {
        for (int round = 0; round < 10; round++) {
            Bytes.put(store, ROWS, "a", "root");
            Bytes.put(store, ROWS, "b", "root");
            AtomicInteger checked = new AtomicInteger();
            List<Boolean> moved =
                    together(List.of(() -> move("a", "b", checked), () -> move("b", "a", checked)));
            assertThat(moved).containsExactlyInAnyOrder(true, false);
        }
    }

    /**
     * Gives a directory another parent unless it is among that one's ancestors.
     *
     * @param checked counts those that are about to move; each waits for its rival there or in the
     *     queue of the lock row
     */
    private boolean move(String source, String target, AtomicInteger checked) {
        long before = waits();
        return store.transact(
                transaction -> {
                    transaction.getForUpdate(ROWS, LOCK_ROW);
                    Set<String> ancestors = new HashSet<>();
                    for (String at = target; !at.equals("root"); ) {
                        ancestors.add(at);
                        at = Bytes.at(transaction, ROWS, at);
                    }
                    if (ancestors.contains(source)) {
                        return false;
                    }
                    checked.incrementAndGet();
                    Polling.until(() -> checked.get() > 1 || waits() > before);
                    transaction.put(ROWS, Bytes.of(source), Bytes.of(target));
                    return true;
                });
    }

    @Test
    void deadlocksAreResolved() throws Exception {
        var barrier = new CyclicBarrier(2);
        AtomicInteger runs = new AtomicInteger();
        Callable<Boolean> forward = () -> lockBoth("x", "y", barrier, runs);
        Callable<Boolean> backward = () -> lockBoth("y", "x", barrier, runs);
        assertThat(together(List.of(forward, backward))).containsOnly(true);
        assertThat(runs).hasValueGreaterThanOrEqualTo(3);
        assertThat(store.statistics()).containsEntry("lock_deadlocks_count", 1L);
    }

    private boolean lockBoth(
            String first, String second, CyclicBarrier barrier, AtomicInteger runs) {
        return store.transact(
                transaction -> {
                    transaction.put(ROWS, Bytes.of(first), Bytes.of(""));
                    if (runs.incrementAndGet() <= 2) {
                        await(barrier);
                    }
                    transaction.put(ROWS, Bytes.of(second), Bytes.of(""));
                    return true;
                });
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void sharersOfARowRunAtTheSameTime() throws Exception {
        Bytes.put(store, ROWS, "p", "");
        var barrier = new CyclicBarrier(8);
        List<Boolean> met =
                together(
                        times(
                                8,
                                () ->
                                        store.<Boolean>transact(
                                                transaction -> {
                                                    transaction.getForShare(ROWS, Bytes.of("p"));
                                                    await(barrier);
                                                    return true;
                                                })));
        assertThat(met).hasSize(8);
    }

    @Test
    void snapshotsShowWholeTransactions() throws Exception {
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            tasks.add(
                    () -> {
                        for (int j = 0; j < 50; j++) {
                            store.transact(MetaStoreConcurrencyContract::moveOne);
                        }
                        return true;
                    });
            tasks.add(
                    () -> {
                        for (int j = 0; j < 200; j++) {
                            assertThat(store.<Integer>read(MetaStoreConcurrencyContract::sum))
                                    .isZero();
                        }
                        return true;
                    });
        }
        together(tasks);
        assertThat(store.<Integer>read(MetaStoreConcurrencyContract::sum)).isZero();
    }

    private static boolean moveOne(Transaction transaction) {
        int left = number(transaction.getForUpdate(ROWS, Bytes.of("left")).orElse(Bytes.of("0")));
        int right = number(transaction.getForUpdate(ROWS, Bytes.of("right")).orElse(Bytes.of("0")));
        transaction.put(ROWS, Bytes.of("left"), Bytes.of("" + (left + 1)));
        transaction.put(ROWS, Bytes.of("right"), Bytes.of("" + (right - 1)));
        return true;
    }

    private static int number(byte[] value) {
        return Integer.parseInt(Bytes.text(value));
    }

    private static int sum(Reader reader) {
        int left = number(reader.get(ROWS, Bytes.of("left")).orElse(Bytes.of("0")));
        int[] sum = {left};
        reader.scan(
                ROWS,
                KeyRange.prefix(Bytes.of("right")),
                (_, value) -> {
                    sum[0] += number(value);
                    return true;
                });
        return sum[0];
    }
}
