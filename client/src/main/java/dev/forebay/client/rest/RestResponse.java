package dev.forebay.client.rest;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.util.OptionalLong;

/** A successful answer whose body is read as it arrives. Used by one thread. */
public final class RestResponse implements AutoCloseable {
    private final HttpURLConnection connection;
    private final InputStream body;
    private final boolean partial;

    RestResponse(HttpURLConnection connection, InputStream body, boolean partial) {
        this.connection = connection;
        this.body = body;
        this.partial = partial;
    }

    /** The body. Reading throws when the server cuts it short. */
    public InputStream body() {
        return body;
    }

    /** Bytes of the body when the server said so beforehand. */
    public OptionalLong length() {
        long length = connection.getContentLengthLong();
        return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
    }

    /** Whether only the range asked for is sent. */
    public boolean partial() {
        return partial;
    }

    /** Ends reading. The connection is kept for the next request when the body was read whole. */
    @Override
    public void close() throws IOException {
        body.close();
    }

    /** Drops the connection, so that nothing more is sent. */
    public void abandon() {
        connection.disconnect();
    }
}
