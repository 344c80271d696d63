package dev.forebay.base.unix;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Ends a wait of {@link UnixConnection#await} from another thread. A signal that comes while nobody
 * waits ends the next wait. Safe for use by many threads.
 */
public final class UnixWake implements AutoCloseable {
    private final MemorySegment one = Arena.ofAuto().allocateFrom(JAVA_LONG, 1L);
    private final MemorySegment taken = Arena.ofAuto().allocate(JAVA_LONG);
    private final int descriptor;
    private boolean closed;

    private UnixWake(int descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Creates one that is not signalled.
     *
     * @throws dev.forebay.base.error.OutOfSpace when the system has no descriptor left
     */
    public static UnixWake open() {
        return new UnixWake(UnixCalls.eventCounter());
    }

    /** Ends the wait; does nothing once closed. */
    public synchronized void signal() {
        if (!closed) {
            // Fails only while the counter is at its end, and then the wait ends anyway.
            UnixCalls.write(descriptor, one);
        }
    }

    /** Takes all signals back. */
    void clear() {
        UnixCalls.read(descriptor, taken);
    }

    int descriptor() {
        return descriptor;
    }

    /** To be called by the thread that waits, or when nobody does. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            LibraryCalls.close(descriptor);
        }
    }
}
