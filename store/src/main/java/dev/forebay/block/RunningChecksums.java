package dev.forebay.block;

import static dev.forebay.block.ChunkChecksums.CHUNK_LENGTH;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Computes the checksums of a block while it is appended to. For one thread at a time. */
final class RunningChecksums {
    private final CRC32C tail = new CRC32C();
    private int[] whole = new int[16];
    private long length;

    /** Bytes appended. */
    long length() {
        return length;
    }

    /** Takes in all of {@code source}. */
    void append(ByteBuffer source) {
        int limit = source.limit();
        while (source.position() < limit) {
            int room = CHUNK_LENGTH - (int) (length % CHUNK_LENGTH);
            int count = Math.min(room, limit - source.position());
            tail.update(source.limit(source.position() + count));
            length += count;
            if (count == room) {
                endChunk();
            }
        }
        source.limit(limit);
    }

    private void endChunk() {
        int index = ChunkChecksums.chunkAt(length) - 1;
        if (index == whole.length) {
            // earlier snapshots keep the array they have
            whole = Arrays.copyOf(whole, whole.length * 2);
        }
        whole[index] = (int) tail.getValue();
        tail.reset();
    }

    /** The checksums so far. */
    ChunkChecksums snapshot() {
        return ChunkChecksums.growing(length, whole, (int) tail.getValue());
    }
}
