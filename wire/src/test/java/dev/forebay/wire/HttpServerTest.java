package dev.forebay.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.Clock;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.Unavailable;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The listener, spoken to with raw sockets. */
class HttpServerTest {
    private static final HttpServer.Options OPTIONS =
            new HttpServer.Options(100, Duration.ofSeconds(5));

    private HttpServer server;

    @BeforeEach
    void start() {
        server = HttpServer.start(List.of(listener("one", 0, new EchoHandler())), OPTIONS);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void rawPathArrivesUntouched() throws IOException {
        for (String target :
                List.of(
                        "//a//b/",
                        "/a%2Fb",
                        "/a;b=c/d",
                        "/a%5Cb",
                        "/a%FFb",
                        "/./a/../b",
                        "/a%2e%2e/b",
                        "/alluxio://h:1/x",
                        "/a+b",
                        "/a%u0041",
                        "/a\\b|c")) {
            try (RawClient client = new RawClient(server.port("one"))) {
                client.send("GET " + target + "?q=a%zz+ HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(client.answer().body()).isEqualTo("GET " + target + " q=a%zz+ 0");
            }
        }
    }

    @Test
    void keepAliveAndPipelining() throws IOException {
        try (RawClient client = new RawClient(server.port("one"))) {
            client.send(post("/1", "abc") + post("/2", "") + post("/3", "defg"));
            assertThat(client.answer().body()).isEqualTo("POST /1 null 3");
            assertThat(client.answer().body()).isEqualTo("POST /2 null 0");
            assertThat(client.answer().body()).isEqualTo("POST /3 null 4");
        }
    }

    @Test
    void chunkedBodyIsCounted() throws IOException {
        try (RawClient client = new RawClient(server.port("one"))) {
            client.send("POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            client.send("3\r\nabc\r\n").send("2;x=y\r\nde\r\n").send("0\r\n\r\n");
            assertThat(client.answer().body()).isEqualTo("POST /c null 5");
        }
    }

    @Test
    void headersTooLargeGetJson() throws IOException {
        try (RawClient client = new RawClient(server.port("one"))) {
            client.send("GET / HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(40_000) + "\r\n\r\n");
            RawClient.Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(431);
            assertThat(answer.body()).startsWith("{\"status\":431");
            assertThat(answer.head()).contains("application/json");
        }
    }

    @Test
    void malformedRequestsGetJson() throws IOException {
        for (String request :
                List.of(
                        "rubbish\r\n\r\n",
                        "GET /a%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                        "GET /a%00 HTTP/1.1\r\nHost: x\r\n\r\n",
                        "GET /a% HTTP/1.1\r\nHost: x\r\n\r\n",
                        "GET / HTTP/1.1\r\n\r\n",
                        "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
                        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: a\r\n\r\n",
                        "GET / HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n",
                        "GET /\u00ff\u00fe HTTP/1.1\r\nHost: x\r\n\r\n",
                        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: foo\r\n\r\n")) {
            try (RawClient client = new RawClient(server.port("one"))) {
                client.send(request);
                client.endOutput();
                RawClient.Answer answer = client.answer();
                assertThat(answer.status()).as(request).isBetween(200, 505);
                if (answer.status() != 200) {
                    assertThat(answer.body()).as(request).startsWith("{\"status\":");
                }
            }
        }
    }

    @Test
    void halfSentBodyLeavesServerUnharmed() throws Exception {
        CountDownLatch broken = new CountDownLatch(1);
        try (HttpServer other =
                serve(
                        exchange -> {
                            try {
                                exchange.receive(_ -> {});
                            } catch (IOException e) {
                                broken.countDown();
                                throw e;
                            }
                        })) {
            try (RawClient client = new RawClient(other.port("one"))) {
                client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc");
                client.reset();
            }
            assertThat(broken.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void errorBeforeBodyIsReadReachesAClientThatSendsOn() throws IOException {
        try (HttpServer other = serve(HttpServerTest::refuse)) {
            try (RawClient client = new RawClient(other.port("one"))) {
                int length = 8 << 20;
                client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n\r\n");
                client.send(new byte[length]);
                RawClient.Answer answer = client.answer();
                assertThat(answer.status()).isEqualTo(500);
                assertThat(answer.head()).contains("Connection: close");
                assertThat(client.rest()).isEmpty();
            }
        }
    }

    @Test
    void errorBeforeShortBodyKeepsConnection() throws IOException {
        try (HttpServer other = serve(HttpServerTest::refuse);
                RawClient client = new RawClient(other.port("one"))) {
            client.send(post("/", "abc") + post("/", "def"));
            assertThat(client.answer().status()).isEqualTo(500);
            assertThat(client.answer().status()).isEqualTo(500);
        }
    }

    @Test
    void answerLeftShortBreaksConnection() throws IOException {
        HttpHandler handler =
                exchange -> {
                    exchange.begin(ResponseHead.BYTES, 10);
                    exchange.write(ByteBuffer.wrap(new byte[4]));
                };
        try (HttpServer other = serve(handler);
                RawClient client = new RawClient(other.port("one"))) {
            client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.head()).contains("Content-Length: 10");
            assertThat(client.rest()).hasSizeLessThan(6);
        }
    }

    @Test
    void handlerThatFailsAnswersJson() throws IOException {
        HttpHandler handler =
                _ -> {
                    throw new IllegalStateException("secret");
                };
        try (HttpServer other = serve(handler);
                RawClient client = new RawClient(other.port("one"))) {
            client.send(post("/", "") + post("/", ""));
            RawClient.Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).isEqualTo("{\"status\":500,\"message\":\"internal error\"}");
            assertThat(client.answer().status()).isEqualTo(500);
        }
    }

    @Test
    void longStreamGoesInChunksAndShortOneWithLength() throws IOException {
        HttpHandler handler =
                exchange -> {
                    int length = Integer.parseInt(exchange.rawPath().substring(1));
                    try (var out = exchange.stream(ResponseHead.JSON)) {
                        for (int i = 0; i < length; i++) {
                            out.write('a' + i % 26);
                        }
                    }
                };
        try (HttpServer other = serve(handler);
                RawClient client = new RawClient(other.port("one"))) {
            client.send("GET /1000 HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.answer().head()).contains("Content-Length: 1000");
            client.send("GET /300000 HTTP/1.1\r\nHost: x\r\n\r\n");
            RawClient.Answer answer = client.answer();
            assertThat(answer.head()).contains("chunked");
            assertThat(answer.body()).hasSize(300_000).startsWith("abc");
        }
    }

    @Test
    void pagesOfOtherSitesAreRefused() throws IOException {
        try (RawClient client = new RawClient(server.port("one"))) {
            client.send("GET /x HTTP/1.1\r\nHost: x:1\r\nOrigin: http://evil\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(403);
            client.send("GET /x HTTP/1.1\r\nHost: x:1\r\nOrigin: http://x:1\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void pagesOfTrustedSitesAreLetIn() throws IOException {
        HttpListener strict = listener("strict", 0, new EchoHandler());
        HttpListener trusting =
                new HttpListener(
                        "trusting",
                        strict.address(),
                        strict.handler(),
                        strict.errors(),
                        Set.of("http://page"));
        try (HttpServer other = HttpServer.start(List.of(strict, trusting), OPTIONS)) {
            assertThat(statusFrom("http://page", other.port("trusting"))).isEqualTo(200);
            assertThat(statusFrom("http://evil", other.port("trusting"))).isEqualTo(403);
            assertThat(statusFrom("http://page", other.port("strict"))).isEqualTo(403);
        }
    }

    private static int statusFrom(String origin, int port) throws IOException {
        try (RawClient client = new RawClient(port)) {
            client.send("GET /x HTTP/1.1\r\nHost: x:1\r\nOrigin: " + origin + "\r\n\r\n");
            return client.answer().status();
        }
    }

    @Test
    void headHasNoBody() throws IOException {
        try (RawClient client = new RawClient(server.port("one"))) {
            client.send("HEAD /x HTTP/1.1\r\nHost: x\r\n\r\nGET /y HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.head()).contains("Content-Length: 14");
            assertThat(client.answer().body()).isEqualTo("GET /y null 0");
        }
    }

    @Test
    void noServerVersionIsTold() throws IOException {
        try (RawClient client = new RawClient(server.port("one"))) {
            client.send("GET /x HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.head()).doesNotContain("Server:").doesNotContainIgnoringCase("jetty");
        }
    }

    @Test
    void takenPortNamesTheSettingAndNothingServes() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            ServerSocket free = new ServerSocket(0);
            int first = free.getLocalPort();
            free.close();
            assertThatThrownBy(
                            () ->
                                    HttpServer.start(
                                            List.of(
                                                    listener("a", first, new EchoHandler()),
                                                    listener(
                                                            "b",
                                                            taken.getLocalPort(),
                                                            new EchoHandler())),
                                            OPTIONS))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining("b.port=127.0.0.1:" + taken.getLocalPort());
            assertThatThrownBy(() -> new RawClient(first)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void runningRequestEndsBeforeStop() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        HttpServer other =
                serve(
                        exchange -> {
                            entered.countDown();
                            await(go);
                            new EchoHandler().handle(exchange);
                        });
        int port = other.port("one");
        try (RawClient client = new RawClient(port)) {
            client.send("GET /x HTTP/1.1\r\nHost: x\r\n\r\n");
            await(entered);
            Thread stopping = Thread.ofVirtual().start(other::close);
            // the request must end after the stop began, or this tests something else
            awaitRefused(port);
            go.countDown();
            assertThat(client.answer().status()).isEqualTo(200);
            assertThat(stopping.join(Duration.ofSeconds(4))).isTrue();
        }
    }

    @Test
    void idleConnectionsDoNotDelayTheStop() throws Exception {
        HttpServer other = serve(new EchoHandler());
        try (RawClient used = new RawClient(other.port("one"));
                RawClient unused = new RawClient(other.port("one"))) {
            used.send("GET /x HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(used.answer().status()).isEqualTo(200);
            Thread stopping = Thread.ofVirtual().start(other::close);
            assertThat(stopping.join(Duration.ofSeconds(1))).isTrue();
            assertThat(used.rest()).isEmpty();
            assertThat(unused.rest()).isEmpty();
        }
    }

    @Test
    void unknownListenerHasNoPort() {
        assertThatThrownBy(() -> server.port("two")).isInstanceOf(NotFound.class);
    }

    private static void awaitRefused(int port) throws Exception {
        for (int i = 0; i < 1000; i++) {
            try (RawClient probe = new RawClient(port)) {
                assertThat(probe).isNotNull();
            } catch (ConnectException e) {
                return;
            }
            Clock.system().sleep(Duration.ofMillis(5));
        }
        throw new AssertionError("the listener still accepts");
    }

    private static void refuse(HttpExchange exchange) throws IOException {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        exchange.respond(ResponseHead.JSON.withStatus(500), ByteBuffer.wrap(body));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String post(String path, String body) {
        return "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(path, body.length(), body);
    }

    private static HttpServer serve(HttpHandler handler) {
        return HttpServer.start(List.of(listener("one", 0, handler)), OPTIONS);
    }

    private static HttpListener listener(String name, int port, HttpHandler handler) {
        ErrorBody errors =
                (status, message) ->
                        "{\"status\":%d,\"message\":\"%s\"}"
                                .formatted(status, message)
                                .getBytes(StandardCharsets.UTF_8);
        return new HttpListener(
                name, new HttpListener.Address("127.0.0.1", port, name + ".port"), handler, errors);
    }

    /** Answers method, path, query and length of the body. */
    private static final class EchoHandler implements HttpHandler {
        @Override
        public void handle(HttpExchange exchange) throws IOException {
            long length = exchange.receive(_ -> {});
            String text =
                    exchange.method()
                            + " "
                            + exchange.rawPath()
                            + " "
                            + exchange.rawQuery().orElse("null")
                            + " "
                            + length;
            exchange.respond(
                    ResponseHead.of(200), ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
