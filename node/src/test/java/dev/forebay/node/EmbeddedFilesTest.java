package dev.forebay.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.client.DeleteOptions;
import dev.forebay.client.FileClient;
import dev.forebay.client.FileTools;
import dev.forebay.client.FileWriter;
import dev.forebay.client.FilesException;
import dev.forebay.client.MountOptions;
import dev.forebay.client.MountPoint;
import dev.forebay.client.Mounts;
import dev.forebay.client.WalkStep;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** A node in this process, through the Java API. */
// opened before each test, which the null checker does not follow
@SuppressWarnings("NullAway.Init")
class EmbeddedFilesTest {
    @TempDir private Path folder;
    private Node node;
    private FileClient files;

    @BeforeEach
    void open() {
        node =
                Node.open(
                        NodeConfig.at(folder.resolve("data"))
                                .with("arena.capacity", "16MB")
                                .with("disk.reserve", "1MB"));
        files = node.files();
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void toolsWorkOnIt() throws IOException {
        FileTools tools = new FileTools(files);
        Path local = folder.resolve("local");
        byte[] bytes = new byte[300_000];
        bytes[299_999] = 7;
        Files.write(local, bytes);
        files.createDirectory("/d");
        assertThat(tools.put(local, "/d/f")).isEqualTo(300_000);
        assertThat(tools.copy("/d/f", "/d/g")).isEqualTo(300_000);
        tools.touch("/d/empty");
        assertThat(files.stat("/d/f").length()).isEqualTo(300_000);
        try (var steps = tools.walk("/")) {
            assertThat(steps.map(WalkStep::path)).containsExactly("/", "/d", "/objects");
        }
        assertThat(tools.diskUsage("/", true))
                .containsEntry("/d/f", 300_000L)
                .containsEntry("/d/g", 300_000L)
                .containsEntry("/d/empty", 0L);
        assertThat(tools.glob("/d/?")).containsExactly("/d/f", "/d/g");
        files.rename("/d/g", "/h");
        files.delete("/d", DeleteOptions.RECURSIVE);
        assertThat(files.find("/d")).isEmpty();
        assertThat(files.find("/h")).isPresent();
    }

    @Test
    void restartKeepsWhatWasClosed() {
        try (FileWriter writer = files.create("/f")) {
            writer.write(ByteBuffer.wrap(new byte[100_000]));
        }
        close();
        open();
        assertThat(files.stat("/f").length()).isEqualTo(100_000);
    }

    @Test
    void errorsAreThoseOfTheApi() {
        assertThatThrownBy(() -> files.stat("/none")).isInstanceOf(FilesException.NotFound.class);
        assertThatThrownBy(() -> files.open("/none")).isInstanceOf(FilesException.NotFound.class);
        files.createDirectory("/d");
        assertThatThrownBy(() -> files.createDirectory("/d"))
                .isInstanceOf(FilesException.AlreadyExists.class);
        assertThatThrownBy(() -> files.stat("no path"))
                .isInstanceOf(FilesException.InvalidArgument.class);
    }

    @Test
    void dataOfTheNodeCannotBeMounted() throws IOException {
        Mounts mounts = files.as(Mounts.class);
        Path blocks = folder.resolve("data/blocks");
        for (Path source : new Path[] {folder.resolve("data"), blocks, folder}) {
            assertThatThrownBy(() -> mounts.mount("/m", source.toString(), MountOptions.DEFAULT))
                    .isInstanceOf(FilesException.PermissionDenied.class);
        }
        Path link = Files.createSymbolicLink(folder.resolve("link"), blocks);
        assertThatThrownBy(() -> mounts.mount("/m", link.toString(), MountOptions.DEFAULT))
                .isInstanceOf(FilesException.PermissionDenied.class);
        Path beside = Files.createDirectory(folder.resolve("beside"));
        mounts.mount("/m", beside.toString(), MountOptions.DEFAULT);
        assertThat(mounts.mounts()).extracting(MountPoint::path).containsExactly("/m", "/objects");
    }
}
