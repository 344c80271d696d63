package dev.forebay.testkit;

import dev.forebay.base.Clock;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that stands still until it is moved. A thread that sleeps moves it by as much and goes on
 * at once. Safe for use by many threads.
 */
public final class ManualClock implements Clock {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final long startMillis;
    private final AtomicLong nanos = new AtomicLong();

    /**
     * A clock that shows this time.
     *
     * @param startMillis milliseconds since 1970-01-01T00:00:00Z
     */
    public ManualClock(long startMillis) {
        this.startMillis = startMillis;
    }

    /** Moves the clock on; a negative duration is refused. */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("time does not go back");
        }
        nanos.addAndGet(duration.toNanos());
    }

    @Override
    public long millis() {
        return startMillis + nanos.get() / NANOS_PER_MILLI;
    }

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (duration.isPositive()) {
            advance(duration);
        }
    }
}
