package dev.forebay.gateway.alluxio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.BlockId;
import dev.forebay.base.FilePath;
import dev.forebay.base.InodeId;
import dev.forebay.base.PersistenceState;
import dev.forebay.base.TtlAction;
import dev.forebay.files.FileStatus;
import dev.forebay.wire.Json;
import dev.forebay.wire.JsonValue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

class FileStatusJsonTest {
    /** The keys of a real proxy, 2.9.6, without {@code fileInfo}. */
    private static final Set<String> KEYS =
            Set.of(
                    "acl",
                    "blockIds",
                    "blockSizeBytes",
                    "cacheContext",
                    "cacheable",
                    "completed",
                    "creationTimeMs",
                    "defaultAcl",
                    "fileBlockInfos",
                    "fileId",
                    "folder",
                    "group",
                    "inAlluxioPercentage",
                    "inMemoryPercentage",
                    "lastAccessTimeMs",
                    "lastModificationTimeMs",
                    "length",
                    "mode",
                    "mountId",
                    "mountPoint",
                    "name",
                    "owner",
                    "path",
                    "persisted",
                    "persistenceState",
                    "pinned",
                    "pinnedMediumTypes",
                    "replicationMax",
                    "replicationMin",
                    "ttl",
                    "ttlAction",
                    "ufsFingerprint",
                    "ufsPath",
                    "xattr");

    private static final FileStatus FILE = file("/p/ct", 3000, 1024, 1024);

    @Test
    void keysAreExactlyThoseOfTheProtocol() {
        assertThat(json(FILE).members()).containsOnlyKeys(KEYS);
    }

    @Test
    void valuesOfAFile() {
        JsonValue.Members json = json(FILE);
        assertThat(json.find("name")).contains(new JsonValue.Text("ct"));
        assertThat(json.find("path")).contains(new JsonValue.Text("/p/ct"));
        assertThat(json.find("ufsPath")).contains(new JsonValue.Text("/under/p/ct"));
        assertThat(json.find("mode")).contains(number(420));
        assertThat(json.find("length")).contains(number(3000));
        assertThat(json.find("ttl")).contains(number(-1));
        assertThat(json.find("ttlAction")).contains(new JsonValue.Text("FREE"));
        assertThat(json.find("persisted")).contains(new JsonValue.Truth(true));
        assertThat(json.find("inMemoryPercentage")).contains(number(68));
        assertThat(json.find("acl").toString()).contains("user::rw-", "group::r--", "other::r--");
    }

    @Test
    void blocksOutsideMemoryHaveNoLocation() {
        JsonValue.Items blocks = (JsonValue.Items) json(FILE).find("fileBlockInfos").orElseThrow();
        assertThat(blocks.values()).hasSize(3);
        assertThat(blocks.values().getFirst().toString())
                .contains("workerAddress", "host", "rpcPort", "dataPort", "webPort", "MEM");
        assertThat(blocks.values().getLast().toString()).doesNotContain("workerAddress");
    }

    @Test
    void rootHasNoName() {
        assertThat(json(directory()).find("name")).contains(new JsonValue.Text(""));
        assertThat(json(directory()).find("inMemoryPercentage")).contains(number(0));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 100",
        "100, 0, 0",
        "100, 99, 99",
        "1000, 999, 99",
        "100, 100, 100",
        "3, 2, 66",
        "9223372036854775807, 9223372036854775806, 99",
        "9223372036854775807, 4611686018427387904, 50"
    })
    void percentIsRoundedDown(long length, long inMemory, int percent) {
        assertThat(FileStatusJson.percentInMemory(file("/f", length, inMemory, 0)))
                .isEqualTo(percent);
    }

    /** A file of three blocks, the first two of which are in memory. */
    private static FileStatus file(String path, long length, long first, long second) {
        return status(
                path,
                length,
                List.of(
                        new FileStatus.Block(new BlockId(1), 0, first, true),
                        new FileStatus.Block(new BlockId(2), first, second, true),
                        new FileStatus.Block(
                                new BlockId(3), first + second, length - first - second, false)));
    }

    private static FileStatus directory() {
        return status("/", -1, List.of());
    }

    private static FileStatus status(String path, long length, List<FileStatus.Block> blocks) {
        boolean directory = length < 0;
        return new FileStatus(
                FilePath.parse(path),
                new InodeId(5),
                directory,
                Math.max(length, 0),
                new FileStatus.Access("ann", "staff", 0644),
                new FileStatus.Times(1, 2, 3),
                new FileStatus.Ttl(-5, TtlAction.FREE),
                new FileStatus.Layout(1024, 0, -1, 1),
                true,
                false,
                PersistenceState.PERSISTED,
                false,
                1,
                "/under" + path,
                "",
                false,
                blocks);
    }

    private static JsonValue number(long value) {
        return new JsonValue.Numeric(BigDecimal.valueOf(value));
    }

    private static JsonValue.Members json(FileStatus status) {
        var target = new ByteArrayOutputStream();
        try (var json = Json.writer(target)) {
            new FileStatusJson(AlluxioConfig.Worker.LOCAL).write(json, status);
        }
        return Json.parseObject(target.toByteArray());
    }
}
