package dev.forebay.base.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.forebay.base.error.Closed;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.PermissionDenied;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

class UnixConnectionTest {
    private static final Executor THREAD = task -> Thread.ofPlatform().daemon().start(task);

    @TempDir private Path folder = Path.of("target");
    private UnixListener listener;
    private UnixConnection near;
    private UnixConnection far;

    @BeforeEach
    void connect() {
        listener = UnixListener.bind(folder.resolve("s"), UnixListener.OWNER_ONLY);
        near = UnixConnection.connect(listener.path());
        far = listener.accept().orElseThrow();
    }

    @AfterEach
    void disconnect() {
        near.close();
        far.close();
        listener.close();
    }

    private static MemorySegment memory(long length) {
        return Arena.ofAuto().allocate(length);
    }

    private static MemorySegment text(String text) {
        return Arena.ofAuto().allocateFrom(text);
    }

    @Test
    void readGathersPieces() {
        near.write(text("one"));
        near.write(text("two"));
        MemorySegment all = memory(8);
        assertThat(far.read(all)).isTrue();
        assertThat(all.getString(0)).isEqualTo("one");
        assertThat(all.getString(4)).isEqualTo("two");
    }

    @Test
    void moreThanTheSocketHoldsGoesThrough() throws Exception {
        MemorySegment sent = memory(10 << 20);
        sent.fill((byte) 7);
        CompletableFuture<Void> writing =
                CompletableFuture.runAsync(() -> near.write(sent), THREAD);
        MemorySegment received = memory(sent.byteSize());
        assertThat(far.read(received)).isTrue();
        assertThat(received.mismatch(sent)).isEqualTo(-1);
        writing.get(10, TimeUnit.SECONDS);
    }

    @Test
    void endIsToldApartFromABreak() {
        near.write(text("one"));
        near.close();
        assertThat(far.read(memory(4))).isTrue();
        assertThat(far.read(memory(4))).isFalse();
        assertThatThrownBy(() -> far.write(text("late"))).isInstanceOf(Closed.class);
    }

    @Test
    void endWithinAMessageIsAnError() {
        near.write(text("one"));
        near.close();
        assertThatThrownBy(() -> far.read(memory(5))).isInstanceOf(Closed.class);
    }

    @Test
    void shutdownEndsABlockedRead() throws Exception {
        CompletableFuture<Boolean> reading =
                CompletableFuture.supplyAsync(() -> far.read(memory(1)), THREAD);
        far.shutdown();
        assertThat(reading.get(10, TimeUnit.SECONDS)).isFalse();
        far.close();
        far.shutdown();
    }

    @Test
    void descriptorOfAFileArrives() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "shared text");
        near.write(text("before"));
        sendDescriptorOf(file, false);
        near.write(text("behind"));
        MemorySegment seven = memory(7);
        assertThat(far.read(seven)).isTrue();
        UnixDescriptor descriptor = far.receiveDescriptor();
        MemorySegment mapped = descriptor.map(11);
        descriptor.close();
        assertThatThrownBy(() -> descriptor.map(11)).isInstanceOf(Closed.class);
        mapped.set(JAVA_BYTE, 0, (byte) 'S');
        assertThat(file).hasContent("Shared text");
        assertThat(far.read(seven)).isTrue();
        assertThat(seven.getString(0)).isEqualTo("behind");
    }

    @Test
    void fileThatMayNotBeWrittenIsRefused() throws IOException {
        sendDescriptorOf(Files.writeString(folder.resolve("f"), "text"), true);
        try (UnixDescriptor descriptor = far.receiveDescriptor()) {
            assertThatThrownBy(() -> descriptor.map(4)).isInstanceOf(PermissionDenied.class);
            assertThatThrownBy(() -> descriptor.map(0)).isInstanceOf(Invalid.class);
        }
    }

    private void sendDescriptorOf(Path file, boolean readOnly) throws IOException {
        String mode = readOnly ? "r" : "rw";
        try (var opened = new java.io.RandomAccessFile(file.toFile(), mode)) {
            near.sendDescriptor(numberOf(file));
            assertThat(opened.length()).isPositive();
        }
    }

    /** The JDK does not tell numbers, but the system lists them. */
    private static int numberOf(Path file) throws IOException {
        try (var numbers = Files.list(Path.of("/proc/self/fd"))) {
            return numbers.filter(number -> leadsTo(number, file))
                    .mapToInt(number -> Integer.parseInt(number.getFileName().toString()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static boolean leadsTo(Path link, Path file) {
        try {
            return Files.exists(link) && Files.readSymbolicLink(link).equals(file.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void byteWithoutADescriptorIsRefused() {
        near.write(text(""));
        assertThatThrownBy(far::receiveDescriptor).isInstanceOf(Invalid.class);
        near.close();
        assertThatThrownBy(far::receiveDescriptor).isInstanceOf(Closed.class);
    }

    @Test
    void socketThatWasSentIsUsed() {
        UnixConnection sent = UnixConnection.connect(listener.path());
        near.sendDescriptor(sent.descriptor());
        sent.close();
        try (UnixConnection other = listener.accept().orElseThrow()) {
            try (UnixConnection taken = UnixConnection.of(far.receiveDescriptor())) {
                taken.write(text("hi"));
                MemorySegment three = memory(3);
                assertThat(other.read(three)).isTrue();
                assertThat(three.getString(0)).isEqualTo("hi");
            }
        }
    }

    @Test
    void fileIsNoSocket() throws IOException {
        sendDescriptorOf(Files.writeString(folder.resolve("f"), "text"), false);
        UnixDescriptor received = far.receiveDescriptor();
        assertThatThrownBy(() -> UnixConnection.of(received)).isInstanceOf(Invalid.class);
    }

    @Test
    void waitEndsWithASignalAnEndOrTime() throws Exception {
        try (UnixWake wake = UnixWake.open()) {
            near.write(text("bytes do not end it"));
            assertThat(far.await(wake, 1)).isEqualTo(UnixConnection.Readiness.TIMED_OUT);
            wake.signal();
            wake.signal();
            assertThat(far.await(wake, -1)).isEqualTo(UnixConnection.Readiness.WOKEN);
            assertThat(far.await(wake, 0)).isEqualTo(UnixConnection.Readiness.TIMED_OUT);
            CompletableFuture<UnixConnection.Readiness> waiting =
                    CompletableFuture.supplyAsync(() -> far.await(wake, -1), THREAD);
            near.close();
            assertThat(waiting.get(10, TimeUnit.SECONDS))
                    .isEqualTo(UnixConnection.Readiness.HUNG_UP);
        }
    }

    @Test
    void signalAfterCloseDoesNothing() {
        UnixWake wake = UnixWake.open();
        wake.close();
        wake.signal();
        wake.close();
    }

    @Test
    void hangUpIsSeenAlsoByHalf() {
        assertThat(far.hungUp()).isFalse();
        near.shutdown();
        assertThat(far.hungUp()).isTrue();
    }

    @Test
    void peerIsThisProcess() {
        UnixPeer peer = far.peer();
        assertThat(peer.processId()).isEqualTo((int) ProcessHandle.current().pid());
        assertThat(UnixNames.findUser(peer.userId())).contains(System.getProperty("user.name"));
        assertThat(UnixNames.findGroup(0)).contains("root");
        assertThat(UnixNames.findUser(-77)).isEmpty();
    }
}
