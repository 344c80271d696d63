package dev.forebay.gateway.hdfs;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;

/** Direct buffers of {@value #LENGTH} bytes, since the system is slow to give and to take them. */
final class BufferPool {
    /** Four packets of the usual length. */
    static final int LENGTH = 256 << 10;

    private static final int KEPT_MAX = 64;

    private final Queue<ByteBuffer> free = new ArrayBlockingQueue<>(KEPT_MAX);

    ByteBuffer take() {
        ByteBuffer buffer = free.poll();
        return buffer == null ? ByteBuffer.allocateDirect(LENGTH) : buffer.clear();
    }

    /** Takes back what {@link #take} gave; beyond the bound it is left to the collector. */
    void give(ByteBuffer buffer) {
        boolean kept = free.offer(buffer);
        assert kept || free.size() > 0;
    }
}
