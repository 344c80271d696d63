package dev.forebay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.Randomness;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

class AlluxioWriterTest {
    private FakeProxy proxy;
    private FileClient files;

    @BeforeEach
    void start() throws IOException {
        proxy = new FakeProxy(true);
        files = FileClient.connect(proxy.uri());
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    @Test
    void piecesOfAnySizeBecomeOneFile() {
        Randomness randomness = Randomness.seeded(7);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        try (FileWriter writer = files.create("/f")) {
            for (int size : new int[] {0, 1, 20_000, AlluxioWriter.PIECE + 3, 5, 70_000}) {
                byte[] piece = randomness.bytes(size);
                ByteBuffer source =
                        size % 2 == 0
                                ? ByteBuffer.wrap(piece)
                                : ByteBuffer.allocateDirect(size).put(piece).flip();
                expected.writeBytes(piece);
                writer.write(source);
                assertThat(source.hasRemaining()).isFalse();
                assertThat(writer.position()).isEqualTo(expected.size());
            }
        }
        assertThat(proxy.bytes("/f")).isEqualTo(expected.toByteArray());
    }

    @Test
    void smallWritesAreGathered() {
        try (FileWriter writer = files.create("/f")) {
            for (int i = 0; i < 1000; i++) {
                writer.write(ByteBuffer.wrap(new byte[10]));
            }
        }
        assertThat(proxy.requests()).containsExactly("create-file /f", "write", "close");
    }

    @Test
    void anEmptyFileTakesNoWrite() {
        files.create("/f").close();

        assertThat(proxy.bytes("/f")).isEmpty();
        assertThat(proxy.requests()).containsExactly("create-file /f", "close");
    }

    @Test
    void abortLeavesNothing() {
        FileWriter writer = files.create("/f");
        writer.write(ByteBuffer.wrap(new byte[10]));
        writer.abort();
        writer.close();

        assertThat(files.find("/f")).isEmpty();
    }

    @Test
    void aFileWithAFailedWriteIsDroppedAtClose() {
        FileWriter writer = files.create("/f");
        proxy.refuse("write");
        ByteBuffer piece = ByteBuffer.wrap(new byte[AlluxioWriter.PIECE]);

        assertThatThrownBy(() -> writer.write(piece))
                .isInstanceOf(FilesException.ResourceExhausted.class);
        assertThatThrownBy(() -> writer.write(piece))
                .isInstanceOf(FilesException.FailedPrecondition.class);
        writer.close();
        assertThat(files.find("/f")).isEmpty();
    }

    @Test
    void aFileWhoseLastPieceFailsAtCloseIsDropped() {
        FileWriter writer = files.create("/f");
        writer.write(ByteBuffer.wrap(new byte[10]));
        proxy.refuse("write");

        assertThatThrownBy(writer::close).isInstanceOf(FilesException.ResourceExhausted.class);
        assertThat(files.find("/f")).isEmpty();
        writer.close();
    }

    @Test
    void aStreamClosesTheFile() throws IOException {
        try (OutputStream stream = files.create("/f").asOutputStream()) {
            stream.write(7);
            stream.write(new byte[] {1, 2, 3}, 1, 2);
        }
        assertThat(proxy.bytes("/f")).containsExactly(7, 2, 3);
    }

    @Test
    void whatTheWireCannotDoIsNamed() {
        FileWriter writer = files.create("/f");

        assertThatThrownBy(writer::hsync)
                .isInstanceOf(FilesException.Unimplemented.class)
                .hasMessageContaining("hsync");
        assertThatThrownBy(() -> files.append("/f"))
                .isInstanceOf(FilesException.Unimplemented.class);
        assertThatThrownBy(files::usage).isInstanceOf(FilesException.Unimplemented.class);
        assertThatThrownBy(() -> files.as(String.class))
                .isInstanceOf(FilesException.Unimplemented.class)
                .hasMessageContaining("String");
    }
}
