package dev.forebay.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.arena.ArenaOptions;
import dev.forebay.arena.HeapArena;
import dev.forebay.base.BlockId;
import dev.forebay.base.Clock;
import dev.forebay.base.FilePath;
import dev.forebay.base.ObjectId;
import dev.forebay.base.Principal;
import dev.forebay.base.error.NotFound;
import dev.forebay.block.MemoryBlockStore;
import dev.forebay.files.CreateOptions;
import dev.forebay.files.FileSpaces;
import dev.forebay.files.FilesConfig;
import dev.forebay.files.NodeFileEngine;
import dev.forebay.meta.MemoryMetaStore;
import dev.forebay.objects.LentFile;
import dev.forebay.objects.NodeObjectEngine;
import dev.forebay.objects.ObjectSession;
import dev.forebay.objects.ObjectsConfig;
import dev.forebay.wire.AuditLog;
import dev.forebay.wire.HttpExchange.Traffic;
import dev.forebay.wire.HttpListener;
import dev.forebay.wire.HttpServer;
import dev.forebay.wire.Json;
import dev.forebay.wire.JsonValue;
import dev.forebay.wire.RequestMetrics;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

class AdminGatewayTest {
    private final OneMountEngine engine = new OneMountEngine();
    private final PrometheusMetrics metrics = new PrometheusMetrics();
    private final List<AuditLog.Entry> audit = new CopyOnWriteArrayList<>();
    private final List<String> ailments = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final HeapArena arena = HeapArena.open(ArenaOptions.of(1_000_000));
    private final NodeObjectEngine objects =
            NodeObjectEngine.open(arena, ObjectsConfig.DEFAULT, Clock.system());
    private final HeapArena memory = HeapArena.open(ArenaOptions.of(1_000_000));
    private final NodeFileEngine files =
            NodeFileEngine.open(
                    new NodeFileEngine.Stores(
                            new MemoryMetaStore(FileSpaces.all(), Clock.system()),
                            new MemoryBlockStore(1_000_000),
                            memory,
                            List.of()),
                    FilesConfig.DEFAULT,
                    Clock.system(),
                    Principal.node("ann"));
    private HttpServer server;

    @BeforeEach
    void start() {
        var status =
                new NodeStatus(
                        "1.2.3",
                        77,
                        1000,
                        5000,
                        List.of(new NodeStatus.Listening("alluxio", "http", "127.0.0.1", 39999)),
                        "/data",
                        new NodeStatus.Arena(100, 40, 2, "/proc/1/fd/2", List.of(100, 0, 7)),
                        Map.of("s3.secret-key", "hush", "kv.path", "/x", "u", "s3://a:hush@b"));
        var gateway =
                new AdminGateway(
                        new AdminGateway.Parts(
                                engine,
                                new AdminGateway.Objects(objects, AdminGatewayTest::lend),
                                files.snapshots(),
                                Clock.system(),
                                metrics,
                                audit::add),
                        new AdminGateway.Node(
                                Principal.node("ann"),
                                () -> status,
                                () -> List.copyOf(ailments),
                                List::of));
        var address = new HttpListener.Address("127.0.0.1", 0, "admin.port");
        server = HttpServer.start(List.of(gateway.listener(address)), HttpServer.Options.DEFAULT);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
        objects.close();
        arena.close();
        files.close();
        memory.close();
    }

    @Test
    void snapshotsAreMadeToldAndRemoved() {
        files.createDirectory(Principal.node("ann"), FilePath.parse("/d"), CreateOptions.DEFAULT);
        assertThat(post("/api/snapshots/create?path=/d"))
                .startsWith("409 ")
                .contains("FAILED_PRECONDITION");
        assertThat(post("/api/snapshots/allow?path=/d")).isEqualTo("200 {}");
        assertThat(post("/api/snapshots/create?path=/d&name=s"))
                .isEqualTo("200 {\"path\":\"/d/.snapshot/s\"}");
        assertThat(get("/api/snapshots"))
                .isEqualTo("200 [{\"path\":\"/d\",\"count\":1,\"countMax\":65536}]");
        files.createDirectory(Principal.node("ann"), FilePath.parse("/d/e"), CreateOptions.DEFAULT);
        assertThat(get("/api/snapshots/diff?path=/d&from=s"))
                .isEqualTo(
                        "200 [{\"kind\":\"MODIFIED\",\"path\":\"\"},"
                                + "{\"kind\":\"CREATED\",\"path\":\"e\"}]");
        assertThat(post("/api/snapshots/rename?path=/d&name=s&other=t")).isEqualTo("200 {}");
        assertThat(get("/api/snapshots?path=/d"))
                .contains("\"name\":\"t\",\"path\":\"/d/.snapshot/t\",\"createdMillis\":");
        assertThat(post("/api/snapshots/delete?path=/d&name=s")).startsWith("404 ");
        assertThat(post("/api/snapshots/delete?path=/d")).startsWith("400 ");
        assertThat(post("/api/snapshots/delete?path=/d&name=t")).isEqualTo("200 {}");
        assertThat(post("/api/snapshots/disallow?path=/d")).isEqualTo("200 {}");
        assertThat(get("/api/snapshots")).isEqualTo("200 []");
        assertThat(get("/api/snapshots/create")).startsWith("405 ");
    }

    private static LentFile lend(Principal caller, FilePath path, boolean load) {
        if (path.toString().equals("/none")) {
            throw new NotFound("path does not exist", path);
        }
        assertThat(caller.user()).isEqualTo("ann");
        return new LentFile(
                path,
                load ? "7.1" : "7.2",
                300,
                256,
                List.of(new ObjectId(1, 2, 3), new ObjectId(-1, 2, 3)),
                List.of(new BlockId(5), new BlockId(6)));
    }

    @Test
    void lendTellsTheObjectsOfAFile() {
        assertThat(post("/api/lend?path=/a&load=false")).contains("\"generation\":\"7.2\"");
        assertThat(post("/api/lend?path=/a+b"))
                .isEqualTo(
                        "200 {\"path\":\"/a b\",\"generation\":\"7.1\",\"length\":300,"
                                + "\"blockSize\":256,\"blocks\":["
                                + "\"0000000000000001000000000000000200000003\","
                                + "\"ffffffffffffffff000000000000000200000003\"],"
                                + "\"numbers\":[5,6]}");
        server.close(); // returns when the request is over, its audit entry included
        assertThat(audit.getLast().operation().path()).isEqualTo("/a b");
    }

    @Test
    void statusTellsOfObjectsAndMemory() {
        ObjectSession session = objects.open(Principal.node("bob").withOrigin("pid-12"));
        session.create(new ObjectSession.Request(new ObjectId(1, 2, 3), 20, 10));
        assertThat(get("/status"))
                .contains(
                        "\"arena\":{\"capacityBytes\":100,\"usedBytes\":40,"
                                + "\"freeRanges\":2,\"map\":[100,0,7],"
                                + "\"file\":\"/proc/1/fd/2\"}")
                .contains(
                        "\"objects\":{\"objects\":1,\"bytes\":30,\"referenced\":1,"
                                + "\"evictions\":0,\"evictedBytes\":0,\"spilled\":0,"
                                + "\"spills\":0,\"sessions\":[{\"user\":\"bob\","
                                + "\"origin\":\"pid-12\",\"references\":1,\"bytes\":30}]}");
    }

    @Test
    void healthTurnsWithReasons() {
        assertThat(get("/health")).isEqualTo("200 {\"status\":\"ok\"}");
        ailments.add("disk is full");
        assertThat(get("/health"))
                .isEqualTo("503 {\"status\":\"not ok\",\"reasons\":[\"disk is full\"]}");
        assertThat(get("/ready")).isEqualTo("200 {\"status\":\"ready\"}");
    }

    @Test
    void statusHasTheAgreedShapeAndNoSecret() {
        String answer = get("/status");
        assertThat(answer)
                .contains("\"version\":\"1.2.3\"")
                .contains(
                        "\"gateways\":[{\"name\":\"alluxio\",\"protocol\":\"http\","
                                + "\"host\":\"127.0.0.1\",\"port\":39999}]")
                .contains("\"dataDirectory\":\"/data\"")
                .contains("\"memoryUsed\":40")
                .contains("\"kv.path\":\"/x\"")
                .contains("\"s3.secret-key\":\"***\"")
                .contains("\"uri\":\"s3://***@bucket/x\"")
                .doesNotContain("hush")
                .doesNotContain("hidden");
        assertThat(json(answer).members()).containsKeys("usage", "mounts", "configuration", "pid");
    }

    @Test
    void mountsAndUsage() {
        assertThat(get("/api/mounts"))
                .isEqualTo(
                        "200 [{\"id\":2,\"path\":\"/m\",\"uri\":\"s3://***@bucket/x\","
                                + "\"readOnly\":true,\"shared\":false,"
                                + "\"propertyNames\":[\"s3.secret-key\"]}]");
        assertThat(get("/api/usage"))
                .isEqualTo(
                        "200 {\"memoryCapacity\":100,\"memoryUsed\":40,\"diskFree\":1000,"
                                + "\"diskUsed\":77}");
    }

    @Test
    void loadCallsTheEngineAndIsAudited() {
        assertThat(post("/api/load?path=/a+b%2Bc&recursive=true")).isEqualTo("200 {}");
        assertThat(engine.loaded).containsExactly("/a b+c true");
        server.close(); // returns when the request is over, its audit entry included
        assertThat(audit.getLast().operation().path()).isEqualTo("/a b+c");
        assertThat(audit.getLast().operation().outcome()).isEqualTo("OK");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nothing, 404, NOT_FOUND",
        "GET, //health, 404, NOT_FOUND",
        "POST, /health, 405, UNIMPLEMENTED",
        "GET, /api/load?path=/a, 405, UNIMPLEMENTED",
        "POST, /api/load, 400, INVALID_ARGUMENT",
        "POST, /api/load?path=a, 400, INVALID_ARGUMENT",
        "POST, /api/load?path=/none, 404, NOT_FOUND",
        "POST, /api/lend, 400, INVALID_ARGUMENT",
        "POST, /api/lend?path=/none, 404, NOT_FOUND",
        "GET, /api/lend?path=/a, 405, UNIMPLEMENTED",
    })
    void refusalsAreErrorObjects(String method, String path, int httpStatus, String status) {
        String answer = method.equals("GET") ? get(path) : post(path);
        assertThat(answer).startsWith(httpStatus + " ");
        assertThat(json(answer).find("status")).contains(new JsonValue.Text(status));
        assertThat(json(answer).find("statusCode")).contains(new JsonValue.Text(status));
        assertThat(engine.loaded).isEmpty();
    }

    @Test
    void metricsOfEachGateway() {
        metrics.gauge("forebay_test_things", "Things", () -> 42);
        metrics.record(outcome("read", "OK"));
        metrics.record(outcome("read", "DATA_LOSS"));
        assertThat(get("/metrics"))
                .contains("forebay_requests_total{gateway=\"g\",operation=\"read\"} 2.0")
                .contains("forebay_request_errors_total{gateway=\"g\",type=\"DATA_LOSS\"} 1.0")
                .contains("forebay_request_seconds_bucket{gateway=\"g\",le=\"0.003\"} 2")
                .contains("forebay_received_bytes_total{gateway=\"g\"} 6.0")
                .contains("forebay_sent_bytes_total{gateway=\"g\"} 8.0")
                .contains("forebay_process_heap_used_bytes")
                .contains("forebay_test_things 42.0");
    }

    @Test
    void pageForPeopleNeedsNothingFromOutside() {
        assertThat(get("/"))
                .contains("<td>alluxio</td><td>http</td><td>127.0.0.1:39999</td>")
                .doesNotContain("src=")
                .doesNotContain("http://");
    }

    private static RequestMetrics.Outcome outcome(String operation, String status) {
        return new RequestMetrics.Outcome("g", operation, status, 2_000_000, new Traffic(3, 4));
    }

    private static JsonValue.Members json(String answer) {
        return Json.parseObject(answer.substring(4).getBytes(StandardCharsets.UTF_8));
    }

    private String get(String path) {
        return send(request(path).GET().build());
    }

    private String post(String path) {
        return send(request(path).POST(BodyPublishers.noBody()).build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.port(AdminGateway.NAME) + path));
    }

    private String send(HttpRequest request) {
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
