package dev.forebay.gateway.alluxio;

import dev.forebay.base.Principal;
import dev.forebay.wire.AuditLog;
import dev.forebay.wire.HttpListener;
import dev.forebay.wire.HttpServer;
import dev.forebay.wire.RequestMetrics;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A gateway over the memory engine, listening on a free port. */
final class RunningGateway implements AutoCloseable {
    final MemoryFileEngine engine = new MemoryFileEngine();
    final MovedClock clock = new MovedClock();
    final List<RequestMetrics.Outcome> outcomes = new CopyOnWriteArrayList<>();
    final List<AuditLog.Entry> audit = new CopyOnWriteArrayList<>();
    final AlluxioGateway gateway;

    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    RunningGateway(int streamsMax) {
        var config =
                new AlluxioConfig(
                        new HttpListener.Address("127.0.0.1", 0, "alluxio.port"),
                        Principal.node("ann"),
                        AlluxioConfig.Worker.LOCAL,
                        streamsMax,
                        Duration.ofHours(1),
                        "1.2.3");
        gateway =
                new AlluxioGateway(
                        config, new AlluxioGateway.Parts(engine, clock, outcomes::add, audit::add));
        server = HttpServer.start(List.of(gateway.listener()), HttpServer.Options.DEFAULT);
    }

    int port() {
        return server.port(AlluxioGateway.NAME);
    }

    HttpResponse<byte[]> post(String path, byte[] body) {
        return send(request(path).POST(BodyPublishers.ofByteArray(body)).build());
    }

    HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/api/v1/" + path));
    }

    /** Posts options and gives back the answer's status line and body as one text. */
    String call(String path, String options) {
        HttpResponse<byte[]> answer = post(path, options.getBytes(StandardCharsets.UTF_8));
        return answer.statusCode() + " " + text(answer);
    }

    static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    /**
     * Stops listening, and returns when all requests are over, what is counted of them included: a
     * client can see an answer before that.
     */
    void settle() {
        server.close();
    }

    @Override
    public void close() {
        client.close();
        server.close();
        gateway.close();
    }
}
