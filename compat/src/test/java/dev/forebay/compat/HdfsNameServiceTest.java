package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.client.ConnectOptions;
import dev.forebay.client.FileClient;
import dev.forebay.client.FileTools;
import dev.forebay.client.FileWriter;
import dev.forebay.client.FilesException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A name service of two addresses, at the first of which nobody listens. */
class HdfsNameServiceTest {
    @TempDir private static Path folder = Path.of("target");

    private static NodeProcess node;
    private static int nobody;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        node = NodeProcess.start(folder);
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        node.stop();
    }

    private static Map<String, String> service(int first, int second) {
        return Map.of(
                "dfs.nameservices", "pool",
                "dfs.ha.namenodes.pool", "one,two",
                "dfs.namenode.rpc-address.pool.one", "127.0.0.1:" + first,
                "dfs.namenode.rpc-address.pool.two", "127.0.0.1:" + second,
                "dfs.client.failover.sleep.base.millis", "10",
                "dfs.client.failover.sleep.max.millis", "50");
    }

    private static void writesAndReads(FileClient files, String path) {
        try (FileWriter writer = files.create(path)) {
            writer.write(ByteBuffer.wrap("through".getBytes(StandardCharsets.UTF_8)));
        }
        assertThat(new FileTools(files).cat(path)).asString().isEqualTo("through");
    }

    @Test
    void theNextAddressIsTried() throws IOException {
        ConnectOptions options =
                ConnectOptions.DEFAULT
                        .withAutoconf(false)
                        .withSettings(service(nobody, node.port("hdfs")));

        try (FileClient files = FileClient.connect("hdfs://pool", options)) {
            writesAndReads(files, "/by-settings");
        }
    }

    @Test
    void theServiceOfTheConfigurationIsTakenWhenNoneIsNamed() throws IOException {
        StringBuilder xml = new StringBuilder("<configuration>");
        service(nobody, node.port("hdfs"))
                .forEach(
                        (key, value) ->
                                xml.append("<property><name>" + key + "</name><value>")
                                        .append(value + "</value></property>"));
        Path site = Files.createDirectories(folder.resolve("conf")).resolve("hdfs-site.xml");
        Files.writeString(site, xml.append("</configuration>"));
        ConnectOptions options = ConnectOptions.DEFAULT.withConfiguration(folder.resolve("conf"));

        try (FileClient files = FileClient.connect("hdfs:///", options)) {
            writesAndReads(files, "/by-file");
        }
    }

    @Test
    void noAddressThatAnswersIsUnavailable() {
        ConnectOptions options =
                ConnectOptions.DEFAULT.withAutoconf(false).withSettings(service(nobody, nobody));

        try (FileClient files = FileClient.connect("hdfs://pool", options)) {
            assertThatThrownBy(() -> files.stat("/"))
                    .isInstanceOf(FilesException.Unavailable.class);
        }
    }

    @Test
    void usersAreThoseGiven() throws IOException {
        ConnectOptions options = ConnectOptions.DEFAULT.withAutoconf(false);
        String uri = node.hdfs().toString();
        try (FileClient files = FileClient.connect(uri, options);
                FileClient ann = FileClient.connect(uri, options.withUser("ann"))) {
            files.createDirectory("/mine");
            assertThatThrownBy(() -> ann.createDirectory("/mine/hers"))
                    .isInstanceOf(FilesException.PermissionDenied.class);
        }
    }
}
