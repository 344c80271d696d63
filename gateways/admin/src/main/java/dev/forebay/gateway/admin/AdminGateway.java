package dev.forebay.gateway.admin;

import dev.forebay.base.Clock;
import dev.forebay.base.FilePath;
import dev.forebay.base.Principal;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Internal;
import dev.forebay.base.error.Invalid;
import dev.forebay.files.FileEngine;
import dev.forebay.files.Snapshots;
import dev.forebay.objects.Lender;
import dev.forebay.objects.LentFile;
import dev.forebay.objects.ObjectEngine;
import dev.forebay.objects.ObjectStatistics;
import dev.forebay.objects.SessionStatus;
import dev.forebay.wire.AuditLog;
import dev.forebay.wire.HttpExchange;
import dev.forebay.wire.HttpListener;
import dev.forebay.wire.QueryParameters;
import dev.forebay.wire.RequestMetrics;
import dev.forebay.wire.RequestRecorder;
import dev.forebay.wire.ResponseHead;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The admin listener. Safe for use by many threads.
 *
 * <table>
 * <caption>Calls</caption>
 * <tr><td>GET /</td><td>a page for people</td></tr>
 * <tr><td>GET /health</td><td>200 while the node works, 503 with reasons otherwise</td></tr>
 * <tr><td>GET /ready</td><td>200 while all gateways answer, 503 otherwise</td></tr>
 * <tr><td>GET /metrics</td><td>text format of Prometheus</td></tr>
 * <tr><td>GET /status</td><td>what runs where, with which settings</td></tr>
 * <tr><td>GET /api/mounts</td><td>all mounts</td></tr>
 * <tr><td>GET /api/usage</td><td>space</td></tr>
 * <tr><td>POST /api/load?path=P&amp;recursive=B</td><td>brings files into memory</td></tr>
 * <tr><td>POST /api/lend?path=P&amp;load=B</td><td>makes objects of the blocks of a file</td></tr>
 * <tr><td>GET /api/snapshots?path=P</td><td>snapshots of a directory; which may have some</td></tr>
 * <tr><td>GET /api/snapshots/diff?path=P&amp;from=A&amp;to=B</td><td>what differs</td></tr>
 * <tr><td>POST /api/snapshots/(allow, disallow, create, rename, delete)</td><td>changes</td></tr>
 * </table>
 */
public final class AdminGateway {
    /** The gateway's name in metrics, audit and status. */
    public static final String NAME = "admin";

    /** The port, unless configured otherwise. */
    public static final int PORT = 8900;

    private static final Logger LOG = LoggerFactory.getLogger(AdminGateway.class);

    private final Parts parts;
    private final Node node;
    private final RequestRecorder recorder;
    private final Map<String, Endpoint> endpoints = new HashMap<>();

    /**
     * What the gateway works with.
     *
     * @param engine the namespace
     * @param objects the objects
     * @param snapshots of directories
     * @param clock for the duration of requests
     * @param metrics counts requests, and is what is shown
     * @param audit keeps who did what
     */
    public record Parts(
            FileEngine engine,
            Objects objects,
            Snapshots snapshots,
            Clock clock,
            PrometheusMetrics metrics,
            AuditLog audit) {}

    /**
     * The objects.
     *
     * @param engine whose figures are shown
     * @param lender makes objects of files
     */
    public record Objects(ObjectEngine engine, Lender lender) {}

    /**
     * What the node tells.
     *
     * @param principal who every request acts as
     * @param status asked at each request
     * @param ailments why the node does not work as it should; empty when it does
     * @param unready why not all gateways answer yet or any more; empty when they do
     */
    public record Node(
            Principal principal,
            Supplier<NodeStatus> status,
            Supplier<List<String>> ailments,
            Supplier<List<String>> unready) {}

    /** Creates the gateway. */
    public AdminGateway(Parts parts, Node node) {
        this.parts = parts;
        this.node = node;
        this.recorder = new RequestRecorder(NAME, parts.clock(), parts.metrics(), parts.audit());
        endpoints.putAll(
                Map.of(
                        "/", new Endpoint("home", "GET", this::home),
                        "/health", new Endpoint("health", "GET", this::health),
                        "/ready", new Endpoint("ready", "GET", this::ready),
                        "/metrics", new Endpoint("metrics", "GET", this::metrics),
                        "/status", new Endpoint("status", "GET", this::status),
                        "/api/mounts", new Endpoint("mounts", "GET", this::mounts),
                        "/api/usage", new Endpoint("usage", "GET", this::usage),
                        "/api/load", new Endpoint("load", "POST", this::load),
                        "/api/lend", new Endpoint("lend", "POST", this::lend)));
        endpoints.putAll(snapshots(new SnapshotCalls(parts.snapshots())));
    }

    private static Map<String, Endpoint> snapshots(SnapshotCalls calls) {
        String path = "/api/snapshots";
        return Map.of(
                path,
                new Endpoint("snapshots", "GET", calls::list),
                path + "/diff",
                new Endpoint("snapshots-diff", "GET", calls::compare),
                path + "/allow",
                new Endpoint("snapshots-allow", "POST", calls::allow),
                path + "/disallow",
                new Endpoint("snapshots-disallow", "POST", calls::disallow),
                path + "/create",
                new Endpoint("snapshots-create", "POST", calls::create),
                path + "/rename",
                new Endpoint("snapshots-rename", "POST", calls::rename),
                path + "/delete",
                new Endpoint("snapshots-delete", "POST", calls::delete));
    }

    /** What to give to the HTTP server. */
    public HttpListener listener(HttpListener.Address address) {
        return new HttpListener(
                NAME,
                address,
                this::handle,
                (status, message) -> AdminError.ofHttp(status, message).json());
    }

    /** One call by its path. */
    private record Endpoint(String operation, String method, Action action) {}

    /** Answers one request. */
    @FunctionalInterface
    private interface Action {
        void run(Request request) throws IOException;
    }

    private void handle(HttpExchange exchange) throws IOException {
        long begin = recorder.begin();
        Request request = new Request(exchange, node.principal());
        Endpoint endpoint = endpoints.get(exchange.rawPath());
        String outcome = "INTERNAL";
        try {
            outcome = answer(request, endpoint);
        } catch (IOException e) {
            outcome = RequestRecorder.CANCELED;
            throw e;
        } finally {
            String operation = endpoint == null ? "unknown" : endpoint.operation();
            var asked = new RequestRecorder.Asked(operation, request.path(), Optional.empty());
            var span = new RequestRecorder.Span(begin, exchange.traffic());
            recorder.record(request.caller(), asked, outcome, span);
        }
    }

    private static String answer(Request request, @Nullable Endpoint endpoint) throws IOException {
        AdminError error;
        String method = request.exchange().method();
        if (endpoint == null) {
            error = AdminError.ofHttp(404, "no such endpoint: " + request.exchange().rawPath());
        } else if (!method.equals(endpoint.method())) {
            error = AdminError.ofHttp(405, "method is not " + endpoint.method() + ": " + method);
        } else {
            try {
                endpoint.action().run(request);
                return RequestMetrics.Outcome.OK;
            } catch (ForebayException e) {
                error = AdminError.of(e);
                log(endpoint, e);
            }
        }
        request.respond(error.httpStatus(), error.json());
        return error.status();
    }

    private void home(Request request) throws IOException {
        ResponseHead head =
                ResponseHead.of(200)
                        .with("Content-Type", "text/html; charset=utf-8")
                        .with(
                                "Content-Security-Policy",
                                "default-src 'none'; style-src 'unsafe-inline'");
        byte[] page = HomePage.html(node.status().get());
        request.exchange().respond(head, ByteBuffer.wrap(page));
    }

    private void health(Request request) throws IOException {
        state(request, "ok", node.ailments().get());
    }

    private void ready(Request request) throws IOException {
        state(request, "ready", node.unready().get());
    }

    private static void state(Request request, String good, List<String> reasons)
            throws IOException {
        int status = reasons.isEmpty() ? 200 : 503;
        String state = reasons.isEmpty() ? good : "not " + good;
        request.answer(status, json -> StatusJson.state(json, state, reasons));
    }

    private void metrics(Request request) throws IOException {
        var head = ResponseHead.of(200).with("Content-Type", PrometheusMetrics.CONTENT_TYPE);
        var out = request.exchange().stream(head);
        parts.metrics().write(out);
        out.close();
    }

    private void status(Request request) throws IOException {
        NodeStatus status = node.status().get();
        FileEngine.Usage usage = parts.engine().usage();
        var mounts = parts.engine().mounts(request.caller());
        ObjectStatistics figures = parts.objects().engine().statistics();
        List<SessionStatus> sessions = parts.objects().engine().sessions();
        request.answer(
                200,
                json -> {
                    json.writeStartObject();
                    StatusJson.node(json, status, request.isLocal());
                    json.writeName("usage");
                    StatusJson.usage(json, usage);
                    json.writeName("arena");
                    StatusJson.arena(json, status.arena(), request.isLocal());
                    json.writeName("objects");
                    StatusJson.objects(json, figures, sessions);
                    json.writeName("mounts");
                    StatusJson.mounts(json, mounts);
                    json.writeEndObject();
                });
    }

    private void mounts(Request request) throws IOException {
        var mounts = parts.engine().mounts(request.caller());
        request.answer(200, json -> StatusJson.mounts(json, mounts));
    }

    private void usage(Request request) throws IOException {
        FileEngine.Usage usage = parts.engine().usage();
        request.answer(200, json -> StatusJson.usage(json, usage));
    }

    private void load(Request request) throws IOException {
        var query = QueryParameters.parse(request.exchange().rawQuery());
        FilePath path = path(request, query);
        boolean recursive = query.find("recursive").map(Boolean::parseBoolean).orElse(false);
        parts.engine().load(request.caller(), path, recursive);
        request.answer(200, json -> json.writeStartObject().writeEndObject());
    }

    private void lend(Request request) throws IOException {
        var query = QueryParameters.parse(request.exchange().rawQuery());
        FilePath path = path(request, query);
        boolean load = query.find("load").map(Boolean::parseBoolean).orElse(true);
        LentFile file = parts.objects().lender().lend(request.caller(), path, load);
        request.answer(200, json -> StatusJson.lent(json, file));
    }

    static FilePath path(Request request, QueryParameters query) {
        byte[] path =
                query.findBytes("path")
                        .orElseThrow(() -> new Invalid("required parameter is missing", "path"));
        request.about(query.find("path").orElse(""));
        return FilePath.parse(path);
    }

    private static void log(Endpoint endpoint, ForebayException e) {
        if (e instanceof Internal) {
            LOG.error("request failed operation={}", endpoint.operation(), e);
        } else {
            LOG.debug("request refused operation={}", endpoint.operation(), e);
        }
    }
}
