package dev.forebay.base.unix;

import dev.forebay.base.error.Closed;
import dev.forebay.base.error.Invalid;

import java.lang.foreign.MemorySegment;

/** A descriptor that another process sent. Safe for use by several threads. */
public final class UnixDescriptor implements AutoCloseable {
    private static final int NONE = -1;

    private int number;

    UnixDescriptor(int number) {
        this.number = number;
    }

    /**
     * Maps the file behind it, from its beginning, for reading and writing; changes are seen by all
     * who map it. The mapping outlives this descriptor: it goes when nothing in this process can
     * reach the segment, or a slice of it, any more.
     *
     * @param length bytes, 1 or more; touching what lies behind the end of the file is an error of
     *     the machine
     * @throws Invalid when the length is under 1
     * @throws Closed when it was closed
     * @throws dev.forebay.base.error.PermissionDenied when it is not open for both
     */
    public synchronized MemorySegment map(long length) {
        if (length < 1) {
            throw new Invalid("a mapping has 1 byte or more", length);
        }
        return UnixCalls.map(open(), length);
    }

    /** Hands the number to a new owner; this object is closed then. */
    synchronized int take() {
        int taken = open();
        number = NONE;
        return taken;
    }

    private int open() {
        if (number == NONE) {
            throw new Closed("the descriptor was closed", "");
        }
        return number;
    }

    @Override
    public synchronized void close() {
        if (number != NONE) {
            LibraryCalls.close(take());
        }
    }
}
