package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.Clock;
import dev.forebay.base.WriteType;
import dev.forebay.client.CreateOptions;
import dev.forebay.client.FileClient;
import dev.forebay.client.FileTools;
import dev.forebay.client.FileWriter;
import dev.forebay.client.FilesException;
import dev.forebay.client.MountOptions;
import dev.forebay.client.Mounts;
import dev.forebay.testkit.HdfsCluster;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A real HDFS mounted into a started node, and another node mounted as if it were one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HadoopMountTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern DRAFT = Pattern.compile("\\.forebay-[0-9a-f]{32}");

    private HdfsCluster cluster;
    private FileSystem hadoop;
    private Path folder;
    private NodeProcess node;
    private FileClient files;

    @BeforeAll
    void startCluster(@TempDir Path data) throws IOException {
        cluster = HdfsCluster.start(data);
        hadoop = FileSystem.newInstance(cluster.hdfs(), new Configuration());
    }

    @AfterAll
    void stopCluster() throws IOException {
        hadoop.close();
        cluster.close();
    }

    @BeforeEach
    void start(@TempDir Path temporary) throws IOException, InterruptedException {
        folder = temporary;
        hadoop.delete(path("/lake"), true);
        put("deep/others", "put by others");
        startNode();
    }

    private void startNode() throws IOException, InterruptedException {
        node = NodeProcess.start(folder, Map.of("mounts.hadoop.class-path", jars()));
        files = FileClient.connect("forebay://127.0.0.1:" + node.port("admin"));
    }

    /** What {@code ./forebay} puts into a folder. */
    private static String jars() {
        List<String> wanted =
                List.of("hadoop-client-api", "hadoop-client-runtime", "jcl-over-slf4j");
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(path -> wanted.stream().anyMatch(path::contains))
                .map(path -> Path.of(path).toAbsolutePath().toString())
                .collect(Collectors.joining(","));
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        files.close();
        node.stop();
    }

    private static org.apache.hadoop.fs.Path path(String text) {
        return new org.apache.hadoop.fs.Path(text);
    }

    private void mount(String path, URI place, String there) {
        files.as(Mounts.class).mount(path, place + there, MountOptions.DEFAULT);
    }

    private void write(String path, WriteType type, String text) {
        try (FileWriter writer = files.create(path, CreateOptions.DEFAULT.withWriteType(type))) {
            writer.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private String read(String path) {
        return new String(new FileTools(files).cat(path), StandardCharsets.UTF_8);
    }

    private void put(String name, String text) throws IOException {
        try (FSDataOutputStream stream = hadoop.create(path("/lake/" + name), true)) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private String inHdfs(String name) throws IOException {
        try (FSDataInputStream stream = hadoop.open(path("/lake/" + name))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private List<String> namesInHdfs() throws IOException {
        return Arrays.stream(hadoop.listStatus(path("/lake")))
                .map(status -> status.getPath().getName())
                .toList();
    }

    private void awaitInHdfs(String name) throws IOException, InterruptedException {
        Clock clock = Clock.system();
        long begin = clock.nanos();
        while (!hadoop.exists(path("/lake/" + name))) {
            assertThat(clock.nanos() - begin).isLessThan(LIMIT.toNanos());
            clock.sleep(Duration.ofMillis(20));
        }
    }

    @Test
    void officialClientsReadAndWriteWhatHadoopDoes() throws IOException, InterruptedException {
        String alluxio =
                """
                import sys, alluxio
                from alluxio import option, wire
                client = alluxio.Client("127.0.0.1", int(sys.argv[1]))
                client.mount("/lake", sys.argv[2] + "/lake")
                with client.open("/lake/deep/others", "r") as f:
                    assert f.read() == b"put by others", "content"
                through = option.CreateFile(write_type=wire.WRITE_TYPE_CACHE_THROUGH)
                with client.open("/lake/mine", "w", through) as f:
                    f.write("put by me")
                print(client.ls("/lake"))
                """;
        String port = Integer.toString(node.port("alluxio"));
        AlluxioClient python = AlluxioClient.install(AlluxioClient.NEWEST);
        List<String> output =
                ChildProcess.run(
                        LIMIT, python.python("-c", alluxio, port, cluster.hdfs().toString()));
        assertThat(output.getLast()).isEqualTo("['deep', 'mine']");
        assertThat(inHdfs("mine")).isEqualTo("put by me");

        String rust =
                """
                import sys, hdfs_native
                client = hdfs_native.Client(sys.argv[1])
                with client.read("/lake/deep/others") as f:
                    assert f.read() == b"put by others", "content"
                with client.create("/lake/native", hdfs_native.WriteOptions()) as f:
                    f.write(b"put natively")
                print(sorted(s.path for s in client.list_status("/lake", False)))
                """;
        ProcessBuilder program = HdfsNative.install().python("-c", rust, node.hdfs().toString());
        assertThat(ChildProcess.run(LIMIT, program).getLast())
                .isEqualTo("['/lake/deep', '/lake/mine', '/lake/native']");
        awaitInHdfs("native");
        assertThat(inHdfs("native")).isEqualTo("put natively");
    }

    @Test
    void everyWriteTypePutsThereWhatItPromises() throws IOException, InterruptedException {
        mount("/lake", cluster.hdfs(), "/lake");
        for (WriteType type : WriteType.values()) {
            write("/lake/" + type, type, "by " + type);
            assertThat(read("/lake/" + type)).isEqualTo("by " + type);
        }
        assertThat(inHdfs("CACHE_THROUGH")).isEqualTo("by CACHE_THROUGH");
        assertThat(inHdfs("THROUGH")).isEqualTo("by THROUGH");
        awaitInHdfs("ASYNC_THROUGH");
        assertThat(inHdfs("ASYNC_THROUGH")).isEqualTo("by ASYNC_THROUGH");
        assertThat(namesInHdfs()).doesNotContain("MUST_CACHE");
        files.rename("/lake/THROUGH", "/lake/renamed");
        files.delete("/lake/CACHE_THROUGH");
        assertThat(inHdfs("renamed")).isEqualTo("by THROUGH");
        assertThat(namesInHdfs()).doesNotContain("THROUGH", "CACHE_THROUGH");
    }

    @Test
    void changesMadeThereAreSeen() throws IOException {
        mount("/lake", cluster.hdfs(), "/lake");
        assertThat(read("/lake/deep/others")).isEqualTo("put by others");
        put("deep/others", "put by OTHERS");
        put("deep/more", "more");
        assertThat(read("/lake/deep/others")).isEqualTo("put by OTHERS");
        assertThat(read("/lake/deep/more")).isEqualTo("more");
        hadoop.delete(path("/lake/deep/more"), false);
        assertThatThrownBy(() -> read("/lake/deep/more"))
                .isInstanceOf(FilesException.NotFound.class);
    }

    @Test
    void restartKeepsTheMount() throws IOException, InterruptedException {
        mount("/lake", cluster.webHdfs(), "/lake");
        write("/lake/f", WriteType.CACHE_THROUGH, "text");
        stop();
        put("new", "put while it was down");
        startNode();
        assertThat(read("/lake/f")).isEqualTo("text");
        assertThat(read("/lake/new")).isEqualTo("put while it was down");
        assertThat(inHdfs("f")).isEqualTo("text");
    }

    @Test
    void anotherNodeIsMountedLikeAnyHdfs(@TempDir Path other)
            throws IOException, InterruptedException {
        try (NodeProcess below = NodeProcess.start(other);
                FileClient there =
                        FileClient.connect("forebay://127.0.0.1:" + below.port("admin"))) {
            there.createDirectory("/shared");
            mount("/other", below.hdfs(), "/shared");
            mount("/web", URI.create("webhdfs://127.0.0.1:" + below.port("webhdfs")), "/");
            files.createDirectory("/other/a");
            write("/other/a/one", WriteType.CACHE_THROUGH, "two");
            files.rename("/other/a/one", "/other/renamed");

            assertThat(new FileTools(there).cat("/shared/renamed"))
                    .isEqualTo("two".getBytes(StandardCharsets.UTF_8));
            assertThat(read("/web/shared/renamed")).isEqualTo("two");
            assertThat(read("/other/renamed")).isEqualTo("two");
            there.delete("/shared/renamed");
            assertThatThrownBy(() -> read("/other/renamed"))
                    .isInstanceOf(FilesException.NotFound.class);
            below.stop();
        }
    }

    @Test
    void nodeKilledInTheMiddleOfAWriteLeavesNothingToSee()
            throws IOException, InterruptedException {
        mount("/lake", cluster.hdfs(), "/lake");
        CreateOptions through = CreateOptions.DEFAULT.withWriteType(WriteType.THROUGH);
        FileWriter writer = files.create("/lake/new", through);
        for (int i = 0; i < 16; i++) {
            writer.write(ByteBuffer.allocate(1 << 20));
        }
        node.kill();

        List<String> left = namesInHdfs();
        assertThat(left).filteredOn(DRAFT.asMatchPredicate().negate()).containsExactly("deep");
        assertThat(left).hasSize(2);
        files.close();
        startNode();
        assertThat(files.stat("/lake/new").completed()).isFalse();
        files.delete("/lake/new");
        write("/lake/new", WriteType.THROUGH, "again");
        assertThat(inHdfs("new")).isEqualTo("again");
    }

    @Test
    void hdfsThatDiesUnderItsMountIsUnavailable(@TempDir Path data)
            throws IOException, InterruptedException {
        try (HdfsCluster mortal = HdfsCluster.start(Files.createDirectories(data))) {
            mount("/mortal", mortal.hdfs(), "/");
        }
        assertThatThrownBy(() -> read("/mortal/f")).isInstanceOf(FilesException.Unavailable.class);
        assertThatThrownBy(() -> write("/mortal/g", WriteType.THROUGH, "text"))
                .isInstanceOf(FilesException.Unavailable.class);
        write("/native", WriteType.CACHE_THROUGH, "native");
        assertThat(read("/native")).isEqualTo("native");
        files.as(Mounts.class).unmount("/mortal");
        assertThat(files.find("/mortal")).isEmpty();
    }
}
