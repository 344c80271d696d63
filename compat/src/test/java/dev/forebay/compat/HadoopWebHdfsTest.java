package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.Randomness;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIsNotEmptyDirectoryException;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.security.authorize.AuthorizationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PrivilegedExceptionAction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Hadoop's own client over {@code webhdfs://}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HadoopWebHdfsTest {
    private static final Path ROOT = new Path("/java");
    private static final byte[] LARGE = Randomness.seeded(1).bytes(5_000_000);

    @TempDir private static java.nio.file.Path folder = java.nio.file.Path.of("target");
    private RunningWebHdfs server;
    private FileSystem files;

    @BeforeAll
    void startServer() {
        WebHdfsClients.giveMediaTypes();
        server = RunningWebHdfs.start(folder);
    }

    @AfterAll
    void stopServer() {
        server.close();
    }

    @BeforeEach
    void connect() throws IOException, InterruptedException {
        files = as(UserGroupInformation.createRemoteUser(RunningWebHdfs.USER));
        assertThat(files.mkdirs(ROOT)).isTrue();
    }

    @AfterEach
    void disconnect() throws IOException {
        files.delete(ROOT, true);
        files.close();
    }

    private FileSystem as(UserGroupInformation user) throws IOException, InterruptedException {
        return open(user, "webhdfs");
    }

    /** Connects by a scheme, which is also the name of its gateway. */
    private FileSystem open(UserGroupInformation user, String scheme)
            throws IOException, InterruptedException {
        URI uri = URI.create(scheme + "://127.0.0.1:" + server.port(scheme) + "/");
        PrivilegedExceptionAction<FileSystem> open =
                () -> FileSystem.newInstance(uri, new Configuration());
        return user.doAs(open);
    }

    private Path write(String name, byte[] bytes) throws IOException {
        Path path = new Path(ROOT, name);
        try (FSDataOutputStream output = files.create(path)) {
            output.write(bytes);
        }
        return path;
    }

    private Path write(String name, String text) throws IOException {
        return write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] read(Path path) throws IOException {
        try (FSDataInputStream input = files.open(path)) {
            return input.readAllBytes();
        }
    }

    private String text(Path path) throws IOException {
        return new String(read(path), StandardCharsets.UTF_8);
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        assertThat(read(write("large", LARGE))).isEqualTo(LARGE);
        assertThat(text(write("small", "abc"))).isEqualTo("abc");
        assertThat(read(write("empty", ""))).isEmpty();
    }

    @Test
    void readsAtPositions() throws IOException {
        Path path = write("large", LARGE);
        try (FSDataInputStream input = files.open(path)) {
            input.seek(LARGE.length - 1);
            assertThat(input.read()).isEqualTo(LARGE[LARGE.length - 1] & 0xFF);
            assertThat(input.read()).isEqualTo(-1);
            byte[] part = new byte[1000];
            input.readFully(3_000_000, part);
            assertThat(part).isEqualTo(Arrays.copyOfRange(LARGE, 3_000_000, 3_001_000));
        }
    }

    @Test
    void createsAsTold() throws IOException {
        Path path = write("f", "old");
        assertThatThrownBy(() -> files.create(path, false).close())
                .isInstanceOf(FileAlreadyExistsException.class);
        FsPermission mode = new FsPermission((short) 0640);
        files.create(path, mode, true, 4096, (short) 2, 1 << 20, null).close();
        FileStatus status = files.getFileStatus(path);
        assertThat(status.getPermission()).isEqualTo(mode);
        assertThat(status.getReplication()).isEqualTo((short) 2);
        assertThat(status.getBlockSize()).isEqualTo(1 << 20);
        assertThat(status.getLen()).isZero();
        Path orphan = new Path(ROOT, "none/f");
        assertThatThrownBy(
                        () ->
                                files.createNonRecursive(
                                                orphan, true, 4096, (short) 1, 1 << 20, null)
                                        .close())
                .isInstanceOf(FileNotFoundException.class);
    }

    @Test
    void appends() throws IOException {
        Path path = write("f", "one");
        for (String part : List.of("two", "three")) {
            try (FSDataOutputStream output = files.append(path)) {
                output.write(part.getBytes(StandardCharsets.UTF_8));
            }
        }
        assertThat(text(path)).isEqualTo("onetwothree");
        assertThatThrownBy(() -> files.append(new Path(ROOT, "none")).close())
                .isInstanceOf(FileNotFoundException.class);
    }

    @Test
    void lists() throws IOException {
        for (int i = 0; i < 3; i++) {
            write("d/f" + i, "x");
        }
        Path directory = new Path(ROOT, "d");
        assertThat(files.listStatus(directory))
                .extracting(status -> status.getPath().getName())
                .containsExactly("f0", "f1", "f2");
        List<String> names = new ArrayList<>();
        RemoteIterator<FileStatus> children = files.listStatusIterator(directory);
        while (children.hasNext()) {
            names.add(children.next().getPath().getName());
        }
        assertThat(names).containsExactly("f0", "f1", "f2");
        assertThat(files.globStatus(new Path(ROOT, "*/f[12]"))).hasSize(2);
        assertThat(files.getContentSummary(ROOT).getFileCount()).isEqualTo(3);
        assertThat(files.getQuotaUsage(ROOT).getQuota()).isEqualTo(-1);
    }

    @Test
    void iteratesOverPagesOfADirectory() throws IOException {
        for (int i = 0; i < 1050; i++) {
            files.mkdirs(new Path(ROOT, "d" + i));
        }
        int count = 0;
        RemoteIterator<FileStatus> children = files.listStatusIterator(ROOT);
        while (children.hasNext()) {
            children.next();
            count++;
        }
        assertThat(count).isEqualTo(1050);
    }

    @Test
    void renamesAndDeletes() throws IOException {
        Path from = write("a", "x");
        Path to = new Path(ROOT, "b");
        assertThat(files.rename(from, to)).isTrue();
        assertThat(files.rename(from, to)).isFalse();
        write("d/f", "x");
        Path directory = new Path(ROOT, "d");
        assertThat(files.rename(to, directory)).isTrue();
        assertThat(files.exists(new Path(directory, "b"))).isTrue();
        assertThatThrownBy(() -> files.delete(directory, false))
                .isInstanceOf(PathIsNotEmptyDirectoryException.class);
        assertThat(files.delete(directory, true)).isTrue();
        assertThat(files.delete(directory, true)).isFalse();
    }

    @Test
    void emptiesTheRootAndKeepsIt() throws IOException {
        write("d/f", "x");
        assertThat(files.delete(new Path("/"), true)).isTrue();
        assertThat(files.listStatus(new Path("/")))
                .as("mount points stay")
                .extracting(status -> status.getPath().getName())
                .containsExactly("objects");
    }

    @Test
    void cutsAndJoins() throws IOException {
        Path path = write("f", "abcdef");
        assertThat(files.truncate(path, 3)).isTrue();
        assertThat(text(path)).isEqualTo("abc");
        assertThatThrownBy(() -> files.truncate(path, 4)).isInstanceOf(IOException.class);
        Path more = write("g", "xyz");
        files.concat(path, new Path[] {more});
        assertThat(text(path)).isEqualTo("abcxyz");
        assertThat(files.exists(more)).isFalse();
    }

    @Test
    void whatIsMadeHasTheGroupOfItsDirectory() throws IOException {
        Path shared = new Path(ROOT, "shared");
        files.mkdirs(shared);
        files.setOwner(shared, null, "crew");
        assertThat(files.getFileStatus(write("shared/f", "x")).getGroup()).isEqualTo("crew");
        Path below = new Path(shared, "a/b");
        files.mkdirs(below);
        assertThat(files.getFileStatus(below).getGroup()).isEqualTo("crew");
    }

    @Test
    void setsAttributes() throws IOException {
        Path path = write("f", "x");
        files.setPermission(path, new FsPermission((short) 01604));
        files.setOwner(path, "ann", "staff");
        files.setTimes(path, 1000, 2000);
        assertThat(files.setReplication(path, (short) 3)).isTrue();
        assertThat(files.setReplication(ROOT, (short) 3)).isFalse();
        FileStatus status = files.getFileStatus(path);
        assertThat(status.getPermission().toShort()).isEqualTo((short) 01604);
        assertThat(status.getOwner() + ":" + status.getGroup()).isEqualTo("ann:staff");
        assertThat(status.getModificationTime()).isEqualTo(1000);
        assertThat(status.getAccessTime()).isEqualTo(2000);
        assertThat(status.getReplication()).isEqualTo((short) 3);
    }

    @Test
    void tellsWhatItDoesWithout() throws IOException {
        assertThat(files.getAclStatus(ROOT).getEntries()).isEmpty();
        assertThat(files.getXAttrs(ROOT)).isEmpty();
        assertThat(files.listXAttrs(ROOT)).isEmpty();
        assertThat(files.getStoragePolicy(ROOT).getName()).isEqualTo("HOT");
        assertThat(files.getAllStoragePolicies()).hasSize(8);
        assertThatThrownBy(() -> files.createSnapshot(ROOT, "s"))
                .hasMessageContaining("not a snapshottable directory");
    }

    @Test
    void accessControlListsExtendedAttributesAndQuotas() throws IOException {
        HadoopAttributes.exercise(files, ROOT);
    }

    @Test
    void tellsAboutTheServer() throws IOException {
        assertThat(files.getServerDefaults(ROOT).getBytesPerChecksum()).isEqualTo(512);
        assertThat(files.getStatus().getRemaining()).isPositive();
        assertThat(files.getHomeDirectory().toUri().getPath()).isEqualTo("/user/root");
        assertThat(files.getTrashRoot(ROOT).toUri().getPath()).isEqualTo("/user/root/.Trash");
        Path path = write("f", LARGE);
        var locations = files.getFileBlockLocations(files.getFileStatus(path), 0, 10);
        assertThat(locations).hasSize(1);
        assertThat(locations[0].getLength()).isEqualTo(LARGE.length);
    }

    @Test
    void checksumsAreThoseOfTheBytes() throws IOException {
        Path path = write("f", LARGE);
        assertThat(files.getFileChecksum(path)).isEqualTo(files.getFileChecksum(write("g", LARGE)));
        assertThat(files.getFileChecksum(path).getAlgorithmName())
                .isEqualTo("MD5-of-0MD5-of-512CRC32C");
        assertThat(files.getFileChecksum(write("empty", "")).toString())
                .isEqualTo("MD5-of-0MD5-of-0CRC32:70bc8f4b72a86921468bf8e8441dce51");
    }

    /** There the client itself makes the checksum of those that the node gives of blocks. */
    @Test
    void checksumsAreThoseOfNativeHdfs() throws IOException, InterruptedException {
        Path blocks = new Path(ROOT, "blocks");
        try (FSDataOutputStream output = files.create(blocks, true, 4096, (short) 1, 1 << 20)) {
            output.write(LARGE);
        }
        List<Path> paths =
                List.of(blocks, write("empty", ""), write("small", "abc"), write("f", LARGE));
        try (FileSystem hdfs =
                open(UserGroupInformation.createRemoteUser(RunningWebHdfs.USER), "hdfs")) {
            for (Path path : paths) {
                Path plain = new Path(path.toUri().getPath());
                assertThat(files.getFileChecksum(path))
                        .as(path.getName())
                        .isEqualTo(hdfs.getFileChecksum(plain));
            }
        }
    }

    @Test
    void errorsKeepTheirClasses() throws IOException {
        Path file = write("f", "x");
        assertThatThrownBy(() -> files.getFileStatus(new Path(ROOT, "none")))
                .isInstanceOf(FileNotFoundException.class);
        assertThatThrownBy(() -> files.open(ROOT).read()).isInstanceOf(FileNotFoundException.class);
        assertThatThrownBy(() -> files.mkdirs(file)).isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> files.mkdirs(new Path(file, "d")))
                .isInstanceOf(ParentNotDirectoryException.class);
    }

    @Test
    void strangersAreKeptOut() throws IOException, InterruptedException {
        Path path = write("f", "x");
        files.setPermission(path, new FsPermission((short) 0600));
        try (FileSystem stranger = as(UserGroupInformation.createRemoteUser("stranger"))) {
            assertThatThrownBy(() -> stranger.open(path).read())
                    .isInstanceOf(AccessControlException.class);
            assertThatThrownBy(() -> stranger.access(path, FsAction.READ))
                    .isInstanceOf(AccessControlException.class);
            assertThatThrownBy(() -> stranger.mkdirs(new Path(ROOT, "d")))
                    .isInstanceOf(AccessControlException.class);
        }
        files.access(path, FsAction.READ);
    }

    @Test
    void proxiesActAsOthers() throws IOException, InterruptedException {
        UserGroupInformation proxy = UserGroupInformation.createRemoteUser(RunningWebHdfs.PROXY);
        UserGroupInformation other = UserGroupInformation.createRemoteUser("other");
        try (FileSystem bob = as(UserGroupInformation.createProxyUser("bob", proxy))) {
            assertThat(bob.getHomeDirectory().toUri().getPath()).isEqualTo("/user/bob");
            assertThatThrownBy(() -> bob.mkdirs(new Path(ROOT, "d")))
                    .isInstanceOf(AccessControlException.class);
        }
        try (FileSystem refused = as(UserGroupInformation.createProxyUser("bob", other))) {
            assertThatThrownBy(() -> refused.listStatus(ROOT))
                    .isInstanceOf(AuthorizationException.class);
        }
    }

    @Test
    void oddNames() throws IOException {
        for (String name :
                List.of("a b", "a+b", "a%b", "a;b", "a&b=c", "\u00e4", "\u2603", "%2B", "a,b")) {
            Path path = write(name, "x");
            assertThat(files.listStatus(ROOT))
                    .extracting(status -> status.getPath().getName())
                    .containsExactly(name);
            assertThat(text(path)).isEqualTo("x");
            Path moved = new Path(ROOT, "moved " + name);
            assertThat(files.rename(path, moved)).isTrue();
            assertThat(files.delete(moved, false)).isTrue();
        }
    }

    @Test
    void copiesFromAndToLocalFiles() throws IOException {
        Path path = write("f", LARGE);
        java.nio.file.Path local = folder.resolve("local");
        files.copyToLocalFile(false, path, new Path(local.toUri()), true);
        files.copyFromLocalFile(new Path(local.toUri()), new Path(ROOT, "g"));
        assertThat(read(new Path(ROOT, "g"))).isEqualTo(LARGE);
        assertThat(FileUtil.copy(files, path, files, new Path(ROOT, "h"), false, files.getConf()))
                .isTrue();
        assertThat(files.getFileStatus(new Path(ROOT, "h")).getLen()).isEqualTo(LARGE.length);
    }
}
