package dev.forebay.base;

import java.time.Duration;

/** The only source of time. Tests pass a clock that they move by hand. */
public interface Clock {
    /** Milliseconds since 1970-01-01T00:00:00Z by the wall clock; may step. */
    long millis();

    /** Nanoseconds from an arbitrary origin; never goes back. For measuring durations. */
    long nanos();

    /**
     * Pauses the calling thread.
     *
     * @param duration how long; zero or negative returns at once
     * @throws InterruptedException when the thread is interrupted
     */
    void sleep(Duration duration) throws InterruptedException;

    /** The clock of the machine. */
    static Clock system() {
        return SystemClock.INSTANCE;
    }
}
