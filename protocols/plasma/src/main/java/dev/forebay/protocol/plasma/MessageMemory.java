package dev.forebay.protocol.plasma;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Native memory that grows for a large message and shrinks after it. For one thread. */
final class MessageMemory implements AutoCloseable {
    /** What is kept between messages. */
    private static final long KEPT = (1 << 20) + (4 << 10);

    private static final long FIRST = 4 << 10;

    private Arena arena = Arena.ofShared();
    private MemorySegment segment = arena.allocate(FIRST, Long.BYTES);

    MemorySegment segment() {
        return segment;
    }

    /**
     * Makes room.
     *
     * @param length bytes needed
     * @param used bytes at the beginning that are kept
     */
    MemorySegment ensure(long length, long used) {
        if (length > segment.byteSize()) {
            replace(Math.max(length, 2 * segment.byteSize()), used);
        }
        return segment;
    }

    /** Gives back what only a large message needed; the content is lost then. */
    void trim() {
        if (segment.byteSize() > KEPT) {
            replace(FIRST, 0);
        }
    }

    private void replace(long length, long used) {
        Arena larger = Arena.ofShared();
        MemorySegment target = larger.allocate(length, Long.BYTES);
        MemorySegment.copy(segment, 0, target, 0, used);
        arena.close();
        arena = larger;
        segment = target;
    }

    @Override
    public void close() {
        arena.close();
    }
}
