package dev.forebay.gateway.hdfs;

import dev.forebay.wire.HttpExchange.Traffic;
import dev.forebay.wire.RequestMetrics;
import dev.forebay.wire.RequestRecorder;

import java.util.Optional;

/** Counts all requests and audits those that change or open something. */
final class RequestLog {
    static final String OK = RequestMetrics.Outcome.OK;

    /** The outcome of a call whose answer the client did not wait for. */
    static final String CANCELED = RequestRecorder.CANCELED;

    private final RequestRecorder recorder;

    RequestLog(HdfsGateway.Parts parts) {
        this.recorder =
                new RequestRecorder(
                        HdfsGateway.NAME, parts.clock(), parts.metrics(), parts.audit());
    }

    /** The time to give to a record. */
    long begin() {
        return recorder.begin();
    }

    /** Records a call. */
    void record(RpcCall call, Optional<MethodTable.Entry> method, String outcome, Span span) {
        String name = method.isPresent() ? call.method() : "unknown";
        if (method.isPresent() && method.get().audited()) {
            var asked = new RequestRecorder.Asked(name, call.subject(), call.target());
            recorder.record(call.caller(), asked, outcome, span.shared());
        } else {
            recorder.count(name, outcome, span.shared());
        }
    }

    /** Records a transfer of a block. */
    void record(String operation, String outcome, Span span) {
        recorder.count(operation, outcome, span.shared());
    }

    /**
     * How long something took, and what went over the wire.
     *
     * @param begin from {@link RequestLog#begin}
     * @param traffic bytes
     */
    record Span(long begin, Traffic traffic) {
        private RequestRecorder.Span shared() {
            return new RequestRecorder.Span(begin, traffic);
        }
    }
}
