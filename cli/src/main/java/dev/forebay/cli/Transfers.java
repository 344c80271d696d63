package dev.forebay.cli;

import dev.forebay.base.Clock;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Files that go over side by side, at most so many at once. One failing does not stop others. */
final class Transfers {
    /** How many at once when not told. */
    static final int PARALLEL = 8;

    private final Session session;
    private final Clock clock;
    private final int parallel;

    Transfers(Session session, Clock clock, int parallel) {
        this.session = session;
        this.clock = clock;
        this.parallel = Math.clamp(parallel, 1, 64);
    }

    /**
     * One file to move.
     *
     * @param length bytes, -1 when not known
     * @param work moves it, telling its progress
     */
    record Transfer(long length, Work work) {}

    /** Moves one file. */
    @FunctionalInterface
    interface Work {
        /** Moves it. */
        void run(Progress progress);
    }

    /** Runs all; each failure is reported. */
    void run(Collection<Transfer> transfers) {
        long bytes = transfers.stream().mapToLong(Transfer::length).sum();
        Progress.Total total =
                new Progress.Total(
                        transfers.stream().anyMatch(transfer -> transfer.length() < 0) ? -1 : bytes,
                        transfers.size());
        try (Progress progress = new Progress(session, clock, total)) {
            if (transfers.size() == 1) {
                transfers.forEach(transfer -> run(transfer, progress));
            } else {
                runParallel(transfers, progress);
            }
        }
    }

    private void run(Transfer transfer, Progress progress) {
        session.attempt(
                () -> {
                    transfer.work().run(progress);
                    progress.finished();
                });
    }

    private void runParallel(Collection<Transfer> transfers, Progress progress) {
        Semaphore places = new Semaphore(parallel);
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Transfer transfer : transfers) {
                places.acquireUninterruptibly();
                running.add(
                        threads.submit(
                                () -> {
                                    try {
                                        run(transfer, progress);
                                    } finally {
                                        places.release();
                                    }
                                }));
            }
            for (Future<?> each : running) {
                await(each);
            }
        }
    }

    private static void await(Future<?> transfer) {
        try {
            transfer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException("a transfer failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
