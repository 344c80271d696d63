package dev.forebay.gateway.hdfs;

import dev.forebay.base.Clock;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Which thread runs a call of one connection. A client that asks for one thing after the other is
 * answered by the thread that reads, so that no thread has to wake another. Once calls come
 * together, each has a thread of its own for a while, so that they share the sync of the log. When
 * a call of the reading thread lasts long, another thread goes on reading.
 */
final class CallThreads {
    /** Calls of one connection that run at once; more wait in the socket. */
    private static final int CALLS_MAX = 64;

    /** Calls with threads of their own after some came together. */
    private static final int TOGETHER_CALLS = 16;

    /** A shorter call is over before another could gain anything from a thread of its own. */
    private static final long SHORT_NANOS = 100_000;

    /** A longer call keeps no other waiting. */
    private static final long LONG_NANOS = 200_000_000;

    private final Turn reading = new Turn(Long.MAX_VALUE);
    private final Turn polling = new Turn(Long.MAX_VALUE);
    private final Turn relieved = new Turn(Long.MAX_VALUE);

    private final WireInput input;
    private final Clock clock;
    private final long origin;
    private final Semaphore calls = new Semaphore(CALLS_MAX);
    private final CountDownLatch relief = new CountDownLatch(1);

    /** What the thread that reads does. Whoever relieves it changes it, too. */
    private final AtomicReference<Turn> turn = new AtomicReference<>(reading);

    /** Calls that were taken and not answered yet. */
    private final AtomicInteger unanswered = new AtomicInteger();

    private int together = TOGETHER_CALLS;

    /** A call run by the thread that reads. */
    private static final class Turn {
        /** Nanoseconds since the origin. */
        final long begin;

        Turn(long begin) {
            this.begin = begin;
        }
    }

    /**
     * For one connection.
     *
     * @param input that one thread reads
     */
    CallThreads(WireInput input, Clock clock) {
        this.input = input;
        this.clock = clock;
        this.origin = clock.nanos();
    }

    private long now() {
        return clock.nanos() - origin;
    }

    /**
     * Runs a call here or has it run.
     *
     * @return whether the caller goes on reading; if not, another thread did so to the end
     */
    boolean run(Runnable call) {
        boolean alone = unanswered.getAndIncrement() == 0 && input.available() == 0;
        together = alone ? Math.max(0, together - 1) : TOGETHER_CALLS;
        if (together > 0 || turn.get() == relieved) {
            start(call);
            return true;
        }
        return runHere(call);
    }

    private void start(Runnable call) {
        calls.acquireUninterruptibly();
        Thread.ofVirtual()
                .name("hdfs-call")
                .start(
                        () -> {
                            try {
                                call.run();
                            } finally {
                                calls.release();
                            }
                        });
    }

    private boolean runHere(Runnable call) {
        turn.set(new Turn(now()));
        call.run();
        Turn own = turn.get();
        if (own != relieved && turn.compareAndSet(own, reading)) {
            return true;
        }
        boolean interrupted = false;
        while (relief.getCount() > 0) {
            try {
                relief.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /**
     * Looks, before the answer to a call goes out, whether the client asked for more without
     * waiting for it. Called once in each call, by its thread.
     */
    void beforeAnswer() throws IOException {
        try {
            look();
        } finally {
            // Last: as long as a call with a thread of its own is counted, none is run by the
            // thread that reads, and the turn is not that of another.
            unanswered.decrementAndGet();
        }
    }

    private void look() throws IOException {
        Turn own = turn.get();
        if (own.begin == Long.MAX_VALUE
                || now() - own.begin < SHORT_NANOS
                || !turn.compareAndSet(own, polling)) {
            return;
        }
        try {
            if (input.poll()) {
                together = TOGETHER_CALLS;
            }
        } finally {
            turn.set(own);
        }
    }

    /** Has another thread read by {@code work} when the one that reads is in a long call. */
    void relieve(Runnable work) {
        Turn now = turn.get();
        if (now() - now.begin > LONG_NANOS && turn.compareAndSet(now, relieved)) {
            Thread.ofVirtual()
                    .name("hdfs-rpc-relief")
                    .start(
                            () -> {
                                try {
                                    work.run();
                                } finally {
                                    relief.countDown();
                                }
                            });
        }
    }
}
