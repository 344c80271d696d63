package dev.forebay.concurrency;

import org.jetbrains.lincheck.datastructures.Operation;

/** A counter that loses counts: what the check is there to find. */
public final class RacySubject {
    private volatile int count;

    @Operation
    @SuppressWarnings("NonAtomicVolatileUpdate") // that is its fault
    public int increment() {
        return ++count;
    }
}
