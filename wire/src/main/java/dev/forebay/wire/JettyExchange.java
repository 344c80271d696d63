package dev.forebay.wire;

import dev.forebay.base.error.Internal;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * One request of the HTTP engine, in blocking form.
 *
 * <ul>
 *   <li>The answer to a HEAD request ends with its head; what is written to it is dropped.
 *   <li>{@code left} is the number of bytes still owed to the client, -1 when the length is open.
 *   <li>An answer that goes out before the body is read to its end closes the connection
 *       afterwards, and the rest of the body is read and dropped up to {@link #DRAIN_LENGTH_MAX}:
 *       clients that send all before they listen see the answer instead of a reset.
 * </ul>
 */
final class JettyExchange implements HttpExchange {
    /** Bytes of an unread body that are taken in and dropped behind an answer. */
    static final long DRAIN_LENGTH_MAX = 1L << 30;

    private static final long OPEN = -1;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final Request request;
    private final Response response;
    private final JettyBody body;
    private final boolean bodiless;
    private boolean begun;
    private boolean ended;
    private long left = OPEN;
    private long sent;

    JettyExchange(Request request, Response response) {
        this.request = request;
        this.response = response;
        this.body = new JettyBody(request);
        this.bodiless = HttpMethod.HEAD.is(request.getMethod());
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String rawPath() {
        String path = request.getHttpURI().getPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    @Override
    public Optional<String> rawQuery() {
        return Optional.ofNullable(request.getHttpURI().getQuery());
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeaders().get(name));
    }

    @Override
    public String origin() {
        return Request.getRemoteAddr(request);
    }

    @Override
    public long receive(BodySink sink) throws IOException {
        return body.receive(sink);
    }

    @Override
    public byte[] receiveAll(int lengthMax) throws IOException {
        return body.receiveAll(lengthMax);
    }

    @Override
    public void respond(ResponseHead head, ByteBuffer whole) throws IOException {
        setHead(head);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, whole.remaining());
        left = 0;
        send(whole, true);
    }

    @Override
    public void begin(ResponseHead head, long length) throws IOException {
        setHead(head);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, length);
        left = length;
        if (length == 0 || bodiless) {
            send(NOTHING.duplicate(), true);
        }
    }

    @Override
    public void write(ByteBuffer piece) throws IOException {
        if (bodiless && begun) {
            return;
        }
        int length = piece.remaining();
        if (!begun || ended || (length > left && left != OPEN)) {
            throw new Internal("body does not fit its announced length", rawPath());
        }
        if (length == 0) {
            return;
        }
        if (left != OPEN) {
            left -= length;
        }
        send(piece, left == 0);
    }

    @Override
    public OutputStream stream(ResponseHead head) {
        return new ResponseStream(this, head);
    }

    @Override
    public boolean begun() {
        return begun;
    }

    @Override
    public void abort() {
        request.getConnectionMetaData().getConnection().getEndPoint().close();
    }

    @Override
    public Traffic traffic() {
        return new Traffic(body.received(), sent);
    }

    /** Begins an answer whose length is open; ended by {@link #end}. */
    void beginOpen(ResponseHead head) throws IOException {
        setHead(head);
        left = OPEN;
    }

    /** Ends an answer whose length was open. */
    void end() throws IOException {
        if (!ended) {
            send(NOTHING.duplicate(), true);
        }
    }

    /**
     * Called when the handler is done: reads what is left of the body.
     *
     * @throws IOException when the answer is not whole or the body too long to be dropped
     */
    void finish() throws IOException {
        if (!ended) {
            throw new IOException("answer was left short");
        }
        if (!body.drain(DRAIN_LENGTH_MAX)) {
            throw new IOException("rest of the request body is too long to be dropped");
        }
    }

    private void setHead(ResponseHead head) throws IOException {
        if (begun) {
            throw new Internal("a second answer to one request", rawPath());
        }
        boolean keep = body.drainShort();
        begun = true;
        response.setStatus(head.status());
        for (ResponseHead.Header header : head.headers()) {
            response.getHeaders().put(header.name(), header.value());
        }
        if (!keep) {
            response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
        }
    }

    private void send(ByteBuffer piece, boolean last) throws IOException {
        int length = piece.remaining();
        ended = last;
        try (Blocker.Callback callback = Blocker.callback()) {
            response.write(last, piece, callback);
            callback.block();
        }
        sent += length;
    }
}
