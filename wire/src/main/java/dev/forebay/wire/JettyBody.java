package dev.forebay.wire;

import dev.forebay.base.error.Invalid;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Blocker;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The body of one request, read with blocking. Belongs to one thread. */
final class JettyBody {
    /** Bytes of an unread body that are worth reading to keep a connection. */
    private static final long KEEP_LENGTH_MAX = 64 * 1024;

    private final Request request;
    private long received;
    private boolean atEnd;

    JettyBody(Request request) {
        this.request = request;
    }

    /** Bytes read so far. */
    long received() {
        return received;
    }

    long receive(HttpExchange.BodySink sink) throws IOException {
        long before = received;
        Content.Chunk chunk = next();
        while (chunk != null) {
            try {
                ByteBuffer piece = chunk.getByteBuffer();
                received += piece.remaining();
                sink.accept(piece);
            } finally {
                chunk.release();
            }
            chunk = next();
        }
        return received - before;
    }

    byte[] receiveAll(int lengthMax) throws IOException {
        if (request.getLength() > lengthMax) {
            throw new Invalid("request body is too long", request.getLength());
        }
        var whole = new ByteArrayOutputStream((int) Math.max(request.getLength(), 32));
        receive(
                piece -> {
                    if (whole.size() + piece.remaining() > lengthMax) {
                        throw new Invalid("request body is too long", "over " + lengthMax);
                    }
                    byte[] bytes = new byte[piece.remaining()];
                    piece.get(bytes);
                    whole.writeBytes(bytes);
                });
        return whole.toByteArray();
    }

    /**
     * Reads a body to its end when that costs little.
     *
     * @return whether the end was reached, so that the connection can be kept
     */
    boolean drainShort() throws IOException {
        if (atEnd) {
            return true;
        }
        long length = request.getLength();
        boolean bodiless =
                length < 0 && !request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
        boolean small = length >= 0 && length - received <= KEEP_LENGTH_MAX && !isAwaited();
        return bodiless || length == 0 || (small && drain(KEEP_LENGTH_MAX));
    }

    /**
     * Reads and drops.
     *
     * @return whether the end was reached within {@code lengthMax} bytes
     */
    boolean drain(long lengthMax) throws IOException {
        if (!atEnd && isAwaited()) {
            return false;
        }
        long dropped = 0;
        while (!atEnd && dropped <= lengthMax) {
            Content.Chunk chunk = next();
            if (chunk != null) {
                dropped += chunk.remaining();
                chunk.release();
            }
        }
        return atEnd;
    }

    /** Whether the client waits for a go-ahead before it sends the body. */
    private boolean isAwaited() {
        return received == 0 && request.getHeaders().contains(HttpHeader.EXPECT);
    }

    /** The next piece, to be released by the caller, or null at the end. */
    private Content.@Nullable Chunk next() throws IOException {
        while (!atEnd) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                await();
            } else if (Content.Chunk.isFailure(chunk)) {
                throw new IOException("request body broke off", chunk.getFailure());
            } else {
                atEnd = chunk.isLast();
                if (chunk.hasRemaining()) {
                    return chunk;
                }
                chunk.release();
            }
        }
        return null;
    }

    private void await() throws IOException {
        try (Blocker.Runnable arrival = Blocker.runnable()) {
            request.demand(arrival);
            arrival.block();
        }
    }
}
