package dev.forebay.gateway.alluxio;

import dev.forebay.base.Clock;
import dev.forebay.base.error.Corrupt;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Internal;
import dev.forebay.base.error.Invalid;
import dev.forebay.files.FileEngine;
import dev.forebay.wire.AuditLog;
import dev.forebay.wire.HttpExchange;
import dev.forebay.wire.HttpListener;
import dev.forebay.wire.RequestMetrics;
import dev.forebay.wire.RequestRecorder;
import dev.forebay.wire.ResponseHead;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The gateway: finds the operation of a request, runs it, and answers every failure with a JSON
 * object that names one of the protocol's 16 statuses. Safe for use by many threads.
 */
public final class AlluxioGateway implements AutoCloseable {
    /** The gateway's name in metrics, audit and status. */
    public static final String NAME = "alluxio";

    private static final Logger LOG = LoggerFactory.getLogger(AlluxioGateway.class);

    private final AlluxioConfig config;
    private final RequestRecorder recorder;
    private final StreamTable streams;
    private final StreamSweeper sweeper;
    private final PathOperations paths;
    private final StreamOperations streamOperations;
    private final Downloads downloads;
    private final ProxyStatus proxy;

    /**
     * What the gateway works with.
     *
     * @param engine the namespace
     * @param clock for the life of streams and the duration of requests
     * @param metrics counts requests
     * @param audit keeps who did what
     */
    public record Parts(FileEngine engine, Clock clock, RequestMetrics metrics, AuditLog audit) {}

    /** Creates the gateway and begins to look after idle streams. */
    public AlluxioGateway(AlluxioConfig config, Parts parts) {
        this.config = config;
        this.recorder = new RequestRecorder(NAME, parts.clock(), parts.metrics(), parts.audit());
        this.streams =
                new StreamTable(config.streamsMax(), config.streamIdleTimeout(), parts.clock());
        this.paths =
                new PathOperations(parts.engine(), streams, new FileStatusJson(config.worker()));
        this.streamOperations = new StreamOperations(streams);
        this.downloads = new Downloads(parts.engine());
        this.proxy = new ProxyStatus(parts.clock(), config.version());
        this.sweeper = StreamSweeper.start(streams, parts.clock(), config.streamIdleTimeout());
    }

    /** What to give to the HTTP server. */
    public HttpListener listener() {
        return new HttpListener(
                NAME,
                config.listener(),
                this::handle,
                (status, message) -> AlluxioError.ofHttp(status, message).json());
    }

    /** The number of open streams. */
    public int openStreams() {
        return streams.count();
    }

    /**
     * Closes the files being read. Files being written stay incomplete: what was not closed by its
     * client must not look complete. Call after the listener stopped.
     */
    @Override
    public void close() {
        sweeper.close();
        streams.abandon();
    }

    private void handle(HttpExchange exchange) throws IOException {
        long begin = recorder.begin();
        Call call = new Call(exchange, config.principal());
        String outcome = AlluxioError.INTERNAL;
        try {
            outcome = answer(call);
        } catch (IOException e) {
            outcome = RequestRecorder.CANCELED;
            throw e;
        } finally {
            record(call, outcome, begin);
        }
    }

    /** Runs a request and returns its status text. */
    private String answer(Call call) throws IOException {
        AlluxioError error;
        try {
            route(call);
            return RequestMetrics.Outcome.OK;
        } catch (AlluxioError.Refused e) {
            error = e.error();
        } catch (ForebayException e) {
            error = AlluxioErrors.of(e, call.operation(), call.subject());
            log(call, error, e);
        }
        if (call.exchange().begun()) {
            call.exchange().abort();
        } else {
            call.exchange()
                    .respond(
                            ResponseHead.JSON.withStatus(error.httpStatus()),
                            ByteBuffer.wrap(error.json()));
        }
        return error.status();
    }

    private void route(Call call) throws IOException {
        switch (Route.parse(call.exchange().rawPath())) {
            case Route.OfPath(String rawPath, String action) -> onPath(call, rawPath, action);
            case Route.OfStream(String id, String action) -> onStream(call, id, action);
            case Route.OfProxy _ -> {
                call.about("proxy-info", "");
                requireMethod(call, "GET");
                proxy.run(call);
            }
            case Route.Unknown _ -> throw unknown(call);
        }
    }

    private void onPath(Call call, String rawPath, String action) throws IOException {
        var operation = paths.find(action);
        boolean download = action.equals("download-file");
        if (operation.isEmpty() && !download) {
            throw unknown(call);
        }
        RequestPath path = decode(rawPath);
        call.about(action, path.toString());
        if (operation.isPresent()) {
            requireMethod(call, "POST");
            operation.get().run(call, path);
        } else {
            if (!call.exchange().method().equals("HEAD")) {
                requireMethod(call, "GET");
            }
            downloads.run(call, path);
        }
    }

    private void onStream(Call call, String id, String action) throws IOException {
        if (!StreamOperations.knows(action)) {
            throw unknown(call);
        }
        call.about(action, id);
        requireMethod(call, "POST");
        streamOperations.run(call, id, action);
    }

    private static RequestPath decode(String rawPath) {
        try {
            return RequestPath.ofUrl(rawPath);
        } catch (Invalid e) {
            String message = "Path \"" + rawPath + "\" is invalid. " + e.reason();
            throw new AlluxioError(400, AlluxioError.INVALID_ARGUMENT, message).refused();
        }
    }

    private static void requireMethod(Call call, String method) {
        if (!call.exchange().method().equals(method)) {
            String message = "method is not " + method + ": " + call.exchange().method();
            throw new AlluxioError(405, AlluxioError.UNIMPLEMENTED, message).refused();
        }
    }

    private static AlluxioError.Refused unknown(Call call) {
        String message = "no such endpoint: " + call.exchange().rawPath();
        return new AlluxioError(404, AlluxioError.NOT_FOUND, message).refused();
    }

    private static void log(Call call, AlluxioError error, ForebayException e) {
        if (e instanceof Internal || e instanceof Corrupt) {
            LOG.error(
                    "request failed operation={} path={} status={}",
                    call.operation(),
                    call.subject(),
                    error.status(),
                    e);
        } else {
            LOG.debug(
                    "request refused operation={} path={} status={}",
                    call.operation(),
                    call.subject(),
                    error.status(),
                    e);
        }
    }

    private void record(Call call, String outcome, long begin) {
        var asked = new RequestRecorder.Asked(call.operation(), call.subject(), call.target());
        var span = new RequestRecorder.Span(begin, call.exchange().traffic());
        recorder.record(call.caller(), asked, outcome, span);
    }
}
