package dev.forebay.files;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * An open file. Safe for use by many threads. Reads go on when the file is deleted or replaced
 * meanwhile.
 *
 * <p>Errors of reads: {@link dev.forebay.base.error.Corrupt} naming the block, {@link
 * dev.forebay.base.error.Lost} when the only copy is gone, {@link
 * dev.forebay.base.error.Unavailable} when the mounted store cannot be reached.
 */
public interface FileReader extends AutoCloseable {
    /** What was opened. */
    FileStatus status();

    /** Bytes in the file; for a file being written those flushed. */
    long length();

    /**
     * Reads until {@code target} is full or the file ends.
     *
     * @param position 0 or more
     * @return bytes read; 0 at or beyond the end
     */
    int read(long position, ByteBuffer target);

    /**
     * Hands a range to a sink, piece by piece, from shared memory where it is there and without
     * passing through the heap.
     *
     * @param range cut at the end of the file
     * @throws IOException of the sink
     */
    void transfer(ByteRange range, Sink sink) throws IOException;

    @Override
    void close();

    /**
     * A run of bytes.
     *
     * @param position first byte, from 0
     * @param length bytes, 0 or more
     */
    record ByteRange(long position, long length) {}

    /** Takes pieces of a file. */
    @FunctionalInterface
    interface Sink {
        /** Takes all bytes of {@code piece}, which is read-only and valid during the call only. */
        void accept(ByteBuffer piece) throws IOException;
    }
}
