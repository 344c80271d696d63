package dev.forebay.understore.hadoop.inside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.FilePath;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.Unsupported;

import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class HadoopSettingsTest {
    private static final String RETRIES = "ipc.client.connect.max.retries";

    private static Configuration parse(Map<String, String> properties) {
        return HadoopSettings.parse(properties).configuration();
    }

    private static void writeSite(Path file, String key, String value) throws IOException {
        Files.writeString(
                file,
                """
                <configuration>
                  <property><name>%s</name><value>%s</value></property>
                </configuration>
                """
                        .formatted(key, value));
    }

    @Test
    void mountWinsOverItsFolderAndThatOverOurDefaults(@TempDir Path folder) throws IOException {
        assertThat(parse(Map.of()).get(RETRIES)).isEqualTo("2");
        writeSite(folder.resolve("core-site.xml"), RETRIES, "7");
        writeSite(folder.resolve("hdfs-site.xml"), "dfs.replication", "5");
        for (String name : new String[] {"configuration", "alluxio.underfs.hdfs.configuration"}) {
            Map<String, String> properties = Map.of(name, folder.toString());
            assertThat(parse(properties).get(RETRIES)).isEqualTo("7");
            assertThat(parse(properties).get("dfs.replication")).isEqualTo("5");
        }
        Map<String, String> both = Map.of("configuration", folder.toString(), RETRIES, "9");
        assertThat(parse(both).get(RETRIES)).isEqualTo("9");
        String files = folder + "/core-site.xml:" + folder + "/hdfs-site.xml";
        assertThat(parse(Map.of("configuration", files)).get("dfs.replication")).isEqualTo("5");
    }

    @Test
    void nameMayBeginWithHadoop() {
        Configuration both = parse(Map.of("hadoop.dfs.replication", "4", "hadoop.tmp.dir", "/x"));
        assertThat(both.get("dfs.replication")).isEqualTo("4");
        assertThat(both.get("hadoop.tmp.dir")).isEqualTo("/x");
    }

    @Test
    void userIsTaken() {
        assertThat(HadoopSettings.parse(Map.of("user", "alice")).user()).hasValue("alice");
        assertThat(HadoopSettings.parse(Map.of()).user()).isEmpty();
    }

    @Test
    void wrongValuesAreRefusedWithoutBeingShown(@TempDir Path folder) throws IOException {
        Path broken = folder.resolve("core-site.xml");
        Files.writeString(broken, "<configuration>very-secret");
        for (Map<String, String> properties :
                Map.of(
                                "fs.x.key", "very-${env.PATH}",
                                "configuration", "very/relative",
                                " ", "very")
                        .entrySet()
                        .stream()
                        .map(Map::ofEntries)
                        .toList()) {
            assertThatThrownBy(() -> parse(properties))
                    .isInstanceOf(Invalid.class)
                    .hasMessageNotContaining("very");
        }
        assertThatThrownBy(() -> parse(Map.of("configuration", folder.toString())))
                .isInstanceOf(Invalid.class)
                .hasNoCause()
                .hasMessageNotContaining("very");
    }

    @Test
    void kerberosIsRefused() {
        assertThatThrownBy(() -> parse(Map.of("hadoop.security.authentication", "kerberos")))
                .isInstanceOf(Unsupported.class);
    }

    @ParameterizedTest
    @CsvSource({
        "hdfs://host:8020/a//b/, hdfs://host:8020/, /a/b",
        "HDFS://nameservice, hdfs://nameservice/, /",
        "hdfs:///a%20b, hdfs:///, /a%20b",
        "abfs://box@account.dfs.core.windows.net/a?b#c, "
                + "abfs://box@account.dfs.core.windows.net/, /a?b#c",
    })
    void pathIsTakenAsItIsWritten(String uri, URI place, String folder) {
        MountUri source = MountUri.parse(uri);
        assertThat(source.place().toString().replaceFirst("^hdfs:/$", "hdfs:///"))
                .isEqualTo(place.toString());
        assertThat(source.folder()).isEqualTo(FilePath.parse(folder));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hdfs:/host",
                "hdfs",
                "://host/",
                "hdfs://user:very-secret@host/",
                "hdfs://host/../etc",
            })
    void malformedUrisAreRefused(String uri) {
        assertThatThrownBy(() -> MountUri.parse(uri))
                .isInstanceOf(ForebayException.class)
                .isInstanceOf(Invalid.class)
                .hasMessageNotContaining("very-secret");
    }
}
