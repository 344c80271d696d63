package dev.forebay.block;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Direct buffers of one chunk each, for reads of parts of a chunk. Keeps at most {@value
 * #IDLE_MAX}; further ones are made for the call and left to the collector.
 */
final class ScratchBuffers {
    private static final int IDLE_MAX = 64;

    private final ArrayBlockingQueue<ByteBuffer> idle = new ArrayBlockingQueue<>(IDLE_MAX);

    /** An empty buffer of {@link ChunkChecksums#CHUNK_LENGTH} bytes. */
    ByteBuffer take() {
        ByteBuffer buffer = idle.poll();
        return buffer == null
                ? ByteBuffer.allocateDirect(ChunkChecksums.CHUNK_LENGTH)
                : buffer.clear();
    }

    /** Takes a buffer back that its taker no longer uses; one too many is dropped. */
    void giveBack(ByteBuffer buffer) {
        var _ = idle.offer(buffer);
    }
}
