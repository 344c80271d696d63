package dev.forebay.understore.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.FilePath;
import dev.forebay.base.Name;
import dev.forebay.base.Randomness;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.NotEmpty;
import dev.forebay.testkit.MotoServer;
import dev.forebay.understore.UnderStatus;
import dev.forebay.understore.UnderStore;
import dev.forebay.understore.UnderStoreContract;
import dev.forebay.understore.UnderWriter;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The contract in a folder of a bucket, and what is particular to S3, against a real server. */
class S3UnderStoreTest extends UnderStoreContract {
    private static final long MEBI = 1 << 20;

    /** Parts as short as S3 takes them, so that a few MiB make several. */
    private static final S3Sizes SMALL = new S3Sizes(5 * MEBI, 2, 6 * MEBI, 10);

    private static Optional<MotoServer> moto = Optional.empty();

    @BeforeAll
    static void startMoto() throws IOException {
        // shared by the modules of one build
        moto = Optional.of(MotoServer.start(Path.of("../../target/python")));
    }

    @AfterAll
    static void stopMoto() {
        moto.ifPresent(MotoServer::close);
    }

    @Override
    protected int moreThanOnePage() {
        return 35;
    }

    @Override
    protected UnderStore openStore() {
        try {
            moto.orElseThrow().reset();
            moto.orElseThrow().createBucket("bucket");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        putKey("some/folder/", "");
        return open("s3a://bucket/some/folder");
    }

    private static UnderStore open(String uri) {
        return new S3UnderStoreFactory(SMALL).open(uri, properties());
    }

    private static Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        properties.put("alluxio.underfs.s3.endpoint", moto.orElseThrow().endpoint().toString());
        properties.put("alluxio.underfs.s3.region", "us-east-1");
        properties.put("s3a.accessKeyId", "access");
        properties.put("s3a.secretKey", "secret");
        return properties;
    }

    @Test
    void bucketWithoutAFolderIsMounted() throws IOException {
        putKey("key", "x");
        try (UnderStore whole = open("s3://bucket/")) {
            assertThat(whole.list(FilePath.ROOT))
                    .extracting(status -> status.name().toString())
                    .containsExactlyInAnyOrder("key", "some");
            assertThat(whole.stat(path("/some/folder")).orElseThrow().directory()).isTrue();
        }
    }

    @Test
    void emptyBucketIsMountedAndAMissingFolderIsNot() throws IOException {
        moto.orElseThrow().createBucket("empty");
        try (UnderStore whole = open("s3://empty")) {
            assertThat(whole.list(FilePath.ROOT)).isEmpty();
        }
        assertThatThrownBy(() -> open("s3://empty/folder"))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("folder does not exist");
        assertThatThrownBy(() -> open("s3://missing"))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("bucket does not exist");
    }

    @Test
    void fileIsNoFolderToMount() {
        putKey("file", "x");

        assertThatThrownBy(() -> open("s3://bucket/file")).isInstanceOf(Invalid.class);
    }

    @Test
    void keysOfOthersAreSeenAsATree() throws IOException {
        putKey("some/folder/a/b/c.txt", "hello");
        putKey("some/folder/a.txt", "x");

        assertThat(names("/")).containsExactlyInAnyOrder("a", "a.txt");
        assertThat(names("/a")).containsExactly("b");
        assertThat(store().stat(path("/a/b")).orElseThrow().directory()).isTrue();
        assertThat(content("/a/b/c.txt")).isEqualTo("hello");
    }

    @Test
    void keysThatAreNoPathAreLeftOut() {
        putKey("some/folder/a//b", "x");
        putKey("some/folder/./b", "x");
        putKey("some/folder/../b", "x");
        putKey("some/folder//b", "x");
        putKey("some/folder/a/fine", "x");
        putKey("some/folder/" + "n".repeat(256), "x");

        assertThat(names("/")).containsExactly("a");
        assertThat(names("/a")).containsExactly("fine");
        store().delete(path("/a/fine"));
        assertThatThrownBy(() -> store().delete(path("/a"))).isInstanceOf(NotEmpty.class);
    }

    @Test
    void fileHidesDirectoryOfTheSameName() {
        putKey("some/folder/a", "file");
        putKey("some/folder/a/b", "below");

        assertThat(store().list(FilePath.ROOT)).hasSize(1);
        assertThat(store().stat(path("/a")).orElseThrow().directory()).isFalse();
        assertThat(store().list(FilePath.ROOT).getFirst().directory()).isFalse();
    }

    @Test
    void markerWithContentIsStillADirectory() {
        putKey("some/folder/d/", "odd");

        assertThat(store().stat(path("/d")).orElseThrow().directory()).isTrue();
        assertThat(names("/d")).isEmpty();
        assertThat(store().delete(path("/d"))).isTrue();
        assertThat(names("/")).isEmpty();
    }

    @Test
    void nameThatIsNotUtf8IsInvalid() {
        FilePath file = FilePath.ROOT.child(Name.of(new byte[] {'a', (byte) 0xff}));

        assertThatThrownBy(() -> store().stat(file)).isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> store().create(file)).isInstanceOf(Invalid.class);
    }

    @Test
    void tooLongKeyIsInvalid() {
        FilePath file = path(("/" + "x".repeat(200)).repeat(6));

        assertThatThrownBy(() -> store().stat(file)).isInstanceOf(Invalid.class);
    }

    @Test
    void abortedUploadLeavesNoParts() {
        try (UnderWriter writer = store().create(path("/file"))) {
            writer.write(ByteBuffer.allocate((int) (11 * MEBI)));
            assertThat(uploads()).isEqualTo(1);
        }

        assertThat(uploads()).isZero();
    }

    @Test
    void committedUploadLeavesNoParts() throws IOException {
        byte[] content = Randomness.seeded(5).bytes((int) (26 * MEBI));

        UnderStatus committed = putBytes("/file", content);

        assertThat(uploads()).isZero();
        // parts of 5, 5, 10 and 6 MiB
        assertThat(committed.fingerprint()).endsWith("-4");
        assertThat(store().stat(path("/file")).orElseThrow()).isEqualTo(committedAt(committed));
    }

    private UnderStatus committedAt(UnderStatus committed) {
        long modified = store().stat(path("/file")).orElseThrow().modifiedMillis();
        assertThat(Math.abs(committed.modifiedMillis() - modified)).isLessThan(60_000);
        return new UnderStatus(
                committed.name(),
                false,
                committed.length(),
                modified,
                "",
                "",
                -1,
                committed.fingerprint());
    }

    @Test
    void longFileIsRenamedInPartsWithItsMetadata() throws IOException {
        byte[] content = Randomness.seeded(6).bytes((int) (13 * MEBI));
        try (S3Client client = client()) {
            client.putObject(
                    request ->
                            request.bucket("bucket")
                                    .key("some/folder/long")
                                    .contentType("text/x-long")
                                    .metadata(Map.of("kept", "yes")),
                    RequestBody.fromBytes(content));
        }

        store().rename(path("/long"), path("/moved"));

        assertThat(names("/")).containsExactly("moved");
        try (InputStream stream =
                store().open(path("/moved"), new UnderStore.Range(0, content.length))) {
            assertThat(stream.readAllBytes()).isEqualTo(content);
        }
        try (S3Client client = client()) {
            var head =
                    client.headObject(request -> request.bucket("bucket").key("some/folder/moved"));
            assertThat(head.contentType()).isEqualTo("text/x-long");
            assertThat(head.metadata()).containsEntry("kept", "yes");
        }
        assertThat(uploads()).isZero();
    }

    @Test
    void failedDirectoryRenameChangesNothing() throws IOException {
        for (int i = 0; i < 40; i++) {
            put("/a/file-" + i, "x");
        }
        // too long as a target only
        String deep = "/a" + ("/" + "x".repeat(240)).repeat(4);
        put(deep, "x");

        assertThatThrownBy(() -> store().rename(path("/a"), path("/" + "long".repeat(30))))
                .isInstanceOf(Invalid.class);
        assertThat(names("/")).containsExactly("a");
        assertThat(names("/a")).hasSize(41);
    }

    private static S3Client client() {
        return S3Clients.of(S3Settings.parse(properties()));
    }

    private static void putKey(String key, String content) {
        try (S3Client client = client()) {
            client.putObject(
                    request -> request.bucket("bucket").key(key), RequestBody.fromString(content));
        }
    }

    private static int uploads() {
        try (S3Client client = client()) {
            return List.copyOf(
                            client.listMultipartUploads(request -> request.bucket("bucket"))
                                    .uploads())
                    .size();
        }
    }
}
