package dev.forebay.gateway.plasma;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.ObjectId;
import dev.forebay.base.error.Closed;
import dev.forebay.base.unix.UnixConnection;
import dev.forebay.base.unix.UnixListener;
import dev.forebay.objects.ObjectStatus;
import dev.forebay.protocol.plasma.NotificationStream;
import dev.forebay.protocol.plasma.ObjectEntry;
import dev.forebay.protocol.plasma.PlasmaNotification;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

class SubscriberTest {
    private static final int MESSAGES_MAX = 50;

    @TempDir private Path folder = Path.of("target");
    private RunningGateway running;
    private UnixConnection reader;
    private UnixConnection writer;

    @BeforeEach
    void open() {
        running = RunningGateway.in(folder);
        try (UnixListener listener = UnixListener.bind(folder.resolve("n"), 0600)) {
            reader = UnixConnection.connect(listener.path());
            writer = listener.accept().orElseThrow();
        }
    }

    @AfterEach
    void close() {
        reader.close();
        running.close();
    }

    private Subscriber start(PlasmaConfig.Backlog backlog) {
        return Subscriber.start(running.engine, writer, backlog, "test-notify");
    }

    private static ObjectStatus sealed(int number) {
        return new ObjectStatus(id(number), 10, 1, 0, 0, 0, ObjectStatus.State.SEALED, number);
    }

    private static ObjectId id(int number) {
        return new ObjectId(0, 0, number);
    }

    @Test
    void batchIsOneMessageAndTheOrderStays() {
        try (Subscriber subscriber = start(PlasmaConfig.Backlog.DEFAULT);
                NotificationStream stream = new NotificationStream(reader)) {
            subscriber.sealed(List.of(sealed(1), sealed(2)));
            subscriber.gone(id(1));
            assertThat(stream.next())
                    .contains(
                            new PlasmaNotification(
                                    List.of(
                                            ObjectEntry.sealed(id(1), 10, 1, 1),
                                            ObjectEntry.sealed(id(2), 10, 1, 2))));
            assertThat(stream.next())
                    .contains(new PlasmaNotification(List.of(ObjectEntry.gone(id(1)))));
        }
    }

    @Test
    void slowReaderMissesNothing() {
        try (Subscriber subscriber = start(PlasmaConfig.Backlog.DEFAULT);
                NotificationStream stream = new NotificationStream(reader)) {
            for (int i = 0; i < 10_000; i++) {
                subscriber.gone(id(i));
            }
            for (int i = 0; i < 10_000; i++) {
                assertThat(stream.next().orElseThrow().entries().getFirst().id()).isEqualTo(id(i));
            }
        }
    }

    @Test
    void tooSlowReaderSeesTheEnd() {
        try (Subscriber subscriber = start(new PlasmaConfig.Backlog(MESSAGES_MAX, 1 << 30));
                NotificationStream stream = new NotificationStream(reader)) {
            for (int i = 0; i < 100_000; i++) {
                subscriber.gone(id(i));
            }
            assertThat(readToTheEnd(stream)).isLessThan(100_000);
        }
    }

    /** How many came, each whole and in order. */
    private static int readToTheEnd(NotificationStream stream) {
        int count = 0;
        try {
            for (var next = stream.next(); next.isPresent(); next = stream.next()) {
                assertThat(next.get().entries().getFirst().id()).isEqualTo(id(count++));
            }
        } catch (Closed e) {
            // A message that was under way may be cut off.
            return count;
        }
        return count;
    }

    @Test
    void closeEndsTheReader() {
        start(PlasmaConfig.Backlog.DEFAULT).close();
        try (NotificationStream stream = new NotificationStream(reader)) {
            assertThat(stream.next()).isEmpty();
        }
    }
}
