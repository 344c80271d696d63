package dev.forebay.files;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Direct buffers for bytes on their way from disk to a sink; at most {@value #KEPT_MAX} are kept.
 */
final class BufferPool {
    static final int CAPACITY = 256 << 10;
    private static final int KEPT_MAX = 32;

    private final ArrayBlockingQueue<ByteBuffer> free = new ArrayBlockingQueue<>(KEPT_MAX);

    ByteBuffer take() {
        ByteBuffer buffer = free.poll();
        return buffer == null ? ByteBuffer.allocateDirect(CAPACITY) : buffer.clear();
    }

    void give(ByteBuffer buffer) {
        // a full pool lets the buffer go to the collector
        boolean kept = free.offer(buffer);
        assert kept || free.remainingCapacity() >= 0;
    }
}
