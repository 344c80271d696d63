package dev.forebay.gateway.webhdfs;

import dev.forebay.base.Clock;
import dev.forebay.base.error.Corrupt;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Internal;
import dev.forebay.files.LeasedFileEngine;
import dev.forebay.tokens.DelegationTokens;
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
import java.util.Locale;
import java.util.Set;

/**
 * The gateway: finds the operation of a request, runs it as the user that the request names, and
 * answers every failure with a RemoteException document. Safe for use by many threads.
 */
public final class WebHdfsGateway implements AutoCloseable {
    /** The gateway's name in metrics, audit and status. */
    public static final String NAME = "webhdfs";

    private static final Logger LOG = LoggerFactory.getLogger(WebHdfsGateway.class);

    private final WebHdfsConfig config;
    private final RequestRecorder recorder;
    private final Callers callers;
    private final CrossOrigin crossOrigin;
    private final Transfers transfers;
    private final Operations operations;

    /**
     * What the gateway works with.
     *
     * @param engine the namespace
     * @param tokens what users hand to programs that act for them
     * @param clock for the duration of requests and the renewal of leases
     * @param metrics counts requests
     * @param audit keeps who did what
     */
    public record Parts(
            LeasedFileEngine engine,
            DelegationTokens tokens,
            Clock clock,
            RequestMetrics metrics,
            AuditLog audit) {}

    /** Creates the gateway and begins to renew the leases of uploads. */
    public WebHdfsGateway(WebHdfsConfig config, Parts parts) {
        LeasedFileEngine engine = parts.engine();
        Statuses statuses = new Statuses(engine);
        this.config = config;
        this.recorder = new RequestRecorder(NAME, parts.clock(), parts.metrics(), parts.audit());
        this.callers = new Callers(config.identity(), parts.tokens());
        this.crossOrigin = new CrossOrigin(config.corsOrigins());
        this.transfers = new Transfers(engine, parts.clock(), config);
        this.operations =
                Operations.over(
                        new Operations.Parts(
                                transfers,
                                statuses,
                                new Changes(engine),
                                new Renames(engine),
                                new AclOperations(engine),
                                new AttributeOperations(engine),
                                new SnapshotOperations(engine),
                                new PolicyOperations(engine),
                                new ServerFacts(engine, statuses, config.blockSize().bytes()),
                                new Tokens(parts.tokens())));
    }

    /** What to give to the HTTP server. */
    public HttpListener listener() {
        return new HttpListener(
                NAME,
                config.listener(),
                this::handle,
                (status, message) -> RemoteError.ofHttp(status, message).json(),
                config.corsOrigins());
    }

    /** The number of uploads that run now. */
    public int uploads() {
        return transfers.uploads();
    }

    /** Names of the operations of an HTTP method, those that are refused by name included. */
    Set<String> operations(String method) {
        return operations.names(method);
    }

    /** Ends the renewal of leases. Call after the listener stopped. */
    @Override
    public void close() {
        transfers.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        long begin = recorder.begin();
        Call call = new Call(exchange, crossOrigin, callers.nobody());
        String outcome = "RuntimeException";
        try {
            outcome = answer(call);
        } catch (IOException e) {
            outcome = RequestRecorder.CANCELED;
            throw e;
        } finally {
            record(call, outcome, begin);
        }
    }

    /** Runs a request and returns what came of it. */
    private String answer(Call call) throws IOException {
        RemoteError error;
        try {
            if (call.exchange().method().equals("OPTIONS")) {
                call.about("OPTIONS", RequestPath.shown(call.exchange().rawPath()));
                call.exchange()
                        .respond(crossOrigin.preflight(call.exchange()), ByteBuffer.allocate(0));
            } else {
                run(call);
            }
            return RequestMetrics.Outcome.OK;
        } catch (RemoteError.Refused e) {
            error = e.error();
        } catch (ForebayException e) {
            error = WebHdfsErrors.of(e, call.operation(), call.subject());
            log(call, error, e);
        }
        if (call.exchange().begun()) {
            call.exchange().abort();
        } else {
            call.respond(
                    ResponseHead.JSON.withStatus(error.httpStatus()),
                    ByteBuffer.wrap(error.json()));
        }
        return error.exception();
    }

    private void run(Call call) throws IOException {
        String url = call.exchange().rawPath();
        String raw =
                RequestPath.find(url)
                        .orElseThrow(() -> RemoteError.notFound("No such URL: " + url).refused());
        call.about("unknown", RequestPath.shown(raw));
        call.with(Parameters.parse(call.exchange().rawQuery()));
        call.by(callers.real(call.parameters(), call.exchange().origin()));
        String method = call.exchange().method();
        String name = call.parameters().text("op").orElse("").toUpperCase(Locale.ROOT);
        Operation operation =
                operations.find(method, name).orElseThrow(() -> unknown(method, name));
        call.about(name, RequestPath.shown(raw));
        call.by(callers.acting(call.caller(), call.parameters()));
        operation.run(call, RequestPath.decode(raw));
    }

    private RemoteError.Refused unknown(String method, String name) {
        if (name.isEmpty()) {
            return RemoteError.unsupported("op is missing").refused();
        }
        return operations.knows(name)
                ? RemoteError.unsupported(name + " is not an operation of " + method).refused()
                : Parameters.wrong("op", name, "no operation");
    }

    private static void log(Call call, RemoteError error, ForebayException e) {
        if (e instanceof Internal || e instanceof Corrupt) {
            LOG.error(
                    "request failed operation={} path={} error={}",
                    call.operation(),
                    call.subject(),
                    error.exception(),
                    e);
        } else {
            LOG.debug(
                    "request refused operation={} path={} error={}",
                    call.operation(),
                    call.subject(),
                    error.exception(),
                    e);
        }
    }

    private void record(Call call, String outcome, long begin) {
        var asked = new RequestRecorder.Asked(call.operation(), call.subject(), call.target());
        var span = new RequestRecorder.Span(begin, call.exchange().traffic());
        recorder.record(call.caller(), asked, outcome, span);
    }
}
