package dev.forebay.client.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/** Bodies and errors as servers really send them. */
class RestConnectionTest {
    private static final RestRequest CALL = RestRequest.post("/x", new JsonOutput());

    /** Answers each connection once with the same bytes, then closes it. */
    private static final class OneAnswer implements AutoCloseable {
        private final ServerSocket listener;
        private final AtomicInteger connections = new AtomicInteger();

        OneAnswer(String answer) throws IOException {
            listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
            Thread.startVirtualThread(() -> serve(answer));
        }

        private void serve(String answer) {
            while (!listener.isClosed()) {
                try (Socket socket = listener.accept()) {
                    connections.incrementAndGet();
                    int count = socket.getInputStream().read(new byte[64 * 1024]);
                    if (count > 0) {
                        socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
                        socket.shutdownOutput();
                        socket.getInputStream().readAllBytes();
                    }
                } catch (IOException e) {
                    if (!listener.isClosed()) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }
            }
        }

        RestConnection connection() {
            return new RestConnection("127.0.0.1", listener.getLocalPort());
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }

    private static String http(String status, String body) {
        return "HTTP/1.1 "
                + status
                + "\r\nContent-Length: "
                + body.length()
                + "\r\nConnection: close\r\n\r\n"
                + body;
    }

    private static RestFailure failure(String answer) throws IOException {
        try (OneAnswer server = new OneAnswer(answer)) {
            RestConnection connection = server.connection();
            try {
                connection.exchange(CALL);
            } catch (RestFailure e) {
                return e;
            }
            throw new AssertionError("no failure");
        }
    }

    @Test
    void bothKeysOfTheStatusAreRead() throws IOException {
        String form = "{\"message\":\"m\",\"%s\":\"NOT_FOUND\"}";

        RestFailure second = failure(http("500 Error", String.format(form, "statusCode")));
        assertThat(second.status()).isEqualTo("NOT_FOUND");
        assertThat(second).hasMessage("m");
        RestFailure first = failure(http("500 Error", String.format(form, "status")));
        assertThat(first.status()).isEqualTo("NOT_FOUND");
    }

    @Test
    void anErrorThatIsNotJsonKeepsItsFirstLine() throws IOException {
        RestFailure failure = failure(http("415 No", "HTTP 415 Unsupported\nsecond"));

        assertThat(failure.code()).isEqualTo(415);
        assertThat(failure.status()).isEmpty();
        assertThat(failure).hasMessage("HTTP 415 Unsupported");
    }

    @Test
    void anEmptyErrorIsAnError() throws IOException {
        assertThat(failure(http("404 No", "")).code()).isEqualTo(404);
        assertThat(failure(http("302 Found", "")).code()).isEqualTo(302);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Connection: close\r\n", "Connection: keep-alive\r\n"})
    void aBodyThatEndsEarlyIsNoEnd(String header) throws IOException {
        String cut = "HTTP/1.1 200 OK\r\n" + header + "Content-Length: 10\r\n\r\nabc";
        try (OneAnswer server = new OneAnswer(cut);
                RestResponse response = server.connection().open(CALL)) {
            assertThatThrownBy(() -> response.body().readAllBytes())
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aPostIsNeverSentTwice() throws IOException {
        try (OneAnswer server = new OneAnswer("")) {
            RestConnection connection = server.connection();
            assertThatThrownBy(
                            () ->
                                    connection.exchange(
                                            RestRequest.post("/x", ByteBuffer.allocate(10))))
                    .isInstanceOf(IOException.class);
            assertThat(server.connections.get()).isEqualTo(1);
        }
    }

    @Test
    void anAnswerWithoutBodyIsNothing() throws IOException {
        try (OneAnswer server = new OneAnswer(http("200 OK", ""))) {
            assertThat(server.connection().exchange(CALL)).isEqualTo(new Json.Nothing());
        }
    }

    @Test
    void aWordInPlaceOfJsonIsAnError() throws IOException {
        try (OneAnswer server = new OneAnswer(http("200 OK", "hello"))) {
            RestConnection connection = server.connection();
            assertThatThrownBy(() -> connection.exchange(CALL)).isInstanceOf(IOException.class);
        }
    }
}
