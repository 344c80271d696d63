package dev.forebay.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.Disk;
import dev.forebay.base.MemoryDisk;
import dev.forebay.base.Principal;
import dev.forebay.base.RotatingFile;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

class JsonLinesAuditLogTest {
    private static final Path FILE = Path.of("/audit.log");

    @Test
    void entryIsOneLineWhateverTheNames() throws IOException {
        MemoryDisk disk = new MemoryDisk(1 << 20);
        Principal caller = new Principal("ann", Set.of(), false, "simple", "127.0.0.1");
        try (var log =
                new JsonLinesAuditLog(new RotatingFile(disk, FILE, RotatingFile.Limits.DEFAULT))) {
            var operation =
                    new AuditLog.Operation("g", "rename", "/a\nb\"", Optional.of("/c"), "OK");
            log.record(new AuditLog.Entry(1_000, caller, operation, 7));
        }
        assertThat(text(disk))
                .isEqualTo(
                        """
                        {"time":"1970-01-01T00:00:01Z","user":"ann","authentication":"simple",\
                        "origin":"127.0.0.1","gateway":"g","operation":"rename",\
                        "path":"/a\\nb\\"","target":"/c","outcome":"OK","millis":7}
                        """);
    }

    private static String text(MemoryDisk disk) throws IOException {
        try (Disk.File file = disk.open(FILE, Disk.Mode.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) file.length());
            file.read(0, bytes);
            return new String(bytes.array(), StandardCharsets.UTF_8);
        }
    }
}
