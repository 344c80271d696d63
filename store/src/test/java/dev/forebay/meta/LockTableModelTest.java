package dev.forebay.meta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.Randomness;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/**
 * Random lockers on few rows: nobody shares what another has alone, nobody waits for ever, and
 * nothing stays locked.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LockTableModelTest {
    private static final int ROWS = 5;
    private static final int THREADS = 6;
    private static final int ALONE = 1000;

    private final LockTable locks = new LockTable(Duration.ofSeconds(60));
    private final AtomicIntegerArray holders = new AtomicIntegerArray(ROWS);
    private final AtomicLong ages = new AtomicLong();

    static LongStream seeds() {
        Long seed = Long.getLong("seed");
        return seed == null ? LongStream.range(0, 20) : LongStream.of(seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void lockersKeepApart(long seed) throws Exception {
        run(seed, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @Tag("slow")
    void manyLockersKeepApart(long seed) throws Exception {
        run(seed, 20_000);
    }

    private void run(long seed, int transactions) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> futures = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                var random = Randomness.seeded(seed * THREADS + i);
                futures.add(threads.submit(() -> lockAndRelease(random, transactions)));
            }
            for (Future<Boolean> future : futures) {
                assertThat(future.get()).as("seed %d", seed).isTrue();
            }
        }
        assertThat(locks.statistics())
                .containsEntry("locked_rows_count", 0L)
                .containsEntry("lock_timeouts_count", 0L);
    }

    private boolean lockAndRelease(Randomness random, int transactions) {
        for (int i = 0; i < transactions; i++) {
            var owner = new LockOwner(ages.incrementAndGet());
            LockMode[] held = new LockMode[ROWS];
            try {
                int steps = 1 + random.below(4);
                for (int step = 0; step < steps; step++) {
                    lock(owner, random.below(ROWS), random.below(2) == 0, held);
                }
            } catch (Undone e) {
                assertThat(locks.isUndone(owner)).isTrue();
            } finally {
                leave(held);
                locks.release(owner);
            }
        }
        return true;
    }

    private void lock(LockOwner owner, int row, boolean alone, LockMode[] held) {
        LockMode mode = alone ? LockMode.EXCLUSIVE : LockMode.SHARED;
        locks.lock(owner, new RowKey(MetaStoreContract.ROWS, Bytes.of("" + row)), mode);
        if (held[row] == LockMode.EXCLUSIVE || held[row] == mode) {
            return;
        }
        int before = held[row] == null ? 0 : 1;
        held[row] = mode;
        int count = holders.addAndGet(row, (alone ? ALONE : 1) - before);
        assertThat(count).isEqualTo(alone ? ALONE : Math.min(count, ALONE - 1));
    }

    private void leave(LockMode[] held) {
        for (int row = 0; row < ROWS; row++) {
            if (held[row] != null) {
                holders.addAndGet(row, held[row] == LockMode.EXCLUSIVE ? -ALONE : -1);
            }
        }
    }
}
