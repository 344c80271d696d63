package dev.forebay.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.DataSize;
import dev.forebay.base.Settings;
import dev.forebay.base.WriteType;
import dev.forebay.base.error.Invalid;
import dev.forebay.gateway.hdfs.DomainSocket;
import dev.forebay.gateway.hdfs.HdfsConfig;
import dev.forebay.gateway.hdfs.Protection;
import dev.forebay.gateway.plasma.PlasmaConfig;
import dev.forebay.gateway.webhdfs.WebHdfsConfig;
import dev.forebay.objects.ObjectsConfig;
import dev.forebay.tokens.TokensConfig;
import dev.forebay.understore.hadoop.HadoopOptions;
import dev.forebay.wire.HttpListener;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class NodeSettingsTest {
    private static final Pattern ROW =
            Pattern.compile("^\\| `([a-z.-]+)` \\| (?:`([^`]*)`|[^|]*) \\|.*");

    private static NodeSettings read(Map<String, String> values) {
        return NodeSettings.from(Settings.of(values), "me");
    }

    /** Keys and defaults as the page for people lists them. */
    private static Map<String, String> documented() throws IOException {
        Map<String, String> rows = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("../docs/configuration.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                String standard = row.group(2);
                rows.put(row.group(1), standard == null ? "" : standard);
            }
        }
        return rows;
    }

    @Test
    void everyKeyAndDefaultIsDocumentedAndNoOther() throws IOException {
        Map<String, String> expected = documented();
        expected.put("node.user", "me");
        assertThat(read(Map.of()).effective()).isEqualTo(expected);
    }

    /** A value for each key that is not its default. */
    private static Map<String, String> otherValues() {
        Map<String, String> all = new TreeMap<>();
        all.put("node.host", "0.0.0.0");
        all.put("node.advertise", "here");
        all.put("node.user", "you");
        all.put("arena.capacity", "2GB");
        all.put("arena.directory", "/shared");
        all.put("kv.block-cache", "8MB");
        all.put("disk.reserve", "1MB");
        all.put("blocks.scrub-interval", "7s");
        all.put("blocks.scrub-rate", "3MB");
        all.put("files.block-size", "1MB");
        all.put("files.small-file-max", "1KB");
        all.put("files.write-type", "MUST_CACHE");
        all.put("files.ttl-check-interval", "3s");
        all.put("files.incomplete-expiry", "4s");
        all.put("files.lease-soft-limit", "7s");
        all.put("files.lease-hard-limit", "8s");
        all.put("files.persist-threads", "5");
        all.put("node.superusers", "root,hdfs");
        all.put("node.supergroup", "wheel");
        all.put("node.groups", "ann=staff,wheel");
        all.put("node.group-source", "system");
        all.put("node.proxy-users", "oozie");
        all.put("hdfs.enabled", "true");
        all.put("hdfs.port", "4");
        all.put("hdfs.data-port", "5");
        all.put("hdfs.advertise", "there:6");
        all.put("hdfs.domain-socket", "/run/dn._PORT");
        all.put("hdfs.domain-socket-mode", "666");
        all.put("hdfs.authentication", "token");
        all.put("hdfs.protection", "privacy");
        all.put("delegation.issued-to", "me,oozie");
        all.put("delegation.lifetime-max", "3d");
        all.put("delegation.renew-interval", "2h");
        all.put("hdfs.block-size", "2MB");
        all.put("hdfs.connections-max", "13");
        all.put("webhdfs.enabled", "true");
        all.put("webhdfs.port", "7");
        all.put("webhdfs.advertise", "http://there:8");
        all.put("webhdfs.cors-origins", "http://page");
        all.put("objects.user-quota", "6MB");
        all.put("objects.spill", "/spilled");
        all.put("objects.spill-max", "7MB");
        all.put("plasma.enabled", "true");
        all.put("plasma.socket", "/run/plasma");
        all.put("plasma.mode", "660");
        all.put("plasma.connections-max", "12");
        all.put("plasma.audit-reads", "true");
        all.put("mounts.local.roots", "/a,/b");
        all.put("mounts.hadoop.class-path", "/hadoop,/more/x.jar");
        all.put("mounts.hadoop.schemes", "hdfs,s3a");
        all.put("alluxio.enabled", "false");
        all.put("alluxio.port", "1");
        all.put("alluxio.streams-max", "2");
        all.put("alluxio.stream-idle-timeout", "6s");
        all.put("admin.port", "3");
        all.put("audit.enabled", "false");
        all.put("audit.file-length", "2MB");
        all.put("audit.files", "9");
        return all;
    }

    @Test
    void everyKeyIsRead() {
        Map<String, String> all = otherValues();
        NodeSettings settings = read(all);
        assertThat(settings.effective()).isEqualTo(all);
        assertThat(settings.network()).isEqualTo(new NodeSettings.Network("0.0.0.0", "here"));
        assertThat(settings.network().loopback()).isFalse();
        assertThat(settings.memory().arena()).isEqualTo(new DataSize(2L << 30));
        assertThat(settings.memory().directory()).hasValue(Path.of("/shared"));
        assertThat(settings.memory().blockCache()).isEqualTo(new DataSize(8 << 20));
        assertThat(settings.diskReserve()).isEqualTo(new DataSize(1 << 20));
        assertThat(settings.files().blockSize()).isEqualTo(new DataSize(1 << 20));
        assertThat(settings.files().smallFileMax()).isEqualTo(new DataSize(1 << 10));
        assertThat(settings.files().writeType()).isEqualTo(WriteType.MUST_CACHE);
        assertThat(settings.files().ttlCheckInterval()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.files().incompleteExpiry()).isEqualTo(Duration.ofSeconds(4));
        assertThat(settings.files().leaseSoftLimit()).isEqualTo(Duration.ofSeconds(7));
        assertThat(settings.files().leaseHardLimit()).isEqualTo(Duration.ofSeconds(8));
        assertThat(settings.files().persistThreads()).isEqualTo(5);
        checkHdfs(settings);
        assertThat(settings.hadoop())
                .isEqualTo(
                        new HadoopOptions(
                                List.of(Path.of("/hadoop"), Path.of("/more/x.jar")),
                                Set.of("hdfs", "s3a")));
        assertThat(settings.objects())
                .isEqualTo(
                        new ObjectsConfig(
                                new DataSize(6 << 20),
                                Optional.of(Path.of("/spilled")),
                                new DataSize(7 << 20)));
        assertThat(settings.plasma())
                .hasValue(
                        new PlasmaConfig(
                                Path.of("/run/plasma"),
                                0660,
                                12,
                                PlasmaConfig.Backlog.DEFAULT,
                                true));
        assertThat(settings.mountRoots()).isEqualTo("/a,/b");
        assertThat(settings.gateways())
                .isEqualTo(new NodeSettings.Gateways(false, 1, 2, Duration.ofSeconds(6), 3));
        assertThat(settings.audit())
                .isEqualTo(new NodeSettings.Audit(false, new DataSize(2 << 20), 9));
        assertThat(settings.principal().user()).isEqualTo("you");
    }

    private static void checkHdfs(NodeSettings settings) {
        HdfsConfig hdfs = settings.hdfs().orElseThrow();
        assertThat(hdfs.rpc()).isEqualTo(new HttpListener.Address("0.0.0.0", 4, "hdfs.port"));
        assertThat(hdfs.data()).isEqualTo(new HttpListener.Address("0.0.0.0", 5, "hdfs.data-port"));
        assertThat(hdfs.advertised()).hasValue(new HdfsConfig.Advertised("there", 6));
        assertThat(hdfs.domainSocket())
                .hasValue(new DomainSocket(Path.of("/run/dn._PORT"), 0666, true));
        assertThat(hdfs.tokensRequired()).isTrue();
        assertThat(hdfs.protection()).isEqualTo(Protection.PRIVACY);
        assertThat(settings.webHdfs().orElseThrow().identity().tokensRequired()).isTrue();
        assertThat(settings.tokens())
                .isEqualTo(new TokensConfig(Duration.ofDays(3), Duration.ofHours(2)));
        assertThat(hdfs.blockSize()).isEqualTo(2 << 20);
        assertThat(hdfs.connectionsMax()).isEqualTo(13);
        assertThat(hdfs.identity().proxies()).containsExactly("oozie");
        for (String user : List.of("you", "root", "hdfs", "ann")) {
            assertThat(hdfs.identity().users().apply(user).superuser()).as(user).isTrue();
        }
        assertThat(hdfs.identity().users().apply("me").superuser()).isFalse();
        WebHdfsConfig web = settings.webHdfs().orElseThrow();
        assertThat(web.listener())
                .isEqualTo(new HttpListener.Address("0.0.0.0", 7, "webhdfs.port"));
        assertThat(web.advertised()).hasValue("http://there:8");
        assertThat(web.corsOrigins()).containsExactly("http://page");
        assertThat(web.identity().node().user()).isEqualTo("you");
        assertThat(web.identity().proxyUsers()).containsExactly("oozie");
        assertThat(web.identity().issuedTo()).containsExactlyInAnyOrder("me", "oozie");
    }

    @Test
    void unknownKeyNamesTheNearest() {
        assertThatThrownBy(() -> read(Map.of("arena.capacty", "1GB")))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("did you mean arena.capacity?");
    }

    @Test
    void valuesOutOfRangeNameTheirKey() {
        for (Map.Entry<String, String> wrong :
                Map.of(
                                "alluxio.port", "65536",
                                "arena.capacity", "much",
                                "files.small-file-max", "2MB",
                                "files.block-size", "0",
                                "files.write-type", "SOMETIMES",
                                "audit.enabled", "perhaps",
                                "files.persist-threads", "0",
                                "files.incomplete-expiry", "1 fortnight")
                        .entrySet()) {
            assertThatThrownBy(() -> read(Map.of(wrong.getKey(), wrong.getValue())))
                    .isInstanceOf(Invalid.class)
                    .hasMessageContaining(wrong.getKey());
        }
    }
}
