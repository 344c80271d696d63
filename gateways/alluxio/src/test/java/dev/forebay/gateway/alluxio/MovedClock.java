package dev.forebay.gateway.alluxio;

import dev.forebay.base.Clock;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until moved; sleepers sleep until interrupted. */
final class MovedClock implements Clock {
    private final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);

    void move(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    @Override
    public long millis() {
        return nanos.get() / 1_000_000;
    }

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        new CountDownLatch(1).await();
    }
}
