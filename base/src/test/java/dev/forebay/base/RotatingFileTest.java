package dev.forebay.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

class RotatingFileTest {
    private static final Path FILE = Path.of("/log/audit.log");

    private final MemoryDisk disk = new MemoryDisk(1 << 20);

    @Test
    void fullFileGivesWayAndTheOldestGoes() throws IOException {
        try (RotatingFile file = open(10, 2)) {
            for (String line : new String[] {"aaaaaa\n", "bbbbbb\n", "cccccc\n", "dd\n", "ee\n"}) {
                append(file, line);
            }
        }
        assertThat(text("audit.log")).isEqualTo("ee\n");
        assertThat(text("audit.log.1")).isEqualTo("cccccc\ndd\n");
        assertThat(text("audit.log.2")).isEqualTo("bbbbbb\n");
        assertThat(disk.list(Path.of("/log"))).hasSize(3);
    }

    @Test
    void reopenedFileGrows() throws IOException {
        try (RotatingFile file = open(100, 1)) {
            append(file, "one\n");
        }
        try (RotatingFile file = open(100, 1)) {
            append(file, "two\n");
        }
        assertThat(text("audit.log")).isEqualTo("one\ntwo\n");
    }

    @Test
    void withoutOlderFilesTheFullOneGoes() throws IOException {
        try (RotatingFile file = open(4, 0)) {
            append(file, "one\n");
            append(file, "two\n");
        }
        assertThat(text("audit.log")).isEqualTo("two\n");
        assertThat(disk.list(Path.of("/log"))).hasSize(1);
    }

    private RotatingFile open(long length, int olderFiles) {
        return new RotatingFile(
                disk, FILE, new RotatingFile.Limits(new DataSize(length), olderFiles));
    }

    private static void append(RotatingFile file, String line) throws IOException {
        file.append(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
    }

    private String text(String name) throws IOException {
        try (Disk.File file = disk.open(FILE.resolveSibling(name), Disk.Mode.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) file.length());
            file.read(0, bytes);
            return new String(bytes.array(), StandardCharsets.UTF_8);
        }
    }
}
