package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.hadoop.ForebayFileSystem;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIsNotEmptyDirectoryException;
import org.apache.hadoop.fs.permission.AclEntry;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.Credentials;
import org.apache.hadoop.security.token.Token;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Names and writes of {@code forebay://} in Hadoop's client. */
class ForebayFileSystemTest {
    @TempDir private static java.nio.file.Path folder = java.nio.file.Path.of("target");

    private static NodeProcess node;
    private static ForebayFileSystem files;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        node = NodeProcess.start(folder);
        files = client(NodeProcess.USER);
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        files.close();
        node.stop();
    }

    private static URI address() throws IOException {
        return URI.create("forebay://127.0.0.1:" + node.port("admin"));
    }

    private static ForebayFileSystem client(String user) throws IOException, InterruptedException {
        // found by its scheme alone
        return (ForebayFileSystem) FileSystem.newInstance(address(), new Configuration(), user);
    }

    private static Path path(String name) {
        return new Path("/" + name);
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static void write(FileSystem target, Path path, byte[] bytes) throws IOException {
        try (FSDataOutputStream stream = target.create(path)) {
            stream.write(bytes);
        }
    }

    private static byte[] read(Path path) throws IOException {
        try (FSDataInputStream stream = files.open(path)) {
            return stream.readAllBytes();
        }
    }

    @Test
    void filesOfAllLengthsComeBack() throws IOException {
        for (int length : List.of(0, 1, 65_536, 65_537, 65_538, 3_000_001)) {
            Path path = path("f" + length);
            write(files, path, bytes(length));
            assertThat(read(path)).as("length %d", length).isEqualTo(bytes(length));
            assertThat(files.getFileStatus(path).getLen()).isEqualTo(length);
        }
    }

    @Test
    void pathsHaveTheScheme() throws IOException {
        Path folder = path("names");
        assertThat(files.mkdirs(folder)).isTrue();
        write(files, new Path(folder, "f"), bytes(10));
        assertThat(files.getUri()).isEqualTo(address());
        assertThat(files.getFileStatus(folder).getPath()).isEqualTo(new Path(address() + "/names"));
        assertThat(files.listStatus(folder))
                .extracting(FileStatus::getPath)
                .containsExactly(new Path(address() + "/names/f"));
        assertThat(files.listFiles(folder, true).next().getPath())
                .isEqualTo(new Path(address() + "/names/f"));
        assertThat(files.globStatus(new Path(address() + "/na*/*")))
                .extracting(each -> each.getPath().toString())
                .containsExactly(address() + "/names/f");
        assertThat(files.getHomeDirectory().toString())
                .isEqualTo(address() + "/user/" + NodeProcess.USER);
        assertThat(files.getFileStatus(new Path(address() + "/names/f")).getLen()).isEqualTo(10);
        assertThatThrownBy(() -> files.getFileStatus(new Path("hdfs://127.0.0.1:1/names")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Wrong FS");
    }

    @Test
    void filesGrowShrinkAndJoin() throws IOException {
        Path path = path("grown");
        byte[] whole = bytes(200_000);
        write(files, path, Arrays.copyOf(whole, 70_000));
        try (FSDataOutputStream stream = files.append(path)) {
            stream.write(whole, 70_000, 100_000);
            stream.hflush();
            assertThat(read(path)).isEqualTo(Arrays.copyOf(whole, 170_000));
            stream.hsync();
            stream.write(whole, 170_000, 30_000);
        }
        assertThat(read(path)).isEqualTo(whole);
        assertThat(files.truncate(path, 100_001)).isTrue();
        assertThat(read(path)).isEqualTo(Arrays.copyOf(whole, 100_001));
        Path second = path("second");
        write(files, second, bytes(80_000));
        files.concat(path, new Path[] {second});
        byte[] joined = Arrays.copyOf(whole, 180_001);
        System.arraycopy(bytes(80_000), 0, joined, 100_001, 80_000);
        assertThat(read(path)).isEqualTo(joined);
        assertThat(files.exists(second)).isFalse();
    }

    @Test
    void renamesAndDeletes() throws IOException {
        Path from = path("from");
        write(files, from, bytes(5));
        assertThat(files.rename(from, path("to"))).isTrue();
        assertThat(files.exists(from)).isFalse();
        assertThat(files.delete(path("to"), false)).isTrue();
        assertThat(files.delete(path("to"), false)).isFalse();
    }

    @Test
    void errorsAreThoseOfHdfs() throws IOException, InterruptedException {
        Path folder = path("errors");
        Path file = new Path(folder, "f");
        files.mkdirs(folder);
        write(files, file, bytes(100_000));
        assertThatThrownBy(() -> files.open(path("none")))
                .isInstanceOf(FileNotFoundException.class);
        assertThatThrownBy(() -> files.open(folder)).isInstanceOf(FileNotFoundException.class);
        assertThatThrownBy(() -> files.create(file, false))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> files.mkdirs(new Path(file, "d")))
                .isInstanceOf(ParentNotDirectoryException.class);
        assertThatThrownBy(() -> files.delete(folder, false))
                .isInstanceOf(PathIsNotEmptyDirectoryException.class);
        files.setPermission(file, new FsPermission((short) 0600));
        try (ForebayFileSystem ann = client("ann")) {
            assertThatThrownBy(() -> ann.open(file)).isInstanceOf(AccessControlException.class);
            assertThatThrownBy(() -> ann.create(new Path(folder, "g")))
                    .isInstanceOf(AccessControlException.class);
        }
    }

    @Test
    void attributesListsTokensAndFigures() throws IOException {
        Path path = path("attributes");
        write(files, path, bytes(70_000));
        files.setXAttr(path, "user.a", "b".getBytes(StandardCharsets.UTF_8));
        assertThat(files.getXAttr(path, "user.a")).asString().isEqualTo("b");
        files.modifyAclEntries(path, AclEntry.parseAclSpec("user:ann:rw-", true));
        assertThat(files.getAclStatus(path).getEntries()).hasSize(2);
        files.setTimes(path, 1_000, 2_000);
        assertThat(files.getFileStatus(path).getModificationTime()).isEqualTo(1_000);
        assertThat(files.getContentSummary(path).getLength()).isEqualTo(70_000);
        assertThat(files.getFileChecksum(path)).isNotNull();
        Path limited = path("limited");
        files.mkdirs(limited);
        files.setQuota(limited, 10, 1 << 20);
        assertThat(files.getQuotaUsage(limited).getQuota()).isEqualTo(10);
        assertThat(files.getFileBlockLocations(path, 0, 70_000)).hasSize(1);
        assertThat(files.getEnclosingRoot(path)).isEqualTo(new Path(address() + "/"));
        assertThat(files).isInstanceOf(DistributedFileSystem.class);
        Token<?>[] tokens = files.addDelegationTokens(NodeProcess.USER, new Credentials());
        assertThat(tokens).hasSize(1);
        assertThat(tokens[0].getKind()).hasToString("HDFS_DELEGATION_TOKEN");
    }

    @Test
    void fileContextKnowsIt() throws IOException {
        Configuration configuration = new Configuration();
        configuration.set(
                "fs.AbstractFileSystem.forebay.impl", dev.forebay.hadoop.Forebay.class.getName());
        FileContext context = FileContext.getFileContext(address(), configuration);
        Path path = path("context");
        write(files, path, bytes(100_000));
        assertThat(context.getFileStatus(path).getPath())
                .isEqualTo(new Path(address() + "/context"));
        try (FSDataInputStream stream = context.open(path)) {
            assertThat(stream.readAllBytes()).isEqualTo(bytes(100_000));
        }
    }

    @Test
    void whatIsNoNodeIsRefused() {
        for (String address : List.of("forebay:///", "forebay://127.0.0.1:1")) {
            assertThatThrownBy(
                            () -> FileSystem.newInstance(URI.create(address), new Configuration()))
                    .as(address)
                    .isInstanceOf(IOException.class);
        }
        assertThatThrownBy(
                        () ->
                                FileSystem.newInstance(
                                        URI.create("forebay://127.0.0.1:" + node.port("webhdfs")),
                                        new Configuration()))
                .isInstanceOf(IOException.class);
    }
}
