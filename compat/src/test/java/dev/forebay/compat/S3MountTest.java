package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.Clock;
import dev.forebay.base.PersistenceState;
import dev.forebay.base.WriteType;
import dev.forebay.client.CreateOptions;
import dev.forebay.client.FileClient;
import dev.forebay.client.FileTools;
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
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A bucket mounted into a started node, against a real S3 server in a process of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3MountTest {
    private static final String BUCKET = "bucket";
    private static final String DEAD = "http://127.0.0.1:1";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private MotoServer moto;
    private Path folder;
    private NodeProcess node;
    private FileClient files;

    @BeforeAll
    void startMoto() throws IOException {
        moto = MotoServer.start(Path.of("target", "python"));
    }

    @AfterAll
    void stopMoto() {
        moto.close();
    }

    @BeforeEach
    void start(@TempDir Path temporary) throws IOException, InterruptedException {
        folder = temporary;
        moto.reset();
        moto.createBucket(BUCKET);
        put("deep/others", "put by others");
        startNode();
    }

    private void startNode() throws IOException, InterruptedException {
        node = NodeProcess.start(folder);
        files = FileClient.connect("forebay://127.0.0.1:" + node.port("admin"));
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        files.close();
        node.stop();
    }

    private Map<String, String> properties(String endpoint) {
        Map<String, String> properties = new HashMap<>();
        properties.put("endpoint", endpoint);
        properties.put("path-style", "true");
        properties.put("region", "us-east-1");
        properties.put("access-key", "somebody");
        properties.put("secret-key", SecretWatch.SECRET);
        properties.put("connect-timeout", "500ms");
        properties.put("tries", "1");
        return properties;
    }

    private void mount(String path, String uri, String endpoint) {
        MountOptions options = MountOptions.DEFAULT.withProperties(properties(endpoint));
        files.as(Mounts.class).mount(path, uri, options);
    }

    private void mount() {
        mount("/s3", "s3://bucket/folder/", moto.endpoint().toString());
    }

    private void write(String path, WriteType type, String text) {
        try (FileWriter writer = files.create(path, CreateOptions.DEFAULT.withWriteType(type))) {
            writer.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private String read(String path) {
        return new String(new FileTools(files).cat(path), StandardCharsets.UTF_8);
    }

    private void put(String key, String text) throws IOException {
        moto.put(BUCKET, "folder/" + key, text.getBytes(StandardCharsets.UTF_8));
    }

    private Optional<String> inBucket(String key) throws IOException {
        return moto.find(BUCKET, "folder/" + key)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private void awaitPersisted(String path) throws InterruptedException {
        Clock clock = Clock.system();
        long begin = clock.nanos();
        while (files.stat(path).storage().state() != PersistenceState.PERSISTED) {
            assertThat(clock.nanos() - begin).isLessThan(LIMIT.toNanos());
            clock.sleep(Duration.ofMillis(20));
        }
    }

    @Test
    void everyWriteTypePutsIntoTheBucketWhatItPromises() throws IOException, InterruptedException {
        mount();
        for (WriteType type : WriteType.values()) {
            write("/s3/" + type, type, "by " + type);
            assertThat(read("/s3/" + type)).isEqualTo("by " + type);
        }
        assertThat(inBucket("CACHE_THROUGH")).contains("by CACHE_THROUGH");
        assertThat(inBucket("THROUGH")).contains("by THROUGH");
        awaitPersisted("/s3/ASYNC_THROUGH");
        assertThat(inBucket("ASYNC_THROUGH")).contains("by ASYNC_THROUGH");
        assertThat(inBucket("MUST_CACHE")).isEmpty();
        files.rename("/s3/THROUGH", "/s3/renamed");
        files.delete("/s3/CACHE_THROUGH");
        assertThat(inBucket("renamed")).contains("by THROUGH");
        assertThat(inBucket("THROUGH")).isEmpty();
        assertThat(inBucket("CACHE_THROUGH")).isEmpty();
        assertThat(files.stat("/s3/renamed").storage().location())
                .isEqualTo("s3://bucket/folder/renamed");
    }

    @Test
    void officialClientReadsWhatOthersPut() throws IOException, InterruptedException {
        String program =
                """
                import json, sys, alluxio
                from alluxio import option, wire
                client = alluxio.Client("127.0.0.1", int(sys.argv[1]))
                client.mount("/s3", "s3://bucket/folder",
                             option.Mount(properties=json.loads(sys.argv[2])))
                with client.open("/s3/deep/others", "r") as f:
                    assert f.read() == b"put by others", "content"
                through = option.CreateFile(write_type=wire.WRITE_TYPE_CACHE_THROUGH)
                with client.open("/s3/mine", "w", through) as f:
                    f.write("put by me")
                print(client.ls("/s3"))
                """;
        List<String> output = python(program, moto.endpoint().toString());
        assertThat(output.getLast()).isEqualTo("['deep', 'mine']");
        assertThat(inBucket("mine")).contains("put by me");
    }

    private List<String> python(String program, String endpoint)
            throws IOException, InterruptedException {
        String port = Integer.toString(node.port("alluxio"));
        AlluxioClient client = AlluxioClient.install(AlluxioClient.NEWEST);
        String properties = SecretWatch.json(properties(endpoint));
        return ChildProcess.run(LIMIT, client.python("-c", program, port, properties));
    }

    @Test
    void restartKeepsTheMount() throws IOException, InterruptedException {
        mount();
        write("/s3/f", WriteType.CACHE_THROUGH, "text");
        write("/s3/later", WriteType.ASYNC_THROUGH, "later");
        stop();
        put("new", "put while it was down");
        startNode();
        assertThat(files.as(Mounts.class).mounts())
                .filteredOn(it -> it.path().equals("/s3"))
                .singleElement()
                .satisfies(it -> assertThat(it.source()).isEqualTo("s3://bucket/folder/"));
        assertThat(read("/s3/f")).isEqualTo("text");
        assertThat(read("/s3/new")).isEqualTo("put while it was down");
        awaitPersisted("/s3/later");
        assertThat(inBucket("later")).contains("later");
        write("/s3/after", WriteType.THROUGH, "after");
        assertThat(inBucket("after")).contains("after");
    }

    @Test
    void secretIsNowhereToBeSeen() throws IOException, InterruptedException {
        mount();
        write("/s3/f", WriteType.CACHE_THROUGH, "text");
        assertThatThrownBy(() -> mount("/wrong", "s3://nowhere", moto.endpoint().toString()))
                .isInstanceOf(FilesException.InvalidArgument.class)
                .hasMessageNotContaining(SecretWatch.SECRET);
        assertThatThrownBy(() -> mount("/dead", "s3://other", DEAD))
                .hasMessageNotContaining(SecretWatch.SECRET);
        SecretWatch watch = new SecretWatch(node, folder);
        watch.requireNoneInAnswers("/s3", properties(moto.endpoint().toString()));
        watch.requireNoneInFiles();
        stop();
        watch.requireNoneInFiles();
        startNode();
        watch.requireNoneInFiles();
    }

    @Test
    void deadEndpointIsUnavailableAndTheNodeStaysWell() throws IOException, InterruptedException {
        String program =
                """
                import json, sys, alluxio
                from alluxio import option
                from alluxio.exceptions import UnavailableError
                client = alluxio.Client("127.0.0.1", int(sys.argv[1]))
                try:
                    client.mount("/s3", "s3://bucket",
                                 option.Mount(properties=json.loads(sys.argv[2])))
                except UnavailableError as e:
                    print("unavailable", client.exists("/s3"))
                """;
        assertThat(python(program, DEAD)).containsExactly("unavailable False");
        ForebayCommand.Outcome outcome = mountByCommand(DEAD);
        assertThat(outcome.code()).isEqualTo(6);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).startsWith("forebay: ").doesNotContain("\tat ", "Exception");
        assertThat(outcome.err().lines()).hasSizeLessThanOrEqualTo(2);
        assertWell();
    }

    private ForebayCommand.Outcome mountByCommand(String endpoint)
            throws IOException, InterruptedException {
        String uri = "forebay://127.0.0.1:" + node.port("admin");
        ForebayCommand command = new ForebayCommand(folder, uri);
        Path file = SecretWatch.propertiesFile(folder, properties(endpoint));
        return command.run("mount", "--properties", file.toString(), "/s3", "s3://bucket");
    }

    private void assertWell() throws IOException, InterruptedException {
        write("/native", WriteType.CACHE_THROUGH, "native");
        assertThat(read("/native")).isEqualTo("native");
        files.delete("/native");
        assertThat(new SecretWatch(node, folder).get("/health")).contains("\"ok\"");
    }

    @Test
    void storeThatDiesUnderItsMountIsUnavailable() throws IOException, InterruptedException {
        try (MotoServer mortal = MotoServer.start(Path.of("target", "python"))) {
            mortal.createBucket(BUCKET);
            mortal.put(BUCKET, "f", "text".getBytes(StandardCharsets.UTF_8));
            mount("/s3", "s3://bucket", mortal.endpoint().toString());
        }
        assertThatThrownBy(() -> read("/s3/f")).isInstanceOf(FilesException.Unavailable.class);
        assertThatThrownBy(() -> write("/s3/g", WriteType.THROUGH, "text"))
                .isInstanceOf(FilesException.Unavailable.class);
        assertWell();
        files.as(Mounts.class).unmount("/s3");
        assertThat(files.find("/s3")).isEmpty();
    }
}
