package dev.forebay.understore.hadoop.inside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.Clock;
import dev.forebay.base.FilePath;
import dev.forebay.base.Randomness;
import dev.forebay.base.error.Unavailable;
import dev.forebay.testkit.HdfsCluster;
import dev.forebay.understore.UnderStore;
import dev.forebay.understore.UnderWriter;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** What a place that is gone or silent is to callers, and in what time. */
@Timeout(120)
class HdfsFaultsTest {
    private static final FilePath FILE = FilePath.parse("/file");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static UnderStore open(String uri, Map<String, String> properties) {
        return new HadoopPlaces(Clock.system(), Randomness.secure()).open(uri, properties);
    }

    private static void assertUnavailableInTime(ThrowingCallable call) {
        long begin = Clock.system().nanos();
        assertThatThrownBy(call).isInstanceOf(Unavailable.class);
        assertThat(Clock.system().nanos() - begin).isLessThan(LIMIT.toNanos());
    }

    @Test
    void nobodyListeningIsUnavailable() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }

        for (String scheme : new String[] {"hdfs", "webhdfs"}) {
            assertUnavailableInTime(() -> open(scheme + "://127.0.0.1:" + port + "/", Map.of()));
        }
    }

    @Test
    void hostThatNobodyKnowsIsUnavailable() {
        assertUnavailableInTime(() -> open("hdfs://no-such-host.invalid:8020/", Map.of()));
    }

    @Test
    void serverThatNeverAnswersIsUnavailable() throws IOException {
        Map<String, String> hasty =
                Map.of(
                        "ipc.client.rpc-timeout.ms", "500",
                        "dfs.webhdfs.socket.read-timeout", "500ms");
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            for (String scheme : new String[] {"hdfs", "webhdfs"}) {
                String uri = scheme + "://127.0.0.1:" + silent.getLocalPort() + "/";
                assertUnavailableInTime(() -> open(uri, hasty));
            }
        }
    }

    @Test
    void interruptEndsAWait() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.currentThread().interrupt();
            assertUnavailableInTime(
                    () -> open("hdfs://127.0.0.1:" + silent.getLocalPort() + "/", Map.of()));
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void hdfsThatDiesUnderItsMountIsUnavailable(@TempDir Path folder) throws IOException {
        HdfsCluster cluster = HdfsCluster.start(folder);
        try (UnderStore store = open(cluster.hdfs() + "/", Map.of())) {
            UnderWriter idle = store.create(FILE);
            UnderWriter busy = store.create(FILE);
            busy.write(ByteBuffer.allocate(1 << 20));
            cluster.close();

            assertUnavailableInTime(() -> store.stat(FILE));
            assertUnavailableInTime(() -> store.list(FilePath.ROOT));
            assertUnavailableInTime(() -> store.create(FILE));
            assertUnavailableInTime(() -> store.delete(FILE));
            assertUnavailableInTime(idle::commit);
            assertUnavailableInTime(busy::commit);
            long begin = Clock.system().nanos();
            idle.close();
            busy.close();
            assertThat(Clock.system().nanos() - begin).isLessThan(2 * LIMIT.toNanos());
        } finally {
            cluster.close();
        }
    }
}
