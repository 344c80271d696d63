package dev.forebay.base.unix;

import dev.forebay.base.error.Closed;
import dev.forebay.base.error.Invalid;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A file that another process sent, or that is to be sent to one. Safe for use by several threads.
 */
public final class UnixDescriptor implements AutoCloseable {
    private static final int NONE = -1;

    private int number;

    UnixDescriptor(int number) {
        this.number = number;
    }

    /**
     * Opens a file for reading.
     *
     * @throws dev.forebay.base.error.NotFound when there is no such file
     * @throws dev.forebay.base.error.PermissionDenied when the system does not let us
     * @throws dev.forebay.base.error.OutOfSpace when the system has no descriptor left
     */
    public static UnixDescriptor open(Path path) {
        return new UnixDescriptor(UnixCalls.openForReading(path.toString()));
    }

    /**
     * Makes a file of zeros in memory that its holders can read and write, and whose length none
     * can change.
     *
     * @param length bytes, 1 or more
     * @throws dev.forebay.base.error.OutOfSpace when the system has no memory or descriptor left
     */
    public static UnixDescriptor memory(long length) {
        UnixDescriptor made = new UnixDescriptor(UnixCalls.memoryFile(length));
        made.seal(UnixCalls.SEAL_SEAL);
        return made;
    }

    /**
     * Makes a file in memory that nobody can change.
     *
     * @param bytes what it holds; its position is left as it is
     * @throws dev.forebay.base.error.OutOfSpace when the system has no memory or descriptor left
     */
    public static UnixDescriptor constant(ByteBuffer bytes) {
        UnixDescriptor made = new UnixDescriptor(UnixCalls.memoryFile(bytes.remaining()));
        boolean whole = false;
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment source = scratch.allocate(Math.max(1, bytes.remaining()));
            MemorySegment.copy(MemorySegment.ofBuffer(bytes), 0, source, 0, bytes.remaining());
            for (long done = 0; done < bytes.remaining(); ) {
                MemorySegment rest = source.asSlice(done, bytes.remaining() - done);
                done += UnixCalls.writeAt(made.open(), rest, done);
            }
            made.seal(UnixCalls.SEAL_WRITE | UnixCalls.SEAL_SEAL);
            whole = true;
            return made;
        } finally {
            if (!whole) {
                made.close();
            }
        }
    }

    private synchronized void seal(int seals) {
        UnixCalls.addSeals(open(), seals);
    }

    /**
     * Opens the same file once more, for reading only, with a position of its own: who gets a
     * descriptor shares its position with all who have it.
     *
     * @throws dev.forebay.base.error.NotFound where {@code /proc} is not mounted
     * @throws Closed when it was closed
     */
    public synchronized UnixDescriptor reopen() {
        return new UnixDescriptor(UnixCalls.openForReading("/proc/self/fd/" + open()));
    }

    /**
     * Reads until {@code target} is full or the file ends.
     *
     * @param position in the file, 0 or more
     * @return bytes read
     * @throws Closed when it was closed
     */
    public synchronized int read(long position, ByteBuffer target) {
        int total = 0;
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment bytes = scratch.allocate(Math.max(1, target.remaining()));
            while (target.hasRemaining()) {
                MemorySegment rest = bytes.asSlice(0, target.remaining());
                int count = (int) UnixCalls.readAt(open(), rest, position + total);
                if (count == 0) {
                    break;
                }
                target.put(bytes.asSlice(0, count).asByteBuffer());
                total += count;
            }
        }
        return total;
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

    /** Its number in this process. */
    synchronized int open() {
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
