package dev.forebay.gateway.plasma;

import java.util.concurrent.TimeUnit;

/**
 * The end of a wait.
 *
 * @param begin nanoseconds of the clock
 * @param lengthNanos how long from there; {@link #NEVER} for ever
 */
record Deadline(long begin, long lengthNanos) {
    private static final long NEVER = Long.MAX_VALUE;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** A wait of so many milliseconds; negative for ever. */
    static Deadline after(long begin, long timeoutMillis) {
        return new Deadline(
                begin, timeoutMillis < 0 ? NEVER : TimeUnit.MILLISECONDS.toNanos(timeoutMillis));
    }

    /** What is left, rounded up; 0 when it is over, -1 for ever. */
    int remainingMillis(long now) {
        if (lengthNanos == NEVER) {
            return -1;
        }
        long left = lengthNanos - (now - begin);
        return left <= 0 ? 0 : (int) Math.min(Integer.MAX_VALUE, (left - 1) / NANOS_PER_MILLI + 1);
    }
}
