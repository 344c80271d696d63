package dev.forebay.gateway.webhdfs;

import dev.forebay.arena.ArenaOptions;
import dev.forebay.arena.HeapArena;
import dev.forebay.base.Clock;
import dev.forebay.base.Closer;
import dev.forebay.base.DataSize;
import dev.forebay.base.Principal;
import dev.forebay.base.Randomness;
import dev.forebay.block.MemoryBlockStore;
import dev.forebay.files.FileSpaces;
import dev.forebay.files.FilesConfig;
import dev.forebay.files.NodeFileEngine;
import dev.forebay.meta.MemoryMetaStore;
import dev.forebay.tokens.DelegationTokens;
import dev.forebay.tokens.TokenSpaces;
import dev.forebay.tokens.TokensConfig;
import dev.forebay.understore.MemoryUnderStoreFactory;
import dev.forebay.wire.AuditLog;
import dev.forebay.wire.HttpListener;
import dev.forebay.wire.HttpServer;
import dev.forebay.wire.RequestMetrics;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A gateway over an engine in memory, listening on a free port. */
final class RunningGateway implements AutoCloseable {
    static final Principal NODE = Principal.node("ann");
    static final String PAGE = "http://page.example";

    final List<RequestMetrics.Outcome> outcomes = new CopyOnWriteArrayList<>();
    final List<AuditLog.Entry> audit = new CopyOnWriteArrayList<>();
    final NodeFileEngine engine;
    final WebHdfsGateway gateway;
    final DelegationTokens tokens;

    private final Closer closer = new Closer();
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    RunningGateway() {
        this(Optional.empty(), Set.of());
    }

    RunningGateway(Optional<String> advertised, Set<String> corsOrigins) {
        this(Clock.system(), advertised, corsOrigins);
    }

    RunningGateway(Clock clock, Optional<String> advertised, Set<String> corsOrigins) {
        this(clock, advertised, corsOrigins, WebHdfsConfig.Identity.of(NODE, Set.of("proxy")));
    }

    /** For requests with tokens only. */
    static RunningGateway guarded() {
        WebHdfsConfig.Identity open = WebHdfsConfig.Identity.of(NODE, Set.of("proxy"));
        return new RunningGateway(
                Clock.system(),
                Optional.empty(),
                Set.of(),
                new WebHdfsConfig.Identity(
                        open.node(),
                        open.users(),
                        open.proxyUsers(),
                        true,
                        Set.of("ann", "proxy")));
    }

    private RunningGateway(
            Clock clock,
            Optional<String> advertised,
            Set<String> corsOrigins,
            WebHdfsConfig.Identity identity) {
        tokens = tokens(clock);
        engine =
                closer.register(
                        NodeFileEngine.open(
                                new NodeFileEngine.Stores(
                                        new MemoryMetaStore(FileSpaces.all(), clock),
                                        new MemoryBlockStore(64 << 20),
                                        closer.register(HeapArena.open(ArenaOptions.of(8 << 20))),
                                        List.of(
                                                new MemoryUnderStoreFactory(
                                                        clock, new DataSize(1 << 20)))),
                                FilesConfig.DEFAULT,
                                clock,
                                NODE));
        var config =
                new WebHdfsConfig(
                        new HttpListener.Address("127.0.0.1", 0, "webhdfs.port"),
                        identity,
                        advertised,
                        corsOrigins,
                        new DataSize(1 << 20));
        gateway =
                closer.register(
                        new WebHdfsGateway(
                                config,
                                new WebHdfsGateway.Parts(
                                        engine, tokens, clock, outcomes::add, audit::add)));
        server =
                closer.register(
                        HttpServer.start(List.of(gateway.listener()), HttpServer.Options.DEFAULT));
        closer.register(client);
    }

    static DelegationTokens tokens(Clock clock) {
        return DelegationTokens.open(
                new MemoryMetaStore(TokenSpaces.all(), clock),
                clock,
                Randomness.secure(),
                TokensConfig.DEFAULT);
    }

    int port() {
        return server.port(WebHdfsGateway.NAME);
    }

    /** A request with a path and a query, such as {@code /f?op=OPEN}. */
    HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port() + "/webhdfs/v1" + target));
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends a request and gives back the answer's status and body as one text. */
    String call(String method, String target) {
        return call(method, target, "");
    }

    String call(String method, String target, String body) {
        var publisher = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        HttpResponse<String> answer = send(request(target).method(method, publisher).build());
        return answer.statusCode() + " " + answer.body();
    }

    void write(String path, String text) {
        if (!call("PUT", path + "?op=CREATE&overwrite=true&data=true", text).startsWith("201")) {
            throw new AssertionError("not written: " + path);
        }
    }

    String read(String path) {
        return call("GET", path + "?op=OPEN");
    }

    /** Sends bytes, ends the output, and reads until the server closes the connection. */
    String exchange(String bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            InputStream input = socket.getInputStream();
            return new String(input.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
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
        closer.close();
    }
}
