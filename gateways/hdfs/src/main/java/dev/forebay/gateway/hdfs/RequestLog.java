package dev.forebay.gateway.hdfs;

import dev.forebay.base.Clock;
import dev.forebay.wire.AuditLog;
import dev.forebay.wire.HttpExchange.Traffic;
import dev.forebay.wire.RequestMetrics;

import java.util.Optional;

/** Counts all requests and audits those that change or open something. */
final class RequestLog {
    static final String OK = RequestMetrics.Outcome.OK;

    /** The outcome of a call whose answer the client did not wait for. */
    static final String CANCELED = "CANCELED";

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Clock clock;
    private final RequestMetrics metrics;
    private final AuditLog audit;

    RequestLog(HdfsGateway.Parts parts) {
        this.clock = parts.clock();
        this.metrics = parts.metrics();
        this.audit = parts.audit();
    }

    /** The time to give to a record. */
    long begin() {
        return clock.nanos();
    }

    /** Records a call. */
    void record(RpcCall call, Optional<MethodTable.Entry> method, String outcome, Span span) {
        long nanos = clock.nanos() - span.begin();
        String name = method.isPresent() ? call.method() : "unknown";
        metrics.record(
                new RequestMetrics.Outcome(HdfsGateway.NAME, name, outcome, nanos, span.traffic()));
        if (method.isPresent() && method.get().audited()) {
            audit.record(
                    new AuditLog.Entry(
                            clock.millis(),
                            call.caller(),
                            new AuditLog.Operation(
                                    HdfsGateway.NAME, name, call.subject(), call.target(), outcome),
                            nanos / NANOS_PER_MILLI));
        }
    }

    /** Records a transfer of a block. */
    void record(String operation, String outcome, Span span) {
        metrics.record(
                new RequestMetrics.Outcome(
                        HdfsGateway.NAME,
                        operation,
                        outcome,
                        clock.nanos() - span.begin(),
                        span.traffic()));
    }

    /**
     * How long something took, and what went over the wire.
     *
     * @param begin from {@link RequestLog#begin}
     * @param traffic bytes
     */
    record Span(long begin, Traffic traffic) {}
}
