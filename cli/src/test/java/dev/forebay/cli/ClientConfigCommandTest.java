package dev.forebay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.forebay.gateway.admin.NodeStatus;
import dev.forebay.node.NodeConfig;
import dev.forebay.node.NodeServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The configuration files of HDFS clients, from a node with and one without HDFS. */
class ClientConfigCommandTest {
    @TempDir private Path folder = Path.of("target");
    private String out = "";
    private String err = "";

    private NodeConfig config(String data) {
        return NodeConfig.at(folder.resolve(data))
                .with("arena.capacity", "16MB")
                .with("disk.reserve", "1MB")
                .withFreePorts();
    }

    private static int port(NodeServer server, String name) {
        return server.listening().stream()
                .filter(each -> each.name().equals(name))
                .mapToInt(NodeStatus.Listening::port)
                .findFirst()
                .orElseThrow();
    }

    private int run(NodeServer server, String... args) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        Console console =
                new Console(
                        new ByteArrayInputStream(new byte[0]),
                        new PrintStream(output, true, UTF_8),
                        new PrintStream(errors, true, UTF_8),
                        Map.of("FOREBAY_NODE", "forebay://127.0.0.1:" + port(server, "admin")),
                        false);
        int code = Main.run(console, args);
        out = output.toString(UTF_8);
        err = errors.toString(UTF_8);
        return code;
    }

    @Test
    void filesNameTheNodeAndAreNotReplacedUnasked() throws IOException {
        Path conf = folder.resolve("new/conf");
        try (NodeServer server = NodeServer.start(config("data"))) {
            assertThat(run(server, "client-config", "--json", conf.toString())).isZero();
            assertThat(out).contains("core-site.xml").contains("hdfs-site.xml");
            assertThat(Files.readString(conf.resolve("core-site.xml")))
                    .contains("<name>fs.defaultFS</name>")
                    .contains("<value>hdfs://127.0.0.1:" + port(server, "hdfs") + "</value>");
            assertThat(Files.readString(conf.resolve("hdfs-site.xml")))
                    .contains("127.0.0.1:" + port(server, "webhdfs"))
                    .contains("<name>dfs.client.read.shortcircuit</name><value>true</value>")
                    .contains("<value>" + folder.resolve("data/dn_socket") + "</value>");
            assertThat(run(server, "client-config", conf.toString())).isNotZero();
            assertThat(err).contains("--force");
            assertThat(run(server, "client-config", "-f", conf.toString())).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "authentication, '', ''",
        "integrity, <name>hadoop.rpc.protection</name><value>integrity</value>,"
                + " <name>dfs.data.transfer.protection</name><value>integrity</value>",
        "privacy, <name>hadoop.rpc.protection</name><value>privacy</value>,"
                + " <name>dfs.encrypt.data.transfer</name><value>true</value>"
    })
    void whatTheNodeProtectsIsAskedFor(String protection, String core, String names)
            throws IOException {
        NodeConfig config =
                config("data")
                        .with("hdfs.authentication", "token")
                        .with("hdfs.protection", protection);
        Path conf = folder.resolve("conf");
        try (NodeServer server = NodeServer.start(config)) {
            assertThat(run(server, "client-config", conf.toString())).isZero();
        }
        assertThat(Files.readString(conf.resolve("core-site.xml"))).contains(core);
        assertThat(Files.readString(conf.resolve("hdfs-site.xml"))).contains(names);
        if (core.isEmpty()) {
            assertThat(Files.readString(conf.resolve("core-site.xml"))).doesNotContain("protect");
            assertThat(Files.readString(conf.resolve("hdfs-site.xml"))).doesNotContain("transfer");
        }
    }

    @Test
    void nodeWithoutHdfsIsSaidToBeOne() {
        try (NodeServer server = NodeServer.start(config("data").with("hdfs.enabled", "false"))) {
            assertThat(run(server, "client-config", folder.toString())).isEqualTo(9);
            assertThat(err).contains("turned off");
        }
        assertThat(folder.resolve("core-site.xml")).doesNotExist();
    }
}
