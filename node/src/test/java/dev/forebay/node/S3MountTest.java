package dev.forebay.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.Clock;
import dev.forebay.base.PersistenceState;
import dev.forebay.base.WriteType;
import dev.forebay.client.CreateOptions;
import dev.forebay.client.FileClient;
import dev.forebay.client.FileWriter;
import dev.forebay.client.FilesException;
import dev.forebay.client.MountOptions;
import dev.forebay.client.Mounts;
import dev.forebay.testkit.MotoServer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** A bucket mounted into a node, against a real S3 server in a process of its own. */
// opened before each test, which the null checker does not follow
@SuppressWarnings("NullAway.Init")
class S3MountTest {
    private static final String SECRET = "wJalrXUtnFEMIverysecret";

    private static MotoServer moto;

    @TempDir private Path folder;
    private NodeServer server;
    private FileClient files;

    @BeforeAll
    static void startMoto() throws IOException {
        moto = MotoServer.start(Path.of("../target/python"));
    }

    @AfterAll
    static void stopMoto() {
        moto.close();
    }

    @BeforeEach
    void open() throws IOException {
        moto.reset();
        moto.createBucket("bucket");
        start();
    }

    private void start() {
        server =
                NodeServer.start(
                        NodeConfig.at(folder.resolve("data"))
                                .with("arena.capacity", "16MB")
                                .with("disk.reserve", "1MB")
                                .with("alluxio.port", "0")
                                .with("admin.port", "0"));
        files = server.node().files();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        properties.put("endpoint", moto.endpoint().toString());
        properties.put("path-style", "true");
        properties.put("region", "us-east-1");
        properties.put("access-key", "somebody");
        properties.put("secret-key", SECRET);
        properties.put("connect-timeout", "500ms");
        properties.put("tries", "1");
        return properties;
    }

    private void mount(String path, String uri, Map<String, String> properties) {
        files.as(Mounts.class).mount(path, uri, MountOptions.DEFAULT.withProperties(properties));
    }

    private void write(String path, WriteType type, String text) {
        try (FileWriter writer = files.create(path, CreateOptions.DEFAULT.withWriteType(type))) {
            writer.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private void awaitPersisted(String path) throws InterruptedException {
        Clock clock = Clock.system();
        long begin = clock.nanos();
        while (files.stat(path).storage().persistence() != PersistenceState.PERSISTED) {
            assertThat(clock.nanos() - begin).isLessThan(Duration.ofSeconds(20).toNanos());
            clock.sleep(Duration.ofMillis(20));
        }
    }

    private String read(String path) {
        try (var reader = files.open(path)) {
            return new String(reader.asInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void filesGoDownAndComeBackThroughAnotherMount() throws InterruptedException {
        mount("/s3", "s3://bucket/one", properties());
        write("/s3/through", WriteType.CACHE_THROUGH, "through");
        write("/s3/async", WriteType.ASYNC_THROUGH, "async");
        write("/s3/memory", WriteType.MUST_CACHE, "memory");
        awaitPersisted("/s3/async");
        files.rename("/s3/through", "/s3/renamed");
        write("/s3/gone", WriteType.THROUGH, "gone");
        files.delete("/s3/gone");
        files.as(Mounts.class).unmount("/s3");
        mount("/again", "s3://bucket/one", properties());
        try (var listed = files.list("/again")) {
            assertThat(listed.map(file -> file.path()))
                    .containsExactlyInAnyOrder("/again/async", "/again/renamed");
        }
        assertThat(read("/again/renamed")).isEqualTo("through");
        assertThat(read("/again/async")).isEqualTo("async");
    }

    @Test
    void restartRemembersTheMountAndNothingTellsTheSecret() throws IOException {
        mount("/s3", "s3://bucket", properties());
        write("/s3/f", WriteType.CACHE_THROUGH, "text");
        assertThat(files.as(Mounts.class).mounts().toString()).doesNotContain(SECRET);
        stop();
        start();
        assertThat(read("/s3/f")).isEqualTo("text");
        assertThat(server.status().toString()).doesNotContain(SECRET);
        try (Stream<Path> data = Files.list(folder.resolve("data"))) {
            for (Path file : data.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .doesNotContain(SECRET);
            }
        }
    }

    @Test
    void wrongBucketAndDeadEndpointAreTypedErrorsSoon() {
        long begin = Clock.system().nanos();
        assertThatThrownBy(() -> mount("/s3", "s3://nowhere", properties()))
                .isInstanceOf(FilesException.InvalidArgument.class)
                .hasMessageNotContaining(SECRET);
        Map<String, String> dead = properties();
        dead.put("endpoint", "http://127.0.0.1:1");
        assertThatThrownBy(() -> mount("/s3", "s3://bucket", dead))
                .isInstanceOf(FilesException.Unavailable.class)
                .hasMessageNotContaining(SECRET);
        assertThat(Clock.system().nanos() - begin).isLessThan(Duration.ofSeconds(20).toNanos());
        assertThat(files.find("/s3")).isEmpty();
    }
}
