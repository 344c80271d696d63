package dev.forebay.arena;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.arena.Arena.Kind;
import dev.forebay.arena.Arena.Request;
import dev.forebay.base.Randomness;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Several threads allocate, read and evict; the bytes of what one holds never change. */
class ArenaStressTest {
    private static final long CAPACITY = 8 << 20;
    private static final int THREADS = 6;
    private static final int SLOTS = 64;

    private final AtomicReferenceArray<Filled> slots = new AtomicReferenceArray<>(SLOTS);
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong evictions = new AtomicLong();

    private record Filled(Resident resident, byte value) {}

    @Test
    void heldBytesNeverChange() throws InterruptedException, ExecutionException {
        run(1000);
    }

    @Test
    @Tag("slow")
    void heldBytesNeverChangeForLong() throws InterruptedException, ExecutionException {
        run(50_000);
    }

    private void run(int calls) throws InterruptedException, ExecutionException {
        try (SharedArena arena = SharedArena.open(ArenaOptions.of(CAPACITY));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Randomness random = Randomness.seeded(i);
                running.add(threads.submit(() -> work(arena, random, calls)));
            }
            for (Future<?> thread : running) {
                thread.get();
            }
            arena.evict(CAPACITY, Kind.FILE_BLOCK);
            arena.evict(CAPACITY, Kind.OBJECT);
            assertThat(reads.get()).isPositive();
            assertThat(arena.statistics().evictions()).isEqualTo(evictions.get()).isPositive();
            assertThat(arena.used()).isZero();
            assertThat(arena.statistics().residents()).isZero();
        }
    }

    private void work(SharedArena arena, Randomness random, int calls) {
        Object holder = new Object();
        for (int call = 0; call < calls; call++) {
            int slot = random.below(SLOTS);
            if (random.below(3) == 0) {
                slots.set(slot, fill(arena, random, holder));
            } else if (random.below(200) == 0) {
                arena.trimIdle();
            } else {
                read(slots.get(slot), holder);
            }
        }
    }

    private Filled fill(Arena arena, Randomness random, Object holder) {
        Kind kind = random.below(2) == 0 ? Kind.OBJECT : Kind.FILE_BLOCK;
        int length = 1 + random.below(1 << random.below(21));
        byte value = (byte) random.below(256);
        boolean grows = random.below(3) == 0;
        Request request = new Request(kind, grows ? length / 3 : length, length);
        Resident resident = arena.allocate(request, holder, evictions::incrementAndGet);
        resident.segment().fill(value);
        if (grows) {
            resident.extend(length);
            resident.segment().fill(value);
        }
        resident.seal();
        resident.release(holder);
        return new Filled(resident, value);
    }

    private void read(@org.jspecify.annotations.Nullable Filled filled, Object holder) {
        if (filled != null && filled.resident.hold(holder)) {
            MemorySegment segment = filled.resident.segment();
            for (int round = 0; round < 3; round++) {
                ArenaContract.assertFilled(segment, filled.value);
            }
            filled.resident.release(holder);
            reads.incrementAndGet();
        }
    }
}
