package dev.forebay.meta;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread does, where nothing tells. The test's timeout bounds it. */
final class Polling {
    private static final long PAUSE_NANOS = 200_000;

    private Polling() {}

    static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
