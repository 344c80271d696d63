package dev.forebay.gateway.alluxio;

import dev.forebay.base.Clock;

import java.io.IOException;

/** The call {@code proxy/info}. Tells the node's own extensions; no setting, so no secret. */
final class ProxyStatus {
    private final Clock clock;
    private final String version;
    private final long startedMillis;
    private final long startedNanos;

    ProxyStatus(Clock clock, String version) {
        this.clock = clock;
        this.version = version;
        this.startedMillis = clock.millis();
        this.startedNanos = clock.nanos();
    }

    void run(Call call) throws IOException {
        long uptimeMillis = (clock.nanos() - startedNanos) / 1_000_000;
        call.answer(
                json ->
                        json.writeStartObject()
                                .writeObjectPropertyStart("configuration")
                                .writeStringProperty("forebay.ranges", "true")
                                .writeEndObject()
                                .writeNumberProperty("startTimeMs", startedMillis)
                                .writeNumberProperty("uptimeMs", uptimeMillis)
                                .writeStringProperty("version", version)
                                .writeEndObject());
    }
}
