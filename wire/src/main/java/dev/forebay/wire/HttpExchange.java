package dev.forebay.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * One request and its answer. Belongs to the thread that handles it. The body is read at most once;
 * exactly one of {@link #respond}, {@link #begin} and {@link #stream} is called.
 *
 * <p>Every {@code IOException} means that the client went away or broke the framing; the connection
 * is of no more use.
 */
public interface HttpExchange {
    /** The method as sent, such as {@code POST}. */
    String method();

    /** The path as sent: nothing decoded, collapsed or cut; begins with a slash. */
    String rawPath();

    /** What follows the question mark, as sent. */
    Optional<String> rawQuery();

    /** The first value of a header field. */
    Optional<String> header(String name);

    /** The address of the client, without its port. */
    String origin();

    /**
     * Reads the body to its end, piece by piece, as it arrives.
     *
     * @param sink gets each piece; what it throws is passed on, with the rest of the body unread
     * @return bytes handed over
     */
    long receive(BodySink sink) throws IOException;

    /**
     * Reads a small body whole.
     *
     * @param lengthMax bytes, 0 to 2^31-1
     * @throws dev.forebay.base.error.Invalid when the body is longer
     */
    byte[] receiveAll(int lengthMax) throws IOException;

    /**
     * Sends a whole answer. What is left in {@code body} is sent; a direct buffer is not copied.
     */
    void respond(ResponseHead head, ByteBuffer body) throws IOException;

    /**
     * Begins an answer of a known length. Exactly {@code length} bytes must follow by {@link
     * #write}; an answer left short breaks the connection.
     *
     * @param length bytes, 0 or more
     */
    void begin(ResponseHead head, long length) throws IOException;

    /** Sends all of {@code piece}; returns when the buffer may be used again. */
    void write(ByteBuffer piece) throws IOException;

    /**
     * Begins an answer of unknown length. A short one is sent with its length when the stream is
     * closed, a longer one in chunks. Unless the stream is closed the answer breaks off.
     */
    OutputStream stream(ResponseHead head);

    /** Whether an answer has begun, so that no error can be told any more. */
    boolean begun();

    /** Breaks the connection, so that the client sees that the answer is not whole. */
    void abort();

    /** What went over the wire so far in this exchange, headers not counted. */
    Traffic traffic();

    /** Takes pieces of a request body. */
    @FunctionalInterface
    interface BodySink {
        /** Takes all bytes of {@code piece}, which is valid during the call only. */
        void accept(ByteBuffer piece);
    }

    /**
     * Bytes of bodies.
     *
     * @param received from the client
     * @param sent to the client
     */
    record Traffic(long received, long sent) {}
}
