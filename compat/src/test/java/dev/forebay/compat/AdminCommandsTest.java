package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.node.NodeConfig;
import dev.forebay.node.NodeServer;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.PartialListing;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.SafeModeAction;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.OpenFileEntry;
import org.apache.hadoop.hdfs.protocol.OpenFilesIterator.OpenFilesType;
import org.apache.hadoop.hdfs.tools.DFSAdmin;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.UserGroupInformation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.PrivilegedExceptionAction;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** What the one who runs a cluster does with it, by Hadoop's own commands. */
class AdminCommandsTest {
    private static final String SAFE = "SafeModeException";

    @TempDir private static java.nio.file.Path folder = java.nio.file.Path.of("target");
    private static NodeServer node;
    private static DistributedFileSystem files;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        node =
                NodeServer.start(
                        NodeConfig.at(folder.resolve("data"))
                                .withFreePorts()
                                .with("arena.capacity", "64MB")
                                .with("node.user", "owner"));
        files = (DistributedFileSystem) client("hdfs", "owner");
    }

    @AfterAll
    static void stop() throws IOException {
        files.close();
        node.close();
    }

    @AfterEach
    void leaveSafeMode() throws IOException {
        assertThat(files.setSafeMode(SafeModeAction.LEAVE)).isFalse();
    }

    private static FileSystem client(String scheme, String user)
            throws IOException, InterruptedException {
        String gateway = scheme.equals("hdfs") ? "hdfs" : "webhdfs";
        URI address =
                URI.create(scheme + "://127.0.0.1:" + DelegationTokenTest.port(node, gateway));
        return FileSystem.newInstance(address, new Configuration(), user);
    }

    private static int admin(String user, String... arguments) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set("fs.defaultFS", DelegationTokenTest.hdfs(node).toString());
        return UserGroupInformation.createRemoteUser(user)
                .doAs(
                        (PrivilegedExceptionAction<Integer>)
                                () -> new DFSAdmin(configuration).run(arguments));
    }

    private static void write(Path path) throws IOException {
        try (FSDataOutputStream stream = files.create(path)) {
            stream.write(1);
        }
    }

    @Test
    void inSafeModeNothingChanges() throws Exception {
        Path file = new Path("/safe/file");
        write(file);
        assertThat(admin("owner", "-safemode", "enter")).isZero();
        assertThat(files.setSafeMode(SafeModeAction.GET)).isTrue();
        try (FileSystem web = client("webhdfs", "owner")) {
            for (FileSystem each : List.of(files, web)) {
                requireRefused(() -> each.mkdirs(new Path("/new")));
                requireRefused(() -> each.create(new Path("/new")).close());
                requireRefused(() -> each.append(file).close());
                requireRefused(() -> each.delete(file, false));
                requireRefused(() -> each.rename(file, new Path("/moved")));
                requireRefused(() -> each.setPermission(file, new FsPermission((short) 0600)));
                requireRefused(() -> each.setOwner(file, "ann", null));
                requireRefused(() -> each.setTimes(file, 1, 1));
                requireRefused(() -> each.setReplication(file, (short) 2));
                requireRefused(() -> each.setXAttr(file, "user.a", new byte[1]));
                requireRefused(() -> each.truncate(file, 0));
                assertThat(each.getFileStatus(file).getLen()).isEqualTo(1);
                assertThat(each.open(file).readAllBytes()).containsExactly(1);
            }
        }
        requireRefused(() -> files.setQuota(new Path("/safe"), 10, 10));
        assertThat(alluxio("delete")).contains("UNAVAILABLE").contains("safe mode");
        assertThat(admin("owner", "-saveNamespace")).isZero();
        assertThat(admin("owner", "-safemode", "leave")).isZero();
        assertThat(files.delete(file, false)).isTrue();
        assertThat(admin("owner", "-saveNamespace")).isNotZero();
    }

    private interface Change {
        void run() throws IOException;
    }

    private static void requireRefused(Change change) {
        assertThatThrownBy(change::run).hasStackTraceContaining(SAFE);
    }

    private static String alluxio(String operation) throws IOException, InterruptedException {
        URI request =
                URI.create(
                        "http://127.0.0.1:"
                                + DelegationTokenTest.port(node, "alluxio")
                                + "/api/v1/paths//safe/file/"
                                + operation);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(request)
                                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                    .header("Content-Type", "application/json")
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }

    @Test
    void aWriterWaitsForTheEndOfSafeMode() throws Exception {
        Path file = new Path("/written");
        FSDataOutputStream stream = files.create(file);
        stream.write(new byte[100]);
        stream.hflush();
        assertThat(files.setSafeMode(SafeModeAction.ENTER)).isTrue();
        requireRefused(stream::close);
        assertThat(files.setSafeMode(SafeModeAction.LEAVE)).isFalse();
        assertThat(files.recoverLease(file)).isTrue();
        assertThat(files.getFileStatus(file).getLen()).isEqualTo(100);
    }

    @Test
    void onlyASuperuserCommands() throws Exception {
        for (String command :
                List.of("-safemode enter", "-refreshNodes", "-finalizeUpgrade", "-listOpenFiles")) {
            assertThat(admin("ann", command.split(" ", -1))).as(command).isNotZero();
        }
        assertThat(admin("ann", "-safemode", "get")).isZero();
        for (String command :
                List.of("-refreshNodes", "-finalizeUpgrade", "-listOpenFiles", "-report")) {
            assertThat(admin("owner", command)).as(command).isZero();
        }
        for (String command : List.of("-rollEdits", "-metasave x")) {
            assertThat(admin("owner", command.split(" ", -1))).as(command).isNotZero();
        }
    }

    @Test
    void openFilesAreListedBelowAPath() throws IOException, InterruptedException {
        FSDataOutputStream one = files.create(new Path("/open/a/one"));
        FSDataOutputStream two = files.create(new Path("/open/b/two"));
        assertThat(open("/open")).containsExactlyInAnyOrder("/open/a/one", "/open/b/two");
        assertThat(open("/open/a")).containsExactly("/open/a/one");
        assertThat(open("/open/a/o")).isEmpty();
        one.close();
        assertThat(open("/open")).containsExactly("/open/b/two");
        two.close();
        try (FileSystem ann = client("hdfs", "ann")) {
            DistributedFileSystem other = (DistributedFileSystem) ann;
            assertThatThrownBy(() -> other.listOpenFiles(all(), "/").hasNext())
                    .hasStackTraceContaining(AccessControlException.class.getName());
        }
    }

    private static EnumSet<OpenFilesType> all() {
        return EnumSet.of(OpenFilesType.ALL_OPEN_FILES);
    }

    private static List<String> open(String below) throws IOException {
        List<String> paths = new ArrayList<>();
        RemoteIterator<OpenFileEntry> entries = files.listOpenFiles(all(), below);
        while (entries.hasNext()) {
            paths.add(entries.next().getFilePath());
        }
        return paths;
    }

    @Test
    void severalDirectoriesAreListedAtOnce() throws IOException {
        List<String> expected = new ArrayList<>();
        for (String name : List.of("x", "y")) {
            for (int i = 0; i < 700; i++) {
                Path path = new Path("/batch/%s/%04d".formatted(name, i));
                files.create(path).close();
                expected.add(path.toString());
            }
        }
        files.mkdirs(new Path("/batch/empty"));
        List<Path> asked =
                List.of(
                        new Path("/batch/x"),
                        new Path("/batch/empty"),
                        new Path("/batch/none"),
                        new Path("/batch/y"));
        RemoteIterator<PartialListing<FileStatus>> parts = files.batchedListStatusIterator(asked);
        List<String> listed = new ArrayList<>();
        int missing = 0;
        while (parts.hasNext()) {
            PartialListing<FileStatus> part = parts.next();
            if (part.getListedPath().getName().equals("none")) {
                assertThatThrownBy(part::get).isInstanceOf(FileNotFoundException.class);
                missing++;
            } else {
                part.get().forEach(each -> listed.add(each.getPath().toUri().getPath()));
            }
        }
        assertThat(listed).isEqualTo(expected);
        assertThat(missing).isEqualTo(1);
    }
}
