package dev.forebay.wire;

import dev.forebay.base.Clock;
import dev.forebay.base.Principal;

import java.util.Optional;

/**
 * Tells metrics and audit log of the requests of one gateway, in the same words for both. Called
 * once the answer is sent, so that no client waits for it. Safe for use by many threads.
 */
public final class RequestRecorder {
    /** The outcome of a request whose answer the client did not wait for. */
    public static final String CANCELED = "CANCELED";

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final String gateway;
    private final Clock clock;
    private final RequestMetrics metrics;
    private final AuditLog audit;

    /**
     * Creates the recorder.
     *
     * @param gateway its name in metrics and audit
     */
    public RequestRecorder(String gateway, Clock clock, RequestMetrics metrics, AuditLog audit) {
        this.gateway = gateway;
        this.clock = clock;
        this.metrics = metrics;
        this.audit = audit;
    }

    /**
     * What was asked.
     *
     * @param operation one of the few names that the gateway knows
     * @param subject what it was about; empty when there is nothing
     * @param target second path of a rename, or what is mounted
     */
    public record Asked(String operation, String subject, Optional<String> target) {}

    /**
     * How long it took, and what went over the wire.
     *
     * @param begin from {@link RequestRecorder#begin}
     * @param traffic bytes of bodies
     */
    public record Span(long begin, HttpExchange.Traffic traffic) {}

    /** The time to give to a record of what begins now. */
    public long begin() {
        return clock.nanos();
    }

    /**
     * Counts a request and notes it in the audit log.
     *
     * @param caller who, and from where
     * @param outcome {@code OK} or the error's name in the gateway's protocol
     */
    public void record(Principal caller, Asked asked, String outcome, Span span) {
        long nanos = count(asked.operation(), outcome, span);
        var operation =
                new AuditLog.Operation(
                        gateway, asked.operation(), asked.subject(), asked.target(), outcome);
        audit.record(
                new AuditLog.Entry(clock.millis(), caller, operation, nanos / NANOS_PER_MILLI));
    }

    /**
     * Counts a request that is not for the audit log.
     *
     * @return how long it took, in nanoseconds
     */
    public long count(String operation, String outcome, Span span) {
        long nanos = clock.nanos() - span.begin();
        metrics.record(
                new RequestMetrics.Outcome(gateway, operation, outcome, nanos, span.traffic()));
        return nanos;
    }
}
