package dev.forebay.block;

import dev.forebay.base.error.OutOfSpace;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Keeps the last bytes of a disk free, so that what makes room again, a delete in the metadata
 * store, can still be written when the disk is full for everything else.
 *
 * <p>The disk is asked once for many bytes: up to {@value #STEP} bytes may be taken between two
 * questions, so the reserve should be several times that. Safe for use by many threads.
 */
public final class Headroom {
    private static final long STEP = 16L << 20;

    private final LongSupplier usable;
    private final long reserve;

    /** Bytes that may be taken before the disk is asked again. */
    private final AtomicLong allowance = new AtomicLong();

    /**
     * Creates.
     *
     * @param usable asked for the bytes that the disk has left
     * @param reserve bytes that nobody may take, 0 or more
     */
    public Headroom(LongSupplier usable, long reserve) {
        this.usable = usable;
        this.reserve = reserve;
    }

    /**
     * Passes when this many bytes can be written.
     *
     * @param bytes 0 or more
     * @param subject what wants them
     * @throws OutOfSpace when the reserve would be touched; nothing is taken
     */
    public void take(long bytes, Object subject) {
        if (allowance.addAndGet(-bytes) >= 0) {
            return;
        }
        long free = free();
        if (free < bytes) {
            allowance.set(0);
            throw new OutOfSpace("disk is full but for its reserve", subject);
        }
        allowance.set(Math.min(free - bytes, STEP));
    }

    /** Bytes that can be taken now. */
    public long free() {
        return Math.max(0, usable.getAsLong() - reserve);
    }
}
