package dev.forebay.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** An answer of unknown length: kept back while short, in chunks once it is longer. */
final class ResponseStream extends OutputStream {
    private static final int LENGTH_FIRST = 2048;
    private static final int LENGTH_MAX = 64 * 1024;

    private final JettyExchange exchange;
    private final ResponseHead head;
    private byte[] kept = new byte[LENGTH_FIRST];
    private int count;
    private boolean closed;

    ResponseStream(JettyExchange exchange, ResponseHead head) {
        this.exchange = exchange;
        this.head = head;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        int from = offset;
        int end = offset + length;
        while (from < end) {
            if (count == LENGTH_MAX) {
                sendKept();
            }
            int part = Math.min(end - from, LENGTH_MAX - count);
            if (count + part > kept.length) {
                kept = Arrays.copyOf(kept, Math.clamp(kept.length * 2L, count + part, LENGTH_MAX));
            }
            System.arraycopy(source, from, kept, count, part);
            count += part;
            from += part;
        }
    }

    /** Nothing: pieces go out when they are large. */
    @Override
    public void flush() {}

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        if (exchange.begun()) {
            sendKept();
            exchange.end();
        } else {
            exchange.respond(head, ByteBuffer.wrap(kept, 0, count));
        }
    }

    private void sendKept() throws IOException {
        if (!exchange.begun()) {
            exchange.beginOpen(head);
        }
        exchange.write(ByteBuffer.wrap(kept, 0, count));
        count = 0;
    }
}
