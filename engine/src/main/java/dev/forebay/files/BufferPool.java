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

    /** Takes a buffer back, which nobody may use from here on. A full pool lets it go. */
    void give(ByteBuffer buffer) {
        assert buffer.isDirect() && buffer.capacity() == CAPACITY : "not of this pool";
        free.offer(buffer);
    }
}
