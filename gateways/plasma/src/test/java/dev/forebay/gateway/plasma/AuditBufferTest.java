package dev.forebay.gateway.plasma;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.Clock;
import dev.forebay.base.Principal;
import dev.forebay.wire.AuditLog;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

class AuditBufferTest {
    private final List<AuditLog.Entry> written = Collections.synchronizedList(new ArrayList<>());

    private static AuditLog.Entry entry(int number) {
        return new AuditLog.Entry(
                number,
                Principal.node("me"),
                new AuditLog.Operation("plasma", "create", "", Optional.empty(), "OK"),
                0);
    }

    @Test
    void closeWritesWhatIsLeftInOrder() {
        try (AuditBuffer buffer = AuditBuffer.start(written::add, Clock.system())) {
            for (int i = 0; i < 1_000; i++) {
                buffer.record(entry(i));
            }
        }
        assertThat(written).hasSize(1_000);
        assertThat(written.getLast()).isEqualTo(entry(999));
    }

    @Test
    void fullBufferLosesNothing() {
        CountDownLatch go = new CountDownLatch(1);
        AuditLog slow =
                each -> {
                    if (Thread.currentThread().getName().endsWith("-audit")) {
                        await(go);
                    }
                    written.add(each);
                };
        try (AuditBuffer buffer = AuditBuffer.start(slow, Clock.system())) {
            for (int i = 0; i < 12_000; i++) {
                buffer.record(entry(i));
            }
            assertThat(written).isNotEmpty();
            go.countDown();
        }
        assertThat(written).hasSize(12_000);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
