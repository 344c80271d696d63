package dev.forebay.client;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * A file being written. Belongs to one thread at a time. The file is visible as incomplete until
 * {@link #close} returns.
 *
 * <pre>{@code
 * try (FileWriter writer = files.create("/a")) {
 *     writer.write(bytes);
 * }
 * }</pre>
 */
public interface FileWriter extends AutoCloseable {
    /**
     * Appends all of {@code source}, which may be held back until enough is gathered.
     *
     * @throws FilesException.ResourceExhausted when memory or disk is full
     */
    void write(ByteBuffer source);

    /** Bytes in the file so far: those written, and for an append those that were there. */
    long position();

    /** What is known of the file now; not of bytes that are held back. */
    FileStatus status();

    /**
     * Lets every reader see the bytes written so far.
     *
     * @throws FilesException.Unimplemented when the wire cannot
     */
    void hflush();

    /**
     * Makes the bytes written so far survive power loss.
     *
     * @throws FilesException.Unimplemented when the wire cannot
     */
    void hsync();

    /** A stream that writes here and whose close completes the file. */
    default OutputStream asOutputStream() {
        return new WriterStream(this);
    }

    /** A channel that writes here and whose close completes the file. */
    default WritableByteChannel asChannel() {
        return new WriterChannel(this);
    }

    /**
     * Completes the file: bytes and name are then as durable as the write type promises. A second
     * call, and one after {@link #abort}, does nothing.
     *
     * @throws FilesException.ResourceExhausted when memory or disk is full
     */
    @Override
    void close();

    /**
     * Drops the file with its bytes; for an append, drops what was appended. Does nothing after
     * {@link #close}.
     */
    void abort();
}
