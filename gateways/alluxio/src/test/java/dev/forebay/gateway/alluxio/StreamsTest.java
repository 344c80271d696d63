package dev.forebay.gateway.alluxio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Streams and downloads, through a socket. */
class StreamsTest {
    private RunningGateway node;

    @BeforeEach
    void start() {
        node = new RunningGateway(3);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void writeAppendsAndReadMovesOn() {
        assertThat(node.call("paths//f/create-file", "")).isEqualTo("200 1");
        assertThat(node.call("streams/1/write", "abc")).isEqualTo("200 3");
        assertThat(node.call("streams/1/write", "")).isEqualTo("200 0");
        var chunks =
                node.request("streams/1/write")
                        .POST(BodyPublishers.ofInputStream(() -> stream("defg")))
                        .build();
        assertThat(RunningGateway.text(node.send(chunks))).isEqualTo("4");
        assertThat(node.call("streams/1/read", "")).contains("stream does not exist");
        assertThat(node.call("streams/1/close", "")).isEqualTo("200 ");
        assertThat(node.call("streams/1/close", "")).contains("INTERNAL");
        assertThat(node.call("paths//f/open-file", "")).isEqualTo("200 2");
        assertThat(node.call("streams/2/write", "x")).contains("stream does not exist");
        var answer = node.post("streams/2/read", new byte[0]);
        assertThat(RunningGateway.text(answer)).isEqualTo("abcdefg");
        assertThat(answer.headers().firstValue("Content-Length")).contains("7");
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/octet-stream");
        var rest = node.post("streams/2/read", new byte[0]);
        assertThat(rest.statusCode()).isEqualTo(200);
        assertThat(rest.headers().firstValue("Content-Length")).contains("0");
        assertThat(node.call("streams/2/close", "")).isEqualTo("200 ");
        assertThat(node.gateway.openStreams()).isZero();
    }

    @Test
    void openStreamsAreBounded() {
        node.engine.put("/f", ByteBuffer.allocate(0));
        for (int i = 0; i < 3; i++) {
            assertThat(node.call("paths//f/open-file", "")).startsWith("200");
        }
        assertThat(node.call("paths//g/create-file", "")).contains("RESOURCE_EXHAUSTED");
        assertThat(node.engine.nodes()).doesNotContainKey("/g");
        assertThat(node.call("streams/2/close", "")).isEqualTo("200 ");
        assertThat(node.call("paths//nothing/open-file", "")).contains("NOT_FOUND");
        assertThat(node.call("paths//f/open-file", "")).isEqualTo("200 4");
    }

    @Test
    void failedCloseCanBeTriedAgain() {
        node.call("paths//f/create-file", "");
        node.engine.unreachable = true;
        assertThat(node.call("streams/1/close", "")).contains("UNAVAILABLE");
        node.engine.unreachable = false;
        assertThat(node.call("streams/1/close", "")).isEqualTo("200 ");
    }

    @Test
    void fullStoreAnswersAClientThatSendsOn() {
        node.engine.capacity = 1000;
        node.call("paths//f/create-file", "");
        var answer = node.post("streams/1/write", new byte[20 << 20]);
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(RunningGateway.text(answer)).contains("RESOURCE_EXHAUSTED");
        node.engine.capacity = 2000;
        assertThat(node.call("streams/1/write", "abc")).isEqualTo("200 3");
    }

    @Test
    void brokenUploadKeepsWhatCame() throws Exception {
        node.call("paths//f/create-file", "");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
            send(socket, "POST /api/v1/streams/1/write HTTP/1.1\r\nHost: x\r\n");
            send(socket, "Content-Length: 100\r\n\r\nabc");
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        }
        assertThat(node.call("streams/1/write", "de")).isEqualTo("200 2");
        node.call("streams/1/close", "");
        node.call("paths//f/open-file", "");
        assertThat(node.call("streams/2/read", "")).isEqualTo("200 abcde");
    }

    @Test
    void readerThatBreaksOffLeavesTheStreamValid() throws Exception {
        node.engine.put("/big", ByteBuffer.allocate(32 << 20));
        node.call("paths//big/open-file", "");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
            send(socket, "POST /api/v1/streams/1/read HTTP/1.1\r\nHost: x\r\n");
            send(socket, "Content-Length: 0\r\n\r\n");
            assertThat(socket.getInputStream().readNBytes(10_000)).hasSize(10_000);
        }
        assertThat(node.call("streams/1/close", "")).isEqualTo("200 ");
    }

    @Test
    void closeDoesNotWaitForAReaderThatStalls() throws Exception {
        node.engine.put("/big", ByteBuffer.allocate(32 << 20));
        node.call("paths//big/open-file", "");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
            send(socket, "POST /api/v1/streams/1/read HTTP/1.1\r\nHost: x\r\n");
            send(socket, "Content-Length: 0\r\n\r\n");
            assertThat(socket.getInputStream().readNBytes(1000)).hasSize(1000);
            assertThat(node.call("streams/1/close", "")).isEqualTo("200 ");
            assertThat(node.call("streams/1/close", "")).contains("INTERNAL");
        }
    }

    @Test
    void readThatFailsMidwayBreaksTheConnection() {
        node.engine.put("/bad", ByteBuffer.allocate(3 << 20));
        node.call("paths//bad/open-file", "");
        assertThatThrownBy(() -> node.post("streams/1/read", new byte[0]))
                .hasRootCauseInstanceOf(IOException.class);
        node.settle();
        assertThat(node.outcomes.getLast().status()).isEqualTo("UNAVAILABLE");
    }

    @Test
    void concurrentWritesRunOneAfterTheOther() throws Exception {
        node.call("paths//f/create-file", "");
        Thread[] writers = new Thread[8];
        for (int i = 0; i < writers.length; i++) {
            byte[] body = new byte[200_000];
            Arrays.fill(body, (byte) ('a' + i));
            writers[i] = Thread.ofVirtual().start(() -> node.post("streams/1/write", body));
        }
        for (Thread writer : writers) {
            writer.join();
        }
        node.call("streams/1/close", "");
        node.call("paths//f/open-file", "");
        byte[] whole = node.post("streams/2/read", new byte[0]).body();
        assertThat(whole).hasSize(1_600_000);
        for (int at = 0; at < whole.length; at += 200_000) {
            byte first = whole[at];
            assertThat(Arrays.copyOfRange(whole, at, at + 200_000)).containsOnly(first);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'bytes=2-4', 206, cde, 'bytes 2-4/10'",
        "'bytes=8-', 206, ij, 'bytes 8-9/10'",
        "'bytes=-3', 206, hij, 'bytes 7-9/10'",
        "'bytes=-99', 206, abcdefghij, 'bytes 0-9/10'",
        "'bytes=5-99', 206, fghij, 'bytes 5-9/10'",
        "'bytes=4-2', 200, abcdefghij,",
        "'bytes=0-1,3-4', 200, abcdefghij,",
        "'rows=1-2', 200, abcdefghij,",
        "'bytes=-', 200, abcdefghij,",
    })
    void downloadOfRanges(String range, int status, String body, String contentRange) {
        node.engine.put("/f", ByteBuffer.wrap("abcdefghij".getBytes(StandardCharsets.UTF_8)));
        var request = node.request("paths//f/download-file").header("Range", range).GET();
        var answer = node.send(request.build());
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(RunningGateway.text(answer)).isEqualTo(body);
        assertThat(answer.headers().firstValue("Content-Range").orElse(null))
                .isEqualTo(contentRange);
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=f");
    }

    @ParameterizedTest
    @CsvSource({"bytes=10-", "bytes=10-12", "bytes=-0"})
    void downloadBeyondTheEnd(String range) {
        node.engine.put("/f", ByteBuffer.wrap("abcdefghij".getBytes(StandardCharsets.UTF_8)));
        var request = node.request("paths//f/download-file").header("Range", range).GET();
        var answer = node.send(request.build());
        assertThat(answer.statusCode()).isEqualTo(416);
        assertThat(answer.headers().firstValue("Content-Range")).contains("bytes */10");
        assertThat(RunningGateway.text(answer)).contains("OUT_OF_RANGE");
    }

    @Test
    void downloadNameCannotBreakTheHeader() {
        node.engine.put("/a\r\nX: \"b", ByteBuffer.allocate(1));
        var request = node.request("paths//a%0D%0AX:%20%22b/download-file").GET().build();
        var answer = node.send(request);
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename*=UTF-8''a%0D%0AX%3A%20%22b");
        assertThat(answer.headers().firstValue("X")).isEmpty();
    }

    @Test
    void headOfDownloadHasNoBody() {
        node.engine.put("/f", ByteBuffer.allocate(10));
        var request = node.request("paths//f/download-file").HEAD().build();
        var answer = node.send(request);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Length")).contains("10");
        assertThat(node.call("paths//f/exists", "")).isEqualTo("200 true");
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }
}
