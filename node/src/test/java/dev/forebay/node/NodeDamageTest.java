package dev.forebay.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.client.FileClient;
import dev.forebay.client.FileReader;
import dev.forebay.client.FileWriter;
import dev.forebay.client.FilesException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files of a stopped node that were damaged: reported, and never served. */
// the folder is made before each test, which the null checker does not follow
@SuppressWarnings("NullAway.Init")
class NodeDamageTest {
    private static final int LENGTH = 200_000;

    @TempDir private Path data;

    private Node open() {
        return Node.open(
                NodeConfig.at(data).with("arena.capacity", "16MB").with("disk.reserve", "1MB"));
    }

    @BeforeEach
    void fill() {
        try (Node node = open()) {
            for (String path : List.of("/large", "/other")) {
                try (FileWriter writer = node.files().create(path)) {
                    writer.write(ByteBuffer.wrap(content()));
                }
            }
        }
    }

    private static byte[] content() {
        byte[] bytes = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            bytes[i] = (byte) (i * 31 + i / 251);
        }
        return bytes;
    }

    private List<Path> filesBelow(String folder) throws IOException {
        try (Stream<Path> tree = Files.walk(data.resolve(folder))) {
            return tree.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void flip(Path file, int position) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[position] ^= 0x10;
        Files.write(file, bytes);
    }

    private static void cut(Path file, int length) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, length));
    }

    private static byte[] read(FileClient files, String path) {
        ByteBuffer target = ByteBuffer.allocate(LENGTH);
        try (FileReader reader = files.open(path)) {
            int count = 0;
            while (count >= 0 && target.hasRemaining()) {
                count = reader.read(target);
            }
        }
        return target.array();
    }

    /** One file fails as damaged, the other is served as it was written. */
    private void requireOneDamaged() {
        try (Node node = open()) {
            int damaged = 0;
            for (String path : List.of("/large", "/other")) {
                try {
                    assertThat(read(node.files(), path)).isEqualTo(content());
                } catch (FilesException.DataLoss e) {
                    damaged++;
                }
            }
            assertThat(damaged).isEqualTo(1);
        }
    }

    private int check(StringWriter out, String... options) {
        return new CommandLine(new Fsck())
                .setOut(new PrintWriter(out))
                .execute(
                        Stream.concat(Stream.of("--data", data.toString()), Stream.of(options))
                                .toArray(String[]::new));
    }

    @Test
    void soundFolderPasses() {
        StringWriter out = new StringWriter();
        assertThat(check(out)).as(out.toString()).isZero();
        assertThat(out.toString()).contains("2 files").contains("no damage");
    }

    @Test
    void flippedBitInABlock() throws IOException {
        flip(filesBelow("blocks").getFirst(), 100_000);
        StringWriter out = new StringWriter();
        assertThat(check(out)).isEqualTo(1);
        assertThat(out.toString()).contains("DAMAGE block");
        assertThat(check(new StringWriter(), "--quick")).isZero();
        requireOneDamaged();
    }

    @Test
    void flippedBitInTheFooterOfABlock() throws IOException {
        Path block = filesBelow("blocks").getFirst();
        flip(block, (int) Files.size(block) - 5);
        assertThat(check(new StringWriter())).isEqualTo(1);
        requireOneDamaged();
    }

    @Test
    void blockCutShort() throws IOException {
        cut(filesBelow("blocks").getFirst(), 150_000);
        assertThat(check(new StringWriter(), "--quick")).isEqualTo(1);
        requireOneDamaged();
    }

    @Test
    void damagedTableOfTheMetadata() throws IOException {
        // the first close leaves all in the log; one more start moves it to a table
        open().close();
        open().close();
        List<Path> tables =
                filesBelow("meta").stream().filter(f -> f.toString().endsWith(".sst")).toList();
        assertThat(tables).isNotEmpty();
        for (Path table : tables) {
            flip(table, 20);
        }
        assertThat(check(new StringWriter())).isEqualTo(1);
        assertThatThrownBy(
                        () -> {
                            try (Node node = open()) {
                                read(node.files(), "/large");
                                read(node.files(), "/other");
                            }
                        })
                .satisfiesAnyOf(
                        e -> assertThat(e).isInstanceOf(FilesException.DataLoss.class),
                        e -> assertThat(e).isInstanceOf(dev.forebay.base.error.Corrupt.class));
    }
}
