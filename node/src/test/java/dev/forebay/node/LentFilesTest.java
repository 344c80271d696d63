package dev.forebay.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.ObjectId;
import dev.forebay.base.Randomness;
import dev.forebay.client.CreateOptions;
import dev.forebay.client.FileClient;
import dev.forebay.client.FileWriter;
import dev.forebay.client.FilesException;
import dev.forebay.client.Forebay;
import dev.forebay.client.LentFile;
import dev.forebay.client.ObjectClient;
import dev.forebay.client.ObjectHandle;
import dev.forebay.client.Residency;
import dev.forebay.gateway.admin.NodeStatus;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Files that are read as objects, embedded and over the wires of a node. */
// opened before each test, which the null checker does not follow
@SuppressWarnings("NullAway.Init")
class LentFilesTest {
    private static final int BLOCK = 64 << 10;
    private static final byte[] CONTENT = Randomness.seeded(9).bytes(3 * BLOCK - 5);

    @TempDir private Path folder;
    private NodeServer server;
    private FileClient files;

    @BeforeEach
    void start() {
        server =
                NodeServer.start(
                        NodeConfig.at(folder.resolve("data"))
                                .with("arena.capacity", "16MB")
                                .with("disk.reserve", "1MB")
                                .withFreePorts());
        files = FileClient.connect(uri());
        CreateOptions blocks = CreateOptions.DEFAULT.withBlockSize(BLOCK);
        try (FileWriter writer = files.create("/a b", blocks)) {
            writer.write(ByteBuffer.wrap(CONTENT));
        }
    }

    @AfterEach
    void stop() {
        files.close();
        server.close();
    }

    private String uri() {
        return server.listening().stream()
                .filter(each -> each.name().equals("admin"))
                .mapToInt(NodeStatus.Listening::port)
                .mapToObj(port -> "forebay://127.0.0.1:" + port)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void blocksOfAFileAreReadFromTheSharedMemory() {
        LentFile lent = files.as(Residency.class).lend("/a b");
        assertThat(lent.path()).isEqualTo("/a b");
        assertThat(lent.length()).isEqualTo(CONTENT.length);
        assertThat(lent.blockSize()).isEqualTo(BLOCK);
        assertThat(lent.blocks()).hasSize(3).hasSameElementsAs(computed(lent, 3));
        try (ObjectClient objects = ObjectClient.connect(folder.resolve("data/plasma"))) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            for (ObjectId block : lent.blocks()) {
                ObjectHandle handle = objects.find(block).orElseThrow();
                content.writeBytes(handle.data().toArray(ValueLayout.JAVA_BYTE));
            }
            assertThat(content.toByteArray()).isEqualTo(CONTENT);
            try (Forebay forebay = Forebay.connect(uri())) {
                assertThat(forebay.status())
                        .contains("\"references\":3,\"bytes\":" + CONTENT.length)
                        .contains("\"capacityBytes\":16777216,\"usedBytes\":" + CONTENT.length)
                        .contains("\"map\":[100,100,");
            }
        }
    }

    /** The ids as a program computes them that knows path and generation only. */
    private static List<ObjectId> computed(LentFile lent, int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> "forebay-block\0/a b\0" + lent.generation() + "\0" + index)
                .map(text -> sha256(text.getBytes(StandardCharsets.UTF_8)))
                .map(digest -> ObjectId.of(Arrays.copyOf(digest, ObjectId.LENGTH)))
                .toList();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theEmbeddedFormTellsTheSame() {
        assertThat(server.node().files().as(Residency.class).lend("/a b"))
                .isEqualTo(files.as(Residency.class).lend("/a b"));
    }

    @Test
    void whatIsNoFileIsNotLent() {
        for (FileClient client : new FileClient[] {files, server.node().files()}) {
            Residency residency = client.as(Residency.class);
            assertThatThrownBy(() -> residency.lend("/none"))
                    .isInstanceOf(FilesException.NotFound.class);
            assertThatThrownBy(() -> residency.lend("/")).isInstanceOf(FilesException.class);
        }
    }
}
