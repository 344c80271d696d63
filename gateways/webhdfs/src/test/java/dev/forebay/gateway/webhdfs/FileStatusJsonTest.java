package dev.forebay.gateway.webhdfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.FilePath;
import dev.forebay.base.InodeId;
import dev.forebay.base.PersistenceState;
import dev.forebay.files.FileStatus;
import dev.forebay.wire.Json;

import org.junit.jupiter.api.Test;

import tools.jackson.core.JsonGenerator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;

/** All fields in the order of a real NameNode. */
class FileStatusJsonTest {
    @Test
    void file() {
        assertThat(json(status("/d/f", false, 2), FileStatusJson::writeChild))
                .isEqualTo(
                        "{\"accessTime\":30,\"blockSize\":1048576,\"childrenNum\":0,\"fileId\":17,"
                                + "\"group\":\"staff\",\"length\":12,\"modificationTime\":20,"
                                + "\"owner\":\"ann\",\"pathSuffix\":\"f\",\"permission\":\"1644\","
                                + "\"replication\":2,\"storagePolicy\":0,\"type\":\"FILE\"}");
    }

    @Test
    void directory() {
        assertThat(json(status("/d", true, 0), FileStatusJson::write))
                .isEqualTo(
                        "{\"accessTime\":0,\"blockSize\":0,\"childrenNum\":12,\"fileId\":17,"
                                + "\"group\":\"staff\",\"length\":0,\"modificationTime\":20,"
                                + "\"owner\":\"ann\",\"pathSuffix\":\"\",\"permission\":\"1644\","
                                + "\"replication\":0,\"storagePolicy\":0,\"type\":\"DIRECTORY\"}");
    }

    @Test
    void fileHasOneCopyAtLeast() {
        assertThat(FileStatusJson.replication(status("/f", false, 0))).isEqualTo(1);
        assertThat(FileStatusJson.replication(status("/d", true, 1))).isZero();
    }

    private static FileStatus status(String path, boolean directory, int replication) {
        return new FileStatus(
                FilePath.parse(path),
                new InodeId(17),
                directory,
                12,
                new FileStatus.Access("ann", "staff", 01644),
                new FileStatus.Times(10, 20, 30),
                FileStatus.Ttl.NONE,
                new FileStatus.Layout(1 << 20, 0, -1, replication),
                true,
                false,
                PersistenceState.PERSISTED,
                false,
                1,
                "",
                "",
                false,
                List.of());
    }

    private static String json(FileStatus status, BiConsumer<JsonGenerator, FileStatus> writer) {
        var target = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.writer(target)) {
            writer.accept(json, status);
        }
        return target.toString(StandardCharsets.UTF_8);
    }
}
