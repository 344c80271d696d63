package dev.forebay.gateway.admin;

import dev.forebay.wire.RequestMetrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Supplier;

/**
 * What the node counts, in the text format of Prometheus. Safe for use by many threads.
 *
 * <p>Per gateway: requests by operation, errors by type, a latency histogram, bytes received and
 * sent. Besides them the figures that {@link #gauge} adds.
 */
public final class PrometheusMetrics implements RequestMetrics {
    /** The content type of {@link #write}. */
    static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private static final double NANOS_PER_SECOND = 1e9;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    private final Counter requests =
            Counter.builder()
                    .name("forebay_requests")
                    .help("Requests by gateway and operation")
                    .labelNames("gateway", "operation")
                    .register(registry);
    private final Counter errors =
            Counter.builder()
                    .name("forebay_request_errors")
                    .help("Failed requests by gateway and type of error")
                    .labelNames("gateway", "type")
                    .register(registry);
    private final Histogram seconds =
            Histogram.builder()
                    .name("forebay_request_seconds")
                    .help("Time from the head of a request to the end of its answer")
                    .unit(Unit.SECONDS)
                    .labelNames("gateway")
                    .classicOnly()
                    .classicUpperBounds(1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1, 3, 10, 60)
                    .register(registry);
    private final Counter received =
            Counter.builder()
                    .name("forebay_received_bytes")
                    .help("Bytes of request bodies by gateway")
                    .labelNames("gateway")
                    .register(registry);
    private final Counter sent =
            Counter.builder()
                    .name("forebay_sent_bytes")
                    .help("Bytes of answers by gateway")
                    .labelNames("gateway")
                    .register(registry);

    /** Begins with no request and the figures of the process. */
    public PrometheusMetrics() {
        Runtime runtime = Runtime.getRuntime();
        gauge(
                "forebay_process_heap_used_bytes",
                "Bytes of the Java heap in use",
                () -> runtime.totalMemory() - runtime.freeMemory());
        gauge(
                "forebay_process_heap_max_bytes",
                "Bytes that the Java heap may grow to",
                runtime::maxMemory);
        gauge(
                "forebay_process_cpu_seconds",
                "Processor time used by the process",
                PrometheusMetrics::cpuSeconds);
    }

    /**
     * Adds a figure.
     *
     * @param name {@code forebay_} and words with underscores, the unit last
     * @param help one line
     * @param value asked at each scrape; must be fast and must not throw
     */
    public void gauge(String name, String help, Supplier<? extends Number> value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.get().doubleValue()))
                .register(registry);
    }

    @Override
    public void record(Outcome outcome) {
        requests.labelValues(outcome.gateway(), outcome.operation()).inc();
        if (!outcome.status().equals(Outcome.OK)) {
            errors.labelValues(outcome.gateway(), outcome.status()).inc();
        }
        seconds.labelValues(outcome.gateway()).observe(outcome.nanos() / NANOS_PER_SECOND);
        received.labelValues(outcome.gateway()).inc(outcome.traffic().received());
        sent.labelValues(outcome.gateway()).inc(outcome.traffic().sent());
    }

    void write(OutputStream target) throws IOException {
        writer.write(target, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
    }

    private static double cpuSeconds() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(used -> used.toNanos() / NANOS_PER_SECOND)
                .orElse(Double.NaN);
    }
}
