package dev.forebay.client;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;

/**
 * An open file. Has one position; {@link #readAt} leaves it alone and may be called by many threads
 * at once, everything else belongs to one thread at a time.
 */
public interface FileReader extends AutoCloseable {
    /**
     * Reads from the position on and advances it.
     *
     * @param target takes at least one byte unless it is full
     * @return bytes read; -1 at the end
     */
    int read(ByteBuffer target);

    /**
     * Reads until {@code target} is full or the file ends; the position stays.
     *
     * <p>On a wire without ranges (Alluxio's own proxy) each call opens the file again and reads
     * and drops what lies before {@code position}.
     *
     * @param position from 0
     * @return bytes read; 0 at or beyond the end
     */
    int readAt(long position, ByteBuffer target);

    /**
     * Moves the position. Nothing is sent until the next read. On a wire without ranges the next
     * read then reads and drops what lies between, and after a step back what lies before.
     *
     * @param position from 0; beyond the end the next read returns -1
     * @throws FilesException.InvalidArgument when negative
     */
    void seek(long position);

    /**
     * Moves the position, counted from any of three places.
     *
     * @param offset bytes
     * @return the position
     * @throws FilesException.InvalidArgument when that is before the start
     */
    default long seek(long offset, SeekOrigin origin) {
        long from =
                switch (origin) {
                    case START -> 0;
                    case CURRENT -> position();
                    case END -> length();
                };
        seek(from + offset);
        return position();
    }

    /** Where the next read begins. */
    long position();

    /** Bytes in the file. */
    long length();

    /** What is known of the file now. */
    FileStatus status();

    /**
     * Reads up to and with the next newline, or to the end.
     *
     * @return the bytes; empty at the end of the file
     * @throws FilesException.OutOfRange when the line is too long for memory
     */
    default Optional<byte[]> readLine() {
        return readLine(new byte[] {'\n'});
    }

    /**
     * Reads up to and with the next terminator, or to the end.
     *
     * @param terminator one byte or more
     * @return the bytes; empty at the end of the file
     * @throws FilesException.InvalidArgument when the terminator is empty
     * @throws FilesException.OutOfRange when the line is too long for memory
     */
    default Optional<byte[]> readLine(byte[] terminator) {
        return new LineSearch(this, terminator).next();
    }

    /** All lines from the position on, each with its newline; all of them in memory. */
    default List<byte[]> readLines() {
        return new LineSearch(this, new byte[] {'\n'}).rest();
    }

    /** The rest of the file from the position on, as a stream that closes this reader. */
    default InputStream asInputStream() {
        return new ReaderStream(this);
    }

    /** This reader as a read-only channel that closes it. */
    default SeekableByteChannel asChannel() {
        return new ReaderChannel(this);
    }

    /**
     * An optional power, such as {@link Mappable}.
     *
     * @throws FilesException.Unimplemented naming the power and the wire
     */
    <T> T as(Class<T> power);

    /** Ends reading. A second call does nothing. */
    @Override
    void close();
}
