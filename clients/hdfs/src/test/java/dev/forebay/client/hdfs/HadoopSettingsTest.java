package dev.forebay.client.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.client.ConnectOptions;
import dev.forebay.client.FilesException;

import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class HadoopSettingsTest {
    @TempDir private Path folder;

    private Path write(String name, String key, String value) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(
                file,
                "<configuration><property><name>%s</name><value>%s</value></property>"
                        .concat("</configuration>")
                        .formatted(key, value));
    }

    private static Configuration found(Map<String, String> environment) {
        return new HadoopSettings(environment).configuration(ConnectOptions.DEFAULT);
    }

    @Test
    void filesAreFoundAsHdfs3FindsThem() throws IOException {
        write("conf/core-site.xml", "a", "core");
        write("conf/hdfs-site.xml", "b", "hdfs");
        write("install/hadoop/conf/hdfs-site.xml", "b", "installed");
        Path named = write("named/my.xml", "c", "named");
        write("named/core-site.xml", "a", "neighbour");

        Configuration byFolder = found(Map.of("HADOOP_CONF_DIR", folder + "/conf"));
        assertThat(byFolder.get("a") + byFolder.get("b")).isEqualTo("corehdfs");
        assertThat(found(Map.of("HADOOP_INSTALL", folder + "/install")).get("b"))
                .isEqualTo("installed");
        Configuration byFile =
                found(
                        Map.of(
                                "LIBHDFS3_CONF",
                                named.toString(),
                                "HADOOP_CONF_DIR",
                                folder + "/conf"));
        assertThat(byFile.get("a") + byFile.get("c")).isEqualTo("neighbournamed");
    }

    @Test
    void whatIsGivenWinsOverWhatIsFound() throws IOException {
        write("conf/core-site.xml", "a", "found");
        Path given = write("given/core-site.xml", "a", "given");
        HadoopSettings settings = new HadoopSettings(Map.of("HADOOP_CONF_DIR", folder + "/conf"));
        ConnectOptions options = ConnectOptions.DEFAULT;

        assertThat(settings.configuration(options).get("a")).isEqualTo("found");
        assertThat(settings.configuration(options.withAutoconf(false)).get("a")).isNull();
        assertThat(settings.configuration(options.withConfiguration(given)).get("a"))
                .isEqualTo("given");
        ConnectOptions inFolder =
                options.withAutoconf(false).withConfiguration(folder.resolve("given"));
        assertThat(settings.configuration(inFolder).get("a")).isEqualTo("given");
        ConnectOptions overridden = inFolder.withSettings(Map.of("a", "map"));
        assertThat(settings.configuration(overridden).get("a")).isEqualTo("map");
    }

    @Test
    void whatCannotBeReadIsSaidSo() throws IOException {
        ConnectOptions missing = ConnectOptions.DEFAULT.withConfiguration(folder.resolve("no"));
        assertThatThrownBy(() -> new HadoopSettings(Map.of()).configuration(missing))
                .isInstanceOf(FilesException.NotFound.class);
        Path broken = Files.writeString(folder.resolve("broken.xml"), "<configuration>");
        ConnectOptions unreadable = ConnectOptions.DEFAULT.withConfiguration(broken);
        assertThatThrownBy(() -> new HadoopSettings(Map.of()).configuration(unreadable))
                .isInstanceOf(FilesException.InvalidArgument.class)
                .hasMessageContaining("broken.xml");
    }

    @Test
    void addressesAreCompleted() {
        Configuration plain = settings(Map.of());
        assertThat(address("hdfs://h", plain)).isEqualTo("hdfs://h:8020");
        assertThat(address("hdfs://h:1", plain)).isEqualTo("hdfs://h:1");
        assertThat(address("hdfs://[::1]", plain)).isEqualTo("hdfs://[::1]:8020");
        assertThat(address("webhdfs://h", plain)).isEqualTo("webhdfs://h:9870");
        assertThatThrownBy(() -> address("hdfs:///", plain))
                .isInstanceOf(FilesException.InvalidArgument.class);

        Configuration named = settings(Map.of("fs.defaultFS", "hdfs://other:9000"));
        assertThat(address("hdfs:///", named)).isEqualTo("hdfs://other:9000");
        assertThatThrownBy(() -> address("webhdfs:///", named))
                .isInstanceOf(FilesException.InvalidArgument.class);
    }

    @Test
    void nameServicesAreKnown() {
        Configuration service =
                settings(Map.of("dfs.nameservices", "ns", "dfs.ha.namenodes.ns", "a,b"));

        assertThat(address("hdfs://ns", service)).isEqualTo("hdfs://ns");
        assertThat(address("hdfs:///", service)).isEqualTo("hdfs://ns");
        assertThat(service.get("dfs.client.failover.proxy.provider.ns"))
                .endsWith("ConfiguredFailoverProxyProvider");
    }

    @Test
    void umaskIsForWhatIsMadeWithoutAMode() {
        Configuration strict = settings(Map.of("fs.permissions.umask-mode", "077"));

        assertThat(HadoopSettings.umask(strict).toShort()).isEqualTo((short) 077);
        assertThat(HadoopSettings.umask(settings(Map.of())).toShort()).isEqualTo((short) 022);
        assertThat(strict.get("fs.permissions.umask-mode")).isEqualTo("000");
    }

    @Test
    void whoSetAKeyIsKnown() {
        assertThat(HadoopSettings.given(settings(Map.of()), "dfs.replication")).isFalse();
        assertThat(
                        HadoopSettings.given(
                                settings(Map.of("dfs.replication", "2")), "dfs.replication"))
                .isTrue();
    }

    private static Configuration settings(Map<String, String> values) {
        ConnectOptions options = ConnectOptions.DEFAULT.withAutoconf(false).withSettings(values);
        return new HadoopSettings(Map.of()).configuration(options);
    }

    private static String address(String uri, Configuration configuration) {
        return HadoopSettings.address(URI.create(uri), configuration).toString();
    }
}
