package dev.forebay.understore.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A service whose every answer the test decides, for what a sound server never does. */
final class ScriptedServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    /** What was asked. */
    record Request(String method, String uri, String range, String condition) {}

    /** Answers one request. */
    interface Script {
        void answer(HttpExchange exchange, Request request) throws IOException;
    }

    ScriptedServer(Script script) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        exchange.getRequestBody().readAllBytes();
                        var headers = exchange.getRequestHeaders();
                        Request request =
                                new Request(
                                        exchange.getRequestMethod(),
                                        exchange.getRequestURI().toString(),
                                        String.valueOf(headers.getFirst("Range")),
                                        String.valueOf(headers.getFirst("If-Match")));
                        requests.add(request);
                        script.answer(exchange, request);
                    }
                });
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Request> requests() {
        return requests;
    }

    /** Sends an error as S3 does. */
    static void error(HttpExchange exchange, int status, String code) throws IOException {
        String body = "<Error><Code>" + code + "</Code><Message>no</Message></Error>";
        boolean head = exchange.getRequestMethod().equals("HEAD");
        byte[] bytes = head ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
        send(exchange, status, bytes, bytes.length);
    }

    /** Sends a body, which may be shorter than announced: then the connection breaks. */
    static void send(HttpExchange exchange, int status, byte[] body, int announced)
            throws IOException {
        exchange.sendResponseHeaders(status, announced == 0 ? -1 : announced);
        if (announced > 0) {
            exchange.getResponseBody().write(body);
            exchange.getResponseBody().flush();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
