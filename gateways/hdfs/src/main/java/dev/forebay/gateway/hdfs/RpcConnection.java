package dev.forebay.gateway.hdfs;

import dev.forebay.base.Clock;
import dev.forebay.base.error.Corrupt;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Internal;
import dev.forebay.wire.HttpExchange;

import org.apache.hadoop.ipc.protobuf.ProtobufRpcEngine2Protos.RequestHeaderProto;
import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcRequestHeaderProto;
import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcResponseHeaderProto.RpcErrorCodeProto;
import org.apache.hadoop.thirdparty.protobuf.InvalidProtocolBufferException;
import org.apache.hadoop.thirdparty.protobuf.MessageLite;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

import javax.security.sasl.SaslException;

/** One connection of the RPC port: reads calls, has them run and answers. */
final class RpcConnection {
    private static final Logger LOG = LoggerFactory.getLogger(RpcConnection.class);

    private static final int BUFFER_LENGTH = 8 << 10;
    private static final int PING_CALL = -4;

    private final MethodTable methods;
    private final RetryCache retries;
    private final RequestLog log;
    private final Connection connection;
    private final WireInput input;
    private final RpcReplies replies;
    private final CallThreads threads;

    /**
     * What connections share.
     *
     * @param methods that are answered
     * @param retries answers of calls that must not run twice
     * @param log of requests
     * @param clock for how long calls last
     */
    record Parts(MethodTable methods, RetryCache retries, RequestLog log, Clock clock) {}

    RpcConnection(Parts parts, Connection connection) {
        this.methods = parts.methods();
        this.retries = parts.retries();
        this.log = parts.log();
        this.connection = connection;
        this.input = new WireInput(connection.wire(), ByteBuffer.allocate(BUFFER_LENGTH));
        this.replies = new RpcReplies(connection);
        this.threads = new CallThreads(input, parts.clock());
    }

    /** Serves until the client goes or sends what cannot be understood. */
    void serve(RpcHandshake.Rules rules) throws IOException {
        refusing(() -> begin(rules));
    }

    private void begin(RpcHandshake.Rules rules) throws IOException {
        var caller = new RpcHandshake(rules, connection, input).run();
        connection.rest();
        if (caller.isPresent()) {
            var origin = new RpcCall.Origin(caller.get(), connection.local());
            connection.watched(() -> threads.relieve(() -> readOn(origin)));
            read(origin);
        } else {
            log.record("connect", "Refused", unmeasured());
            connection.finish();
        }
    }

    /** Reads in place of a thread that is in a long call. */
    private void readOn(RpcCall.Origin origin) {
        try {
            refusing(() -> read(origin));
        } catch (IOException e) {
            LOG.debug("connection broken", e);
        }
    }

    /** Takes what the client sends. */
    @FunctionalInterface
    private interface Reading {
        void run() throws IOException;
    }

    /** Reads; tells a client that sends what cannot be understood. */
    private void refusing(Reading reading) throws IOException {
        try {
            reading.run();
        } catch (SaslException e) {
            LOG.warn("frame changed on the way, connection closed peer={}", connection.remote(), e);
            log.record("connect", "NotAuthenticated", unmeasured());
        } catch (InvalidProtocolBufferException e) {
            LOG.warn(
                    "malformed frame, connection closed peer={} why={}",
                    connection.remote(),
                    e.getMessage());
            replies.failFinally(
                    -1,
                    new RpcError(
                            RpcError.RPC_SERVER,
                            "malformed frame",
                            RpcErrorCodeProto.FATAL_DESERIALIZING_REQUEST));
            connection.finish();
        }
    }

    private RequestLog.Span unmeasured() {
        return new RequestLog.Span(log.begin(), new HttpExchange.Traffic(0, 0));
    }

    private void read(RpcCall.Origin origin) throws IOException {
        var frame = RpcFrame.read(input);
        while (frame.isPresent()) {
            boolean reading = take(origin, frame.get());
            frame = reading ? RpcFrame.read(input) : Optional.empty();
        }
    }

    private boolean take(RpcCall.Origin origin, RpcFrame frame) throws IOException {
        RpcRequestHeaderProto header = frame.header();
        if (header.getCallId() < 0) {
            if (header.getCallId() != PING_CALL) {
                throw new InvalidProtocolBufferException("call id " + header.getCallId());
            }
            return true;
        }
        RequestHeaderProto request = frame.message(RequestHeaderProto.parser());
        RpcCall call = new RpcCall(origin, request.getMethodName(), frame.nextBytes());
        return threads.run(() -> run(header, request, call));
    }

    private void run(RpcRequestHeaderProto header, RequestHeaderProto request, RpcCall call) {
        long begin = log.begin();
        int sent = 0;
        String outcome = RequestLog.CANCELED;
        try {
            RpcAnswer answer = retries.run(header, call, () -> answer(request, call));
            threads.beforeAnswer();
            switch (answer) {
                case RpcAnswer.Message(MessageLite message) -> {
                    sent = replies.succeed(header, message);
                    outcome = RequestLog.OK;
                }
                case RpcAnswer.Failure(RpcError error) -> {
                    sent = replies.fail(header, error);
                    outcome = error.name();
                }
            }
        } catch (IOException e) {
            LOG.debug("answer not sent method={}", call.method(), e);
        }
        var span = new RequestLog.Span(begin, new HttpExchange.Traffic(call.length(), sent));
        log.record(call, methods.find(call.method()), outcome, span);
    }

    private RpcAnswer answer(RequestHeaderProto request, RpcCall call) {
        try {
            return new RpcAnswer.Message(
                    methods.require(request.getDeclaringClassProtocolName(), call.method())
                            .run(call));
        } catch (RpcError.Refusal e) {
            return new RpcAnswer.Failure(e.error());
        } catch (ForebayException e) {
            log(call, e);
            return new RpcAnswer.Failure(
                    HdfsErrors.of(e, call.method(), call.caller().user(), call.subject()));
        } catch (InvalidProtocolBufferException e) {
            return new RpcAnswer.Failure(
                    new RpcError(
                            RpcError.RPC_SERVER,
                            "malformed request of " + call.method(),
                            RpcErrorCodeProto.ERROR_RPC_SERVER));
        } catch (RuntimeException e) {
            LOG.error("call failed method={} path={}", call.method(), call.subject(), e);
            return new RpcAnswer.Failure(RpcError.of(RpcError.IO, "internal error"));
        }
    }

    private static void log(RpcCall call, ForebayException e) {
        if (e instanceof Internal || e instanceof Corrupt) {
            LOG.error("call failed method={} path={}", call.method(), call.subject(), e);
        } else {
            LOG.debug("call refused method={} path={}", call.method(), call.subject(), e);
        }
    }
}
