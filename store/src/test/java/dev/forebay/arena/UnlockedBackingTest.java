package dev.forebay.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.arena.Arena.Kind;
import dev.forebay.arena.Arena.Request;
import dev.forebay.base.error.Closed;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What others can do while the system makes memory for a large resident. */
@Timeout(60)
class UnlockedBackingTest {
    private static final long LARGE = 4 << 20;

    private final GatedBacking backing = new GatedBacking();
    private final ResidentTable table = new ResidentTable(backing, ArenaOptions.of(8 << 20));
    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        thread.close();
    }

    @Test
    void othersAllocateAndHold() throws InterruptedException, ExecutionException {
        Future<Resident> large = thread.submit(() -> allocate(LARGE));
        backing.entered.await();

        Resident small = allocate(1000);
        assertThat(small.hold(new Object())).isTrue();
        assertThat(table.used()).isEqualTo(LARGE + 1000);
        table.trimIdle();

        backing.gate.countDown();
        assertThat(large.get().length()).isEqualTo(LARGE);
        assertThat(table.statistics().backed()).isEqualTo(backing.memory.bytes());
    }

    @Test
    void closeWaitsWithTheDescriptor() throws InterruptedException {
        Future<Resident> large = thread.submit(() -> allocate(LARGE));
        backing.entered.await();
        table.close();
        assertThat(backing.closed).isFalse();

        backing.gate.countDown();

        assertThatThrownBy(large::get).hasCauseInstanceOf(Closed.class);
        assertThat(backing.closed).isTrue();
    }

    private Resident allocate(long length) {
        return table.allocate(Request.fixed(Kind.OBJECT, length), this, () -> {});
    }

    /** Stops at a gate where much is to be backed. */
    private static final class GatedBacking implements Backing {
        final FaultyBacking memory = new FaultyBacking(1L << 30);
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch gate = new CountDownLatch(1);
        volatile boolean closed;

        @Override
        public MemorySegment memory() {
            return memory.memory();
        }

        @Override
        public int pageSize() {
            return memory.pageSize();
        }

        @Override
        public void back(long offset, long length) {
            if (length >= LARGE) {
                entered.countDown();
                awaitGate();
            }
            memory.back(offset, length);
        }

        private void awaitGate() {
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted", e);
            }
        }

        @Override
        public void discard(long offset, long length) {
            memory.discard(offset, length);
        }

        @Override
        public Optional<Arena.SharedFile> sharedFile() {
            return Optional.empty();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
