package dev.forebay.gateway.plasma;

import static org.assertj.core.api.Assertions.assertThat;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.forebay.base.ObjectId;
import dev.forebay.gateway.plasma.RunningGateway.Client;
import dev.forebay.protocol.plasma.PlasmaRequest;
import dev.forebay.testkit.Generator;
import dev.forebay.testkit.SeededTest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/** Whatever one client sends, only its own connection suffers. */
class HostileClientTest {
    private static final ObjectId A = new ObjectId(1, 2, 3);

    @TempDir private Path folder = Path.of("target");
    private RunningGateway running;
    private Client bystander;

    @BeforeEach
    void open() {
        running = RunningGateway.in(folder);
        bystander = running.connect();
    }

    @AfterEach
    void close() {
        assertThat(bystander.contains(A)).isFalse();
        bystander.close();
        running.close();
    }

    private static MemorySegment header(long version, long number, long length) {
        MemorySegment header = Arena.ofAuto().allocate(24);
        header.set(JAVA_LONG_UNALIGNED, 0, version);
        header.set(JAVA_LONG_UNALIGNED, 8, number);
        header.set(JAVA_LONG_UNALIGNED, 16, length);
        return header;
    }

    private void closesAfter(MemorySegment bytes) {
        try (Client client = running.connect()) {
            client.connection.write(bytes);
            assertThat(client.closedByGateway()).isTrue();
        }
    }

    @Test
    void wrongHeadersCloseTheConnection() {
        closesAfter(header(1, 15, 0));
        closesAfter(header(0, 99, 0));
        closesAfter(header(0, -1, 0));
        closesAfter(header(0, 15, -1));
        closesAfter(header(0, 15, Long.MAX_VALUE));
        closesAfter(header(0, 15, 0));
        closesAfter(header(0, 16, 0));
        closesAfter(header(0, 0, 0));
        RunningGateway.eventually(() -> malformed() == 7);
    }

    private long malformed() {
        return running.outcomes.stream().filter(o -> o.status().equals("MALFORMED")).count();
    }

    @Test
    void subscribeWithoutADescriptorClosesTheConnection() {
        try (Client client = running.connect()) {
            client.send(new PlasmaRequest.Subscribe());
            client.send(new PlasmaRequest.Contains(A));
            assertThat(client.closedByGateway()).isTrue();
        }
    }

    @Test
    void halfAMessageStopsNobodyElse() {
        try (Client client = running.connect()) {
            client.connection.write(header(0, 15, 44));
            assertThat(bystander.contains(A)).isFalse();
        }
        RunningGateway.eventually(() -> running.gateway.connections() == 1);
    }

    @Test
    void clientThatReadsNoRepliesStopsNobodyElse() {
        Thread flood;
        try (Client client = running.connect()) {
            flood =
                    Thread.ofPlatform()
                            .daemon()
                            .start(
                                    () -> {
                                        try {
                                            while (true) {
                                                client.send(new PlasmaRequest.Contains(A));
                                            }
                                        } catch (dev.forebay.base.error.Closed e) {
                                            assertThat(e).isNotNull();
                                        }
                                    });
            for (int i = 0; i < 100; i++) {
                assertThat(bystander.contains(A)).isFalse();
            }
            client.connection.shutdown();
            join(flood);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SeededTest
    void randomBytesCloseTheConnectionOrAreAnswered(long seed) {
        Generator generator = new Generator(seed);
        for (int i = 0; i < 20; i++) {
            try (Client client = running.connect()) {
                byte[] body = generator.bytes(generator.length(200, 8));
                client.connection.write(header(0, generator.between(0, 36), body.length));
                MemorySegment bytes = Arena.ofAuto().allocateFrom(ValueLayout.JAVA_BYTE, body);
                try {
                    client.connection.write(bytes);
                } catch (dev.forebay.base.error.Closed e) {
                    assertThat(client.closedByGateway()).isTrue();
                }
            }
        }
        RunningGateway.eventually(() -> running.gateway.connections() == 1);
    }
}
