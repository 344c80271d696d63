package dev.forebay.gateway.hdfs;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Checksums of what clients read: one CRC32C for each chunk of 512 bytes, four bytes big-endian;
 * the last chunk of a packet may be shorter. Belongs to one thread.
 */
final class Chunks {
    /** Bytes of a full chunk; the only size that every client accepts. */
    static final int LENGTH = 512;

    /** Bytes of a checksum. */
    static final int SUM_LENGTH = 4;

    private final CRC32C sum = new CRC32C();

    /** The number of chunks of so many bytes. */
    static int count(long bytes) {
        return Math.toIntExact((bytes + LENGTH - 1) / LENGTH);
    }

    /** The start of the chunk that holds a position. */
    static long floor(long position) {
        return position - position % LENGTH;
    }

    /** The end of the chunk that ends at or behind a position. */
    static long ceiling(long position) {
        return floor(position + LENGTH - 1);
    }

    /** Appends the checksums of all chunks of {@code bytes}, which keeps its position. */
    void append(ByteBuffer bytes, ByteBuffer sums) {
        ByteBuffer chunk = bytes.duplicate();
        int end = bytes.limit();
        for (int from = bytes.position(); from < end; from += LENGTH) {
            sums.putInt(of(chunk, from, Math.min(from + LENGTH, end)));
        }
    }

    private int of(ByteBuffer chunk, int from, int to) {
        sum.reset();
        chunk.limit(to).position(from);
        sum.update(chunk);
        return (int) sum.getValue();
    }
}
