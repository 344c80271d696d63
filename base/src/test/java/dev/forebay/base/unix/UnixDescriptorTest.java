package dev.forebay.base.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.error.Closed;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.PermissionDenied;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class UnixDescriptorTest {
    private static final byte[] TEXT = "forebay".getBytes(StandardCharsets.US_ASCII);

    @TempDir private Path folder;

    private static byte[] read(UnixDescriptor file, long position, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        byte[] read = new byte[file.read(position, bytes)];
        bytes.flip().get(read);
        return read;
    }

    @Test
    void aFileIsReadAfterItsNameIsGone() throws IOException {
        Path path = Files.write(folder.resolve("file"), TEXT);
        try (UnixDescriptor file = UnixDescriptor.open(path)) {
            Files.delete(path);
            assertThat(read(file, 0, 100)).isEqualTo(TEXT);
            assertThat(read(file, 4, 2)).isEqualTo(new byte[] {'b', 'a'});
            assertThat(read(file, 7, 2)).isEmpty();
            assertThatThrownBy(() -> file.map(1)).isInstanceOf(PermissionDenied.class);
        }
        assertThatThrownBy(() -> UnixDescriptor.open(path)).isInstanceOf(NotFound.class);
    }

    @Test
    void aConstantCannotBeChanged() {
        ByteBuffer text = ByteBuffer.wrap(TEXT);
        UnixDescriptor constant = UnixDescriptor.constant(text);
        assertThat(text.remaining()).isEqualTo(TEXT.length);
        assertThatThrownBy(() -> constant.map(1)).isInstanceOf(PermissionDenied.class);
        try (UnixDescriptor again = constant.reopen()) {
            assertThat(read(again, 0, 100)).isEqualTo(TEXT);
        }
        constant.close();
        assertThatThrownBy(constant::reopen).isInstanceOf(Closed.class);
    }

    @Test
    void anEmptyConstantIsEmpty() {
        try (UnixDescriptor constant = UnixDescriptor.constant(ByteBuffer.allocate(0))) {
            assertThat(read(constant, 0, 1)).isEmpty();
        }
    }

    @Test
    void memoryIsSharedByAllWhoGetIt() {
        UnixConnection.Pair pair = UnixConnection.pair();
        try (UnixConnection near = pair.near();
                UnixConnection far = pair.far();
                UnixDescriptor memory = UnixDescriptor.memory(4_096);
                UnixDescriptor constant = UnixDescriptor.constant(ByteBuffer.wrap(TEXT))) {
            near.sendDescriptors((byte) 7, List.of(memory, constant));
            UnixConnection.Received received = far.receiveDescriptors(2);
            assertThat(received.body()).isEqualTo((byte) 7);
            MemorySegment here = memory.map(4_096);
            MemorySegment there = received.descriptors().getFirst().map(4_096);
            here.set(ValueLayout.JAVA_LONG, 8, 42);
            assertThat(there.get(ValueLayout.JAVA_LONG, 8)).isEqualTo(42);
            assertThat(read(received.descriptors().get(1), 0, 100)).isEqualTo(TEXT);
            received.descriptors().forEach(UnixDescriptor::close);
        }
    }

    @Test
    void anotherNumberOfDescriptorsIsRefused() {
        UnixConnection.Pair pair = UnixConnection.pair();
        try (UnixConnection near = pair.near();
                UnixConnection far = pair.far();
                UnixDescriptor memory = UnixDescriptor.memory(1)) {
            near.sendDescriptors((byte) 0, List.of(memory));
            assertThatThrownBy(() -> far.receiveDescriptors(2)).isInstanceOf(Invalid.class);
            assertThatThrownBy(() -> near.sendDescriptors((byte) 0, List.of()))
                    .isInstanceOf(Invalid.class);
        }
    }
}
