package dev.forebay.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.Principal;
import dev.forebay.testkit.ManualClock;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class RequestRecorderTest {
    private static final Principal ANN = Principal.node("ann");
    private static final HttpExchange.Traffic TRAFFIC = new HttpExchange.Traffic(3, 4);

    private final ManualClock clock = new ManualClock(1_000);
    private final List<RequestMetrics.Outcome> counted = new ArrayList<>();
    private final List<AuditLog.Entry> noted = new ArrayList<>();
    private final RequestRecorder recorder =
            new RequestRecorder("gate", clock, counted::add, noted::add);

    @Test
    void requestIsCountedAndNotedInTheSameWords() {
        var span = new RequestRecorder.Span(recorder.begin(), TRAFFIC);
        clock.advance(Duration.ofMillis(5));
        var asked = new RequestRecorder.Asked("rename", "/a", Optional.of("/b"));
        recorder.record(ANN, asked, "OK", span);

        assertThat(counted)
                .containsExactly(
                        new RequestMetrics.Outcome("gate", "rename", "OK", 5_000_000, TRAFFIC));
        var operation = new AuditLog.Operation("gate", "rename", "/a", Optional.of("/b"), "OK");
        assertThat(noted).containsExactly(new AuditLog.Entry(1_005, ANN, operation, 5));
    }

    @Test
    void countedRequestIsNotNoted() {
        recorder.count("get", "OK", new RequestRecorder.Span(recorder.begin(), TRAFFIC));

        assertThat(counted).hasSize(1);
        assertThat(noted).isEmpty();
    }
}
