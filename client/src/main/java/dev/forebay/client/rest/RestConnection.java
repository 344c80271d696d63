package dev.forebay.client.rest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Sends requests to one server. Safe for use by many threads, each request on a connection of its
 * own; idle connections are kept and used again by the platform.
 *
 * <p>Bodies are always sent with a length set beforehand. That is also what keeps the platform from
 * sending a POST again by itself when a connection breaks.
 */
public final class RestConnection {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    // client.py of alluxio 0.1.x, parameter timeout, 1800 s: the longest a server may think
    private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(30);
    private static final int ERROR_LENGTH_MAX = 64 * 1024;
    private static final int PIECE = 256 * 1024;

    private final String origin;

    /**
     * Names the server; nothing is sent.
     *
     * @param host name or address, an IPv6 one without brackets
     * @param port 1 to 65535
     */
    public RestConnection(String host, int port) {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        this.origin = "http://" + name + ":" + port;
    }

    /** Scheme, host and port. */
    public String origin() {
        return origin;
    }

    /**
     * Sends a request and reads the JSON answer.
     *
     * @return the answer; {@link Json.Nothing} when its body is empty
     * @throws RestFailure when the server answers with an error
     * @throws IOException when it cannot be reached, breaks off or does not answer with JSON
     */
    public Json exchange(RestRequest request) throws IOException {
        try (RestResponse response = open(request)) {
            return JsonInput.read(response.body());
        }
    }

    /**
     * Sends a request and hands over the answer while it arrives.
     *
     * @throws RestFailure when the server answers with an error
     * @throws IOException when it cannot be reached or breaks off
     */
    public RestResponse open(RestRequest request) throws IOException {
        HttpURLConnection connection = prepare(request);
        Optional<IOException> sending = send(connection, request);
        int code = code(connection, sending);
        if (code >= 300) {
            throw failure(connection, code);
        }
        if (sending.isPresent()) {
            throw sending.get();
        }
        return new RestResponse(connection, connection.getInputStream(), code == 206);
    }

    private HttpURLConnection prepare(RestRequest request) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(origin + request.target()).toURL().openConnection();
        connection.setRequestMethod(request.method());
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
        connection.setReadTimeout((int) ANSWER_TIMEOUT.toMillis());
        request.headers().forEach(connection::setRequestProperty);
        if (request.body().isPresent()) {
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode((long) request.body().get().remaining());
        }
        return connection;
    }

    /**
     * A server that refuses may answer and close before it has read the body, so a failure to send
     * is kept until the answer was looked for.
     */
    private static Optional<IOException> send(HttpURLConnection connection, RestRequest request)
            throws IOException {
        if (request.body().isEmpty()) {
            return Optional.empty();
        }
        OutputStream stream = connection.getOutputStream();
        try {
            write(request.body().get().duplicate(), stream);
            stream.close();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }

    private static void write(ByteBuffer body, OutputStream stream) throws IOException {
        if (body.hasArray()) {
            stream.write(body.array(), body.arrayOffset() + body.position(), body.remaining());
            return;
        }
        WritableByteChannel channel = Channels.newChannel(stream);
        while (body.hasRemaining()) {
            ByteBuffer piece = body.slice(body.position(), Math.min(PIECE, body.remaining()));
            body.position(body.position() + channel.write(piece));
        }
    }

    private static int code(HttpURLConnection connection, Optional<IOException> sending)
            throws IOException {
        try {
            int code = connection.getResponseCode();
            if (code < 0) {
                throw new IOException("the answer is not HTTP");
            }
            return code;
        } catch (IOException e) {
            sending.ifPresent(e::addSuppressed);
            throw e;
        }
    }

    private static RestFailure failure(HttpURLConnection connection, int code) throws IOException {
        String text = errorText(connection);
        try {
            Json error = JsonInput.read(text);
            if (error instanceof Json.Fields) {
                // alluxio 2.x sends statusCode, 1.x status; see RestError of the proxy
                Optional<String> status =
                        error.field("statusCode").text().or(() -> error.field("status").text());
                return new RestFailure(code, status, error.field("message").text().orElse(""));
            }
        } catch (IOException e) {
            // Alluxio's own proxy answers some errors with plain text or HTML
            return new RestFailure(code, Optional.empty(), firstLine(text));
        }
        return new RestFailure(code, Optional.empty(), firstLine(text));
    }

    private static String errorText(HttpURLConnection connection) throws IOException {
        InputStream stream = connection.getErrorStream();
        if (stream == null) {
            return "";
        }
        try (stream) {
            return new String(stream.readNBytes(ERROR_LENGTH_MAX), StandardCharsets.UTF_8);
        }
    }

    private static String firstLine(String text) {
        return text.strip().lines().findFirst().orElse("");
    }
}
