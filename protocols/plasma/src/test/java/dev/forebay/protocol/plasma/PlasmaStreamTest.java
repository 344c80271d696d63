package dev.forebay.protocol.plasma;

import static dev.forebay.protocol.plasma.Golden.A;
import static dev.forebay.protocol.plasma.Golden.B;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.error.Closed;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.unix.UnixConnection;
import dev.forebay.base.unix.UnixListener;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

class PlasmaStreamTest {
    private static final Executor THREAD = task -> Thread.ofPlatform().daemon().start(task);
    private static final long LENGTH_MAX = 32 << 20;

    @TempDir private Path folder = Path.of("target");
    private UnixConnection near;
    private UnixConnection far;
    private PlasmaStream client;
    private PlasmaStream store;

    @BeforeEach
    void connect() {
        try (UnixListener listener = UnixListener.bind(folder.resolve("s"), 0600)) {
            near = UnixConnection.connect(listener.path());
            far = listener.accept().orElseThrow();
        }
        client = new PlasmaStream(near, LENGTH_MAX);
        store = new PlasmaStream(far, LENGTH_MAX);
    }

    @AfterEach
    void disconnect() {
        client.close();
        store.close();
        near.close();
        far.close();
    }

    @Test
    void requestsAndRepliesGoThrough() {
        client.write(new PlasmaRequest.Release(A));
        long sent = client.write(new PlasmaRequest.Contains(B));
        assertThat(store.next()).isTrue();
        assertThat(store.type()).isEqualTo(MessageType.RELEASE_REQUEST);
        assertThat(store.request()).isEqualTo(new PlasmaRequest.Release(A));
        assertThat(store.next()).isTrue();
        assertThat(store.messageLength()).isEqualTo(sent);
        assertThat(store.request()).isEqualTo(new PlasmaRequest.Contains(B));
        store.write(new PlasmaReply.Contains(B, true));
        assertThat(client.next()).isTrue();
        assertThat(client.reply()).isEqualTo(new PlasmaReply.Contains(B, true));
        near.shutdown();
        assertThat(store.next()).isFalse();
    }

    @Test
    void largeMessageGoesThroughAndSmallOnesAfterIt() throws Exception {
        MemorySegment data = Arena.ofAuto().allocate(20 << 20);
        data.fill((byte) 5);
        ObjectBytes content = new ObjectBytes(A, data, MemorySegment.NULL, 1);
        CompletableFuture<Void> writing =
                CompletableFuture.runAsync(
                        () -> {
                            client.write(new PlasmaRequest.CreateAndSeal(content, true));
                            client.write(new PlasmaRequest.Contains(B));
                        },
                        THREAD);
        assertThat(store.next()).isTrue();
        var read = (PlasmaRequest.CreateAndSeal) store.request();
        assertThat(read.content().data().mismatch(data)).isEqualTo(-1);
        assertThat(store.next()).isTrue();
        assertThat(store.request()).isEqualTo(new PlasmaRequest.Contains(B));
        writing.get(10, TimeUnit.SECONDS);
    }

    private void send(long version, long number, long length) {
        MemorySegment header = Arena.ofAuto().allocate(24, 8);
        header.set(FlatTable.LONG, 0, version);
        header.set(FlatTable.LONG, 8, number);
        header.set(FlatTable.LONG, 16, length);
        near.write(header);
    }

    @Test
    void wrongHeadersAreRefused() {
        send(1, 15, 0);
        assertThatThrownBy(store::next).isInstanceOf(Invalid.class).hasMessageContaining("version");
        send(0, 36, 0);
        assertThatThrownBy(store::next).isInstanceOf(Invalid.class);
        send(0, -1, 0);
        assertThatThrownBy(store::next).isInstanceOf(Invalid.class);
        send(0, 15, LENGTH_MAX + 1);
        assertThatThrownBy(store::next).isInstanceOf(Invalid.class).hasMessageContaining("long");
        send(0, 15, -1);
        assertThatThrownBy(store::next).isInstanceOf(Invalid.class);
    }

    @Test
    void bodyThatDoesNotComeIsNotAllocated() {
        send(0, 3, LENGTH_MAX);
        near.shutdown();
        assertThatThrownBy(store::next).isInstanceOf(Closed.class);
    }

    @Test
    void notificationsGoThrough() {
        var sealed = new PlasmaNotification(List.of(ObjectEntry.sealed(A, 1, 2, 3)));
        var gone = new PlasmaNotification(List.of(ObjectEntry.gone(B)));
        try (NotificationStream writer = new NotificationStream(far);
                NotificationStream reader = new NotificationStream(near)) {
            writer.write(sealed);
            writer.write(gone);
            assertThat(reader.next()).contains(sealed);
            assertThat(reader.next()).contains(gone);
            far.shutdown();
            assertThat(reader.next()).isEmpty();
        }
    }
}
