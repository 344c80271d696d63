package dev.forebay.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.arena.Arena;
import dev.forebay.arena.ArenaOptions;
import dev.forebay.arena.SharedArena;
import dev.forebay.base.Clock;
import dev.forebay.base.ObjectId;
import dev.forebay.base.Principal;
import dev.forebay.base.Randomness;
import dev.forebay.base.error.AlreadyExists;
import dev.forebay.base.error.OutOfSpace;
import dev.forebay.objects.ObjectSession.Request;

import org.junit.jupiter.api.Test;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Several clients at once, in an arena that is too small for all of them. */
class ObjectStressTest {
    private static final int THREADS = 8;
    private static final int STEPS = 5_000;
    private static final int IDS = 40;
    private static final int LENGTH_MAX = 4_000;
    private static final long CAPACITY = 40_000;

    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong full = new AtomicLong();
    private final AtomicLong sealed = new AtomicLong();
    private final AtomicLong gone = new AtomicLong();

    @Test
    void bytesStayTogetherAndNothingLeaks() throws InterruptedException, ExecutionException {
        try (Arena arena = SharedArena.open(ArenaOptions.of(CAPACITY));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ObjectEngine engine =
                    NodeObjectEngine.open(arena, ObjectsConfig.DEFAULT, Clock.system());
            engine.subscribe(new Counter());
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Randomness random = Randomness.seeded(thread);
                running.add(threads.submit(() -> work(engine, random)));
            }
            for (Future<?> thread : running) {
                thread.get();
            }
            assertThat(arena.statistics().pinned()).isZero();
            engine.evict(CAPACITY);
            assertThat(arena.used()).isZero();
            assertThat(engine.list()).isEmpty();
            assertThat(engine.statistics().bytes()).isZero();
            assertThat(reads.get()).isPositive();
            assertThat(sealed.get()).isPositive().isEqualTo(gone.get());
            engine.close();
        }
    }

    private final class Counter implements ObjectListener {
        @Override
        public void sealed(List<ObjectStatus> objects) {
            sealed.addAndGet(objects.size());
        }

        @Override
        public void gone(ObjectId id) {
            gone.incrementAndGet();
        }
    }

    private void work(ObjectEngine engine, Randomness random) {
        ObjectSession session = engine.open(Principal.node("user"));
        for (int step = 0; step < STEPS; step++) {
            ObjectId id = new ObjectId(0, 0, random.below(IDS));
            switch (random.below(6)) {
                case 0, 1 -> put(session, id, random.below(LENGTH_MAX));
                case 2, 3, 4 -> read(session, id);
                default -> session.delete(id);
            }
            if (random.below(500) == 0) {
                session.close();
                session = engine.open(Principal.node("user"));
            }
        }
        session.close();
    }

    private void put(ObjectSession session, ObjectId id, int length) {
        try {
            session.create(new Request(id, length, 0)).data().fill((byte) id.third());
            session.seal(id, 0);
            session.release(id);
        } catch (AlreadyExists e) {
            assertThat(e.subject()).isEqualTo(id.toString());
        } catch (OutOfSpace e) {
            full.incrementAndGet();
        }
    }

    private void read(ObjectSession session, ObjectId id) {
        ObjectWait wait = session.get(List.of(id), () -> {});
        wait.end();
        if (wait.find(0).isPresent()) {
            byte[] data = wait.find(0).get().data().toArray(ValueLayout.JAVA_BYTE);
            for (byte value : data) {
                assertThat(value == (byte) id.third()).isTrue();
            }
            reads.incrementAndGet();
            session.release(id);
        }
    }

    @Test
    void everyWaitIsWoken() throws InterruptedException, ExecutionException, TimeoutException {
        try (Arena arena = SharedArena.open(ArenaOptions.of(CAPACITY));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ObjectEngine engine =
                    NodeObjectEngine.open(arena, ObjectsConfig.DEFAULT, Clock.system());
            List<Future<Boolean>> waiting = new ArrayList<>();
            List<Future<?>> putting = new ArrayList<>();
            for (int id = 0; id < 1_000; id++) {
                ObjectId name = new ObjectId(id, 0, 0);
                waiting.add(threads.submit(() -> awaits(engine, name)));
                putting.add(threads.submit(() -> putAlone(engine, name)));
            }
            for (Future<Boolean> wait : waiting) {
                assertThat(wait.get(30, TimeUnit.SECONDS)).isTrue();
            }
            for (Future<?> put : putting) {
                put.get();
            }
            engine.close();
        }
    }

    private void putAlone(ObjectEngine engine, ObjectId id) {
        try (ObjectSession session = engine.open(Principal.node("user"))) {
            put(session, id, 1);
        }
    }

    private static boolean awaits(ObjectEngine engine, ObjectId id) throws InterruptedException {
        try (ObjectSession session = engine.open(Principal.node("user"))) {
            CountDownLatch came = new CountDownLatch(1);
            ObjectWait wait = session.get(List.of(id), came::countDown);
            return wait.complete() || came.await(20, TimeUnit.SECONDS);
        }
    }
}
