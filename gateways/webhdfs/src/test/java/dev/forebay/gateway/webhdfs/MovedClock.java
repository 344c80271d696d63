package dev.forebay.gateway.webhdfs;

import dev.forebay.base.Clock;

import java.time.Duration;

/** A clock that stands still until moved; sleepers sleep until it is moved that far. */
final class MovedClock implements Clock {
    private long nanos = 1_000_000_000_000L;
    private int sleeps;

    /** Moves, and returns when the thread that renews leases has done so and sleeps again. */
    synchronized void move(Duration duration) throws InterruptedException {
        int before = sleeps;
        nanos += duration.toNanos();
        notifyAll();
        while (sleeps == before) {
            wait();
        }
    }

    @Override
    public synchronized long millis() {
        return nanos / 1_000_000;
    }

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    @Override
    public synchronized void sleep(Duration duration) throws InterruptedException {
        if (Thread.currentThread().getName().equals("webhdfs-leases")) {
            sleeps++;
            notifyAll();
        }
        long end = nanos + duration.toNanos();
        while (nanos < end) {
            wait();
        }
    }
}
