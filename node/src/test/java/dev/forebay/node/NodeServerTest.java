package dev.forebay.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.Clock;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.InvalidState;
import dev.forebay.base.error.Unavailable;
import dev.forebay.gateway.admin.NodeStatus;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Start and stop of a node with its gateways. */
// the folder is made before each test, which the null checker does not follow
@SuppressWarnings("NullAway.Init")
class NodeServerTest {
    @TempDir private Path folder;

    private NodeConfig config() {
        return NodeConfig.at(folder.resolve("data"))
                .with("arena.capacity", "16MB")
                .with("disk.reserve", "1MB")
                .withFreePorts();
    }

    @Test
    void readyFileIsThereWhileTheNodeAnswers() throws IOException {
        Path ready = folder.resolve("data/node.json");
        try (NodeServer server = NodeServer.start(config())) {
            assertThat(server.listening())
                    .extracting(NodeStatus.Listening::name)
                    .containsExactly(
                            "hdfs",
                            "hdfs-data",
                            "hdfs-local",
                            "plasma",
                            "alluxio",
                            "webhdfs",
                            "admin");
            assertThat(Files.readString(ready))
                    .contains("\"pid\":" + ProcessHandle.current().pid())
                    .contains("\"port\":" + server.listening().getLast().port());
        }
        assertThat(ready).doesNotExist();
    }

    @Test
    void secondNodeOnTheSameDataIsRefusedAndTheFirstGoesOn() {
        try (Node first = Node.open(config())) {
            assertThatThrownBy(() -> Node.open(config()))
                    .isInstanceOf(InvalidState.class)
                    .hasMessageContaining("another node uses this data folder");
            first.files().createDirectory("/d");
        }
        try (Node second = Node.open(config())) {
            assertThat(second.files().find("/d")).isPresent();
        }
    }

    @Test
    void portInUseNamesItsSettingAndLeavesNothingHalfStarted() throws IOException {
        try (ServerSocket taken =
                new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            String port = Integer.toString(taken.getLocalPort());
            for (String key : NodeSettings.PORTS) {
                assertThatThrownBy(() -> NodeServer.start(config().with(key, port)))
                        .isInstanceOf(Unavailable.class)
                        .hasMessageContaining(key);
            }
        }
        NodeServer.start(config()).close();
    }

    @Test
    void unknownSettingStopsTheStart() {
        assertThatThrownBy(() -> NodeServer.start(config().with("admin.prt", "0")))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("admin.port");
    }

    @Test
    void terminatedProcessEndsWithZeroAndWithoutReadyFile()
            throws IOException, InterruptedException {
        Path ready = folder.resolve("data/node.json");
        Clock clock = Clock.system();
        try (ChildNode child =
                ChildNode.start(
                        folder.resolve("log"),
                        "up",
                        "--data",
                        folder.resolve("data").toString(),
                        "--memory",
                        "16MB",
                        "--set",
                        "alluxio.port=0",
                        "--set",
                        "hdfs.port=0",
                        "--set",
                        "hdfs.data-port=0",
                        "--set",
                        "webhdfs.port=0",
                        "--set",
                        "admin.port=0",
                        "--set",
                        "plasma.socket=plasma")) {
            while (!Files.exists(ready)) {
                assertThat(child.alive()).as(child.output()).isTrue();
                clock.sleep(Duration.ofMillis(20));
            }
            child.terminate();
            assertThat(child.exitCode()).as(child.output()).isZero();
        }
        assertThat(ready).doesNotExist();
    }
}
