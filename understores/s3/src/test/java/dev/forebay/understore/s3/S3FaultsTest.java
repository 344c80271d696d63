package dev.forebay.understore.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;

import dev.forebay.base.FilePath;
import dev.forebay.base.error.Conflict;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.OutOfSpace;
import dev.forebay.base.error.PermissionDenied;
import dev.forebay.base.error.Unavailable;
import dev.forebay.base.error.Unsupported;
import dev.forebay.understore.UnderStore;
import dev.forebay.understore.UnderWriter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** What a service that fails is to callers, and in what time. */
@Timeout(60)
class S3FaultsTest {
    private static final String SECRET = "wJalrXUtnFEMI-very-secret";
    private static final String TOKEN = "session-token-very-secret";
    private static final FilePath FILE = FilePath.parse("/file");
    private static final byte[] CONTENT = "0123456789".getBytes(StandardCharsets.UTF_8);

    private static UnderStore open(String endpoint) {
        return new S3UnderStoreFactory().open("s3://bucket", properties(endpoint));
    }

    private static Map<String, String> properties(String endpoint) {
        return Map.of(
                "endpoint", endpoint,
                "region", "us-east-1",
                "access-key", "access",
                "secret-key", SECRET,
                "session-token", TOKEN,
                "connect-timeout", "500ms",
                "read-timeout", "500ms",
                "tries", "2");
    }

    /** A store over a script that begins after the look at mount. */
    private static UnderStore mounted(ScriptedServer server) {
        S3Settings settings = S3Settings.parse(properties(server.endpoint()));
        S3Sizes sizes = new S3Sizes(8, 1000, 1 << 20, 1000);
        S3Bucket bucket = new S3Bucket(S3Clients.of(settings), "bucket", settings, sizes);
        S3Keys keys = S3Keys.parse("s3://bucket");
        return new S3UnderStore("s3://bucket", keys, bucket, sizes);
    }

    @Test
    void nobodyListeningIsUnavailable() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }

        Throwable error = catchThrowable(() -> open("http://127.0.0.1:" + port));
        assertThat(error).isInstanceOf(Unavailable.class);
        assertHoldsNoSecret(error);
    }

    @Test
    void serviceThatNeverAnswersIsUnavailable() throws IOException {
        try (ServerSocket silent = new ServerSocket(0)) {
            Throwable error =
                    catchThrowable(() -> open("http://127.0.0.1:" + silent.getLocalPort()));

            assertThat(error).isInstanceOf(Unavailable.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "403, AccessDenied, PermissionDenied",
        "403, InvalidAccessKeyId, PermissionDenied",
        "403, SignatureDoesNotMatch, PermissionDenied",
        "400, ExpiredToken, PermissionDenied",
        "400, AuthorizationHeaderMalformed, Invalid",
        "400, InvalidRequest, Invalid",
        "404, NoSuchBucket, Invalid",
        "405, MethodNotAllowed, Unsupported",
        "409, OperationAborted, Conflict",
        "429, SlowDown, Unavailable",
        "500, InternalError, Unavailable",
        "501, NotImplemented, Unsupported",
        "503, SlowDown, Unavailable",
        "507, XMinioStorageFull, OutOfSpace",
    })
    void errorsAtMountAreTyped(int status, String code, String type) throws IOException {
        try (ScriptedServer server =
                new ScriptedServer(
                        (exchange, request) -> ScriptedServer.error(exchange, status, code))) {
            Throwable error = catchThrowable(() -> open(server.endpoint()));

            assertThat(error).isInstanceOf(ForebayException.class);
            assertThat(error.getClass().getSimpleName()).isEqualTo(type);
            assertHoldsNoSecret(error);
            assertThat(server.requests()).hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void failureIsTriedAgainAsOftenAsTheProperty() throws IOException {
        AtomicInteger count = new AtomicInteger();
        try (ScriptedServer server =
                new ScriptedServer(
                        (exchange, request) -> {
                            if (count.incrementAndGet() == 1) {
                                ScriptedServer.error(exchange, 503, "SlowDown");
                            } else {
                                head(exchange);
                            }
                        })) {
            assertThat(mounted(server).stat(FILE)).isPresent();
            assertThat(count).hasValue(2);
        }
    }

    @Test
    void streamThatBreaksGoesOnWhereItBroke() throws IOException {
        try (ScriptedServer server =
                new ScriptedServer(
                        (exchange, request) -> {
                            int from = Character.digit(request.range().charAt(6), 10);
                            // three bytes at a time, then the connection breaks
                            range(exchange, from, Math.min(3, CONTENT.length - from));
                        })) {
            try (InputStream stream = mounted(server).open(FILE, new UnderStore.Range(0, 10))) {
                assertThat(stream.readAllBytes()).isEqualTo(CONTENT);
            }
            assertThat(server.requests())
                    .extracting(ScriptedServer.Request::range)
                    .containsExactly("bytes=0-9", "bytes=3-9", "bytes=6-9", "bytes=9-9");
            assertThat(server.requests())
                    .extracting(ScriptedServer.Request::condition)
                    .containsExactly("null", "\"tag\"", "\"tag\"", "\"tag\"");
        }
    }

    @Test
    void streamThatKeepsBreakingIsAnErrorNotAnEnd() throws IOException {
        try (ScriptedServer server =
                new ScriptedServer((exchange, request) -> range(exchange, 0, 0))) {
            InputStream stream = mounted(server).open(FILE, new UnderStore.Range(0, 10));

            assertThatThrownBy(stream::readAllBytes).isInstanceOf(IOException.class);
            stream.close();
        }
    }

    @Test
    void objectThatChangesDuringAReadIsAnError() throws IOException {
        try (ScriptedServer server =
                new ScriptedServer(
                        (exchange, request) -> {
                            if (request.condition().equals("null")) {
                                range(exchange, 0, 3);
                            } else {
                                ScriptedServer.error(exchange, 412, "PreconditionFailed");
                            }
                        })) {
            InputStream stream = mounted(server).open(FILE, new UnderStore.Range(0, 10));

            assertThatThrownBy(stream::readAllBytes).isInstanceOf(IOException.class);
            stream.close();
        }
    }

    @Test
    void serviceThatIgnoresRangesIsRefused() throws IOException {
        try (ScriptedServer server =
                new ScriptedServer(
                        (exchange, request) -> ScriptedServer.send(exchange, 200, CONTENT, 10))) {
            UnderStore store = mounted(server);

            assertThatThrownBy(() -> store.open(FILE, new UnderStore.Range(2, 3)))
                    .isInstanceOf(Unsupported.class);
            try (InputStream stream = store.open(FILE, new UnderStore.Range(0, 3))) {
                assertThat(stream.readAllBytes()).hasSize(3);
            }
        }
    }

    @Test
    void refusedReadIsNeverAnEmptyFile() throws IOException {
        try (ScriptedServer server =
                new ScriptedServer(
                        (exchange, request) -> {
                            if (request.method().equals("HEAD")) {
                                head(exchange);
                            } else {
                                ScriptedServer.error(exchange, 400, "InvalidRequest");
                            }
                        })) {
            assertThatThrownBy(() -> mounted(server).open(FILE, new UnderStore.Range(0, 10)))
                    .isInstanceOf(Invalid.class);
        }
    }

    @Test
    void lostAnswerToACompletionIsFoundOut() throws IOException {
        // 16 bytes of 0 in parts of 8; the tag is the MD5 of their MD5s
        String tag = tagOfTwoParts();
        AtomicInteger completions = new AtomicInteger();
        try (ScriptedServer server =
                new ScriptedServer(
                        (exchange, request) -> {
                            if (request.uri().contains("list-type")) {
                                xml(exchange, "<ListBucketResult></ListBucketResult>");
                            } else if (request.uri().endsWith("?uploads")) {
                                xml(
                                        exchange,
                                        "<InitiateMultipartUploadResult><UploadId>id</UploadId>"
                                                + "</InitiateMultipartUploadResult>");
                            } else if (request.method().equals("HEAD")) {
                                exchange.getResponseHeaders().set("ETag", '"' + tag + '"');
                                exchange.getResponseHeaders().set("Content-Length", "16");
                                exchange.sendResponseHeaders(200, -1);
                            } else if (request.method().equals("PUT")) {
                                exchange.getResponseHeaders().set("ETag", "\"part\"");
                                ScriptedServer.send(exchange, 200, new byte[0], 0);
                            } else if (completions.incrementAndGet() == 1) {
                                ScriptedServer.error(exchange, 500, "InternalError");
                            } else {
                                ScriptedServer.error(exchange, 404, "NoSuchUpload");
                            }
                        })) {
            try (UnderWriter writer = mounted(server).create(FILE)) {
                writer.write(ByteBuffer.allocate(16));
                assertThat(writer.commit().fingerprint()).isEqualTo(tag);
            }
            assertThat(completions).hasValue(2);
        }
    }

    @Test
    void copyOfAChangedFileIsRefusedAndNothingIsDeleted() throws IOException {
        try (ScriptedServer server =
                new ScriptedServer(
                        (exchange, request) -> {
                            var headers = exchange.getRequestHeaders();
                            boolean asked =
                                    "\"tag\""
                                            .equals(headers.getFirst("x-amz-copy-source-if-match"));
                            if (request.method().equals("HEAD")) {
                                if (request.uri().endsWith("/file")) {
                                    head(exchange);
                                } else {
                                    ScriptedServer.error(exchange, 404, "NoSuchKey");
                                }
                            } else if (request.uri().contains("list-type")) {
                                xml(exchange, "<ListBucketResult></ListBucketResult>");
                            } else {
                                ScriptedServer.error(
                                        exchange, asked ? 412 : 500, "PreconditionFailed");
                            }
                        })) {
            assertThatThrownBy(() -> mounted(server).rename(FILE, FilePath.parse("/other")))
                    .isInstanceOf(Conflict.class);
            assertThat(server.requests())
                    .extracting(ScriptedServer.Request::method)
                    .doesNotContain("DELETE");
        }
    }

    @Test
    void fullServiceIsOutOfSpaceAtCommit() throws IOException {
        try (ScriptedServer server =
                new ScriptedServer(
                        (exchange, request) -> {
                            if (request.uri().contains("list-type")) {
                                xml(exchange, "<ListBucketResult></ListBucketResult>");
                            } else {
                                ScriptedServer.error(exchange, 507, "XMinioStorageFull");
                            }
                        })) {
            UnderWriter writer = mounted(server).create(FILE);
            assertThatThrownBy(writer::commit).isInstanceOf(OutOfSpace.class);
            writer.close();
        }
    }

    @Test
    void secretsAreInNoText() throws IOException {
        S3Settings settings = S3Settings.parse(properties("http://127.0.0.1:1"));
        assertThat(settings.toString()).doesNotContain(SECRET, TOKEN);
        assertThat(S3Clients.of(settings).toString()).doesNotContain(SECRET, TOKEN);
        try (ScriptedServer server =
                new ScriptedServer(
                        (exchange, request) ->
                                ScriptedServer.error(exchange, 403, "AccessDenied"))) {
            UnderStore store = mounted(server);
            assertThat(store.toString()).doesNotContain(SECRET, TOKEN);
            Throwable error = catchThrowable(() -> store.stat(FILE));
            assertThat(error).isInstanceOf(PermissionDenied.class);
            assertHoldsNoSecret(error);
        }
    }

    private static void head(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("ETag", "\"tag\"");
        exchange.getResponseHeaders().set("Content-Length", "10");
        exchange.sendResponseHeaders(200, -1);
    }

    /** Announces all from {@code from} on and sends {@code count} bytes. */
    private static void range(HttpExchange exchange, int from, int count) throws IOException {
        exchange.getResponseHeaders().set("ETag", "\"tag\"");
        exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-9/10");
        byte[] body =
                new String(CONTENT, from, count, StandardCharsets.UTF_8)
                        .getBytes(StandardCharsets.UTF_8);
        ScriptedServer.send(exchange, 206, body, CONTENT.length - from);
    }

    private static void xml(HttpExchange exchange, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        ScriptedServer.send(exchange, 200, body, body.length);
    }

    private static String tagOfTwoParts() {
        var part = S3Part.md5Digest().digest(new byte[8]);
        var all = S3Part.md5Digest();
        all.update(part);
        all.update(part);
        return HexFormat.of().formatHex(all.digest()) + "-2";
    }

    private static void assertHoldsNoSecret(Throwable error) {
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain(SECRET, TOKEN);
    }
}
