package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DFSUtilClient;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.SnapshotDiffReport;
import org.apache.hadoop.hdfs.protocol.SnapshotStatus;
import org.apache.hadoop.hdfs.protocol.SnapshottableDirectoryStatus;
import org.apache.hadoop.hdfs.web.WebHdfsFileSystem;
import org.apache.hadoop.ipc.RemoteException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Snapshots of directories through Hadoop's client, by the same rules as those of a real HDFS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HadoopSnapshotContract {
    private static final Path ROOT = new Path("/snapshots");
    private static final String PACKAGE = "org.apache.hadoop.hdfs.protocol.";
    private static final String REFUSED = PACKAGE + "SnapshotException";
    private static final String READ_ONLY = PACKAGE + "SnapshotAccessControlException";
    private static final String ACCESS = "org.apache.hadoop.security.AccessControlException";

    private FileSystem files;
    private FileSystem ann;

    /** Where the service is, {@code hdfs://} or {@code webhdfs://}. */
    abstract URI service() throws IOException;

    @BeforeAll
    void connect() throws IOException, InterruptedException {
        files = FileSystem.newInstance(service(), configuration(), NodeProcess.USER);
        ann = FileSystem.newInstance(service(), configuration(), "ann");
    }

    private static Configuration configuration() {
        Configuration configuration = new Configuration();
        configuration.setInt("ipc.client.connect.max.retries", 2);
        // there is one data node
        configuration.setInt("dfs.replication", 1);
        return configuration;
    }

    @AfterAll
    void disconnect() throws IOException {
        ann.close();
        files.close();
    }

    @BeforeEach
    void makeRoot() throws IOException {
        files.mkdirs(ROOT);
        allow(ROOT);
    }

    @AfterEach
    void removeAll() throws IOException {
        for (SnapshottableDirectoryStatus each : Optional.ofNullable(roots()).orElse(none())) {
            for (SnapshotStatus snapshot : list(each.getFullPath())) {
                files.deleteSnapshot(each.getFullPath(), name(snapshot));
            }
        }
        assertThat(files.delete(ROOT, true)).isTrue();
    }

    private static SnapshottableDirectoryStatus[] none() {
        return new SnapshottableDirectoryStatus[0];
    }

    private static String name(SnapshotStatus snapshot) {
        return DFSUtilClient.bytes2String(snapshot.getDirStatus().getLocalNameInBytes());
    }

    private void allow(Path path) throws IOException {
        allow(files, path);
    }

    private static void allow(FileSystem client, Path path) throws IOException {
        switch (client) {
            case DistributedFileSystem hdfs -> hdfs.allowSnapshot(path);
            case WebHdfsFileSystem web -> web.allowSnapshot(path);
            default -> throw new AssertionError(client);
        }
    }

    private void disallow(Path path) throws IOException {
        switch (files) {
            case DistributedFileSystem hdfs -> hdfs.disallowSnapshot(path);
            case WebHdfsFileSystem web -> web.disallowSnapshot(path);
            default -> throw new AssertionError(files);
        }
    }

    private SnapshottableDirectoryStatus[] roots() throws IOException {
        return roots(files);
    }

    private static SnapshottableDirectoryStatus[] roots(FileSystem client) throws IOException {
        return switch (client) {
            case DistributedFileSystem hdfs -> hdfs.getSnapshottableDirListing();
            case WebHdfsFileSystem web -> web.getSnapshottableDirectoryList();
            default -> throw new AssertionError(client);
        };
    }

    private SnapshotStatus[] list(Path path) throws IOException {
        return switch (files) {
            case DistributedFileSystem hdfs -> hdfs.getSnapshotListing(path);
            case WebHdfsFileSystem web -> web.getSnapshotListing(path);
            default -> throw new AssertionError(files);
        };
    }

    private SnapshotDiffReport compare(Path path, String from, String to) throws IOException {
        return switch (files) {
            case DistributedFileSystem hdfs -> hdfs.getSnapshotDiffReport(path, from, to);
            case WebHdfsFileSystem web -> web.getSnapshotDiffReport(path, from, to);
            default -> throw new AssertionError(files);
        };
    }

    /** Each difference as the commands print it, in any order. */
    private List<String> differences(String from, String to) throws IOException {
        return compare(ROOT, from, to).getDiffList().stream()
                .map(each -> each.toString().replace("\t", " "))
                .sorted()
                .toList();
    }

    private static Path path(String name) {
        return new Path(ROOT, name);
    }

    private static Path old(String snapshot, String name) {
        return new Path(path(".snapshot/" + snapshot), name);
    }

    private void write(String name, String text) throws IOException {
        try (FSDataOutputStream stream = files.create(path(name), true)) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void append(String name, String text) throws IOException {
        try (FSDataOutputStream stream = files.append(path(name))) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private String read(Path path) throws IOException {
        try (FSDataInputStream stream = files.open(path)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private List<String> names(Path path) throws IOException {
        return Arrays.stream(files.listStatus(path))
                .map(FileStatus::getPath)
                .map(Path::getName)
                .toList();
    }

    private static void assertFails(ThrowingCallable call, String type, String text) {
        IOException e = catchThrowableOfType(IOException.class, call);
        assertThat(e).as(text).isNotNull();
        // a client without the servers' classes has the name alone
        String actual = e instanceof RemoteException remote ? remote.getClassName() : type(e);
        assertThat(actual).as(e.toString()).isEqualTo(type);
        assertThat(e.getMessage()).contains(text);
    }

    private static String type(IOException e) {
        return e.getClass().getName();
    }

    @Test
    void oldContentsStay() throws IOException {
        for (String name : List.of("replaced", "appended", "cut", "removed", "renamed", "d/deep")) {
            write(name, "before");
        }
        assertThat(files.createSnapshot(ROOT, "s1").toUri().getPath())
                .isEqualTo("/snapshots/.snapshot/s1");
        write("replaced", "after");
        append("appended", " and after");
        assertThat(files.truncate(path("cut"), 2)).isIn(true, false);
        files.delete(path("removed"), false);
        files.rename(path("renamed"), path("elsewhere"));
        files.delete(path("d"), true);
        files.setPermission(path("elsewhere"), new FsPermission((short) 0600));

        for (String name : List.of("replaced", "appended", "cut", "removed", "renamed", "d/deep")) {
            assertThat(read(old("s1", name))).as(name).isEqualTo("before");
        }
        assertThat(read(path("appended"))).isEqualTo("before and after");
        assertThat(read(path("replaced"))).isEqualTo("after");
        FileStatus status = files.getFileStatus(old("s1", "renamed"));
        assertThat(status.getPermission().toShort()).isEqualTo((short) 0644);
        assertThat(status.getLen()).isEqualTo(6);
        assertThat(names(path(".snapshot/s1")))
                .containsExactly("appended", "cut", "d", "removed", "renamed", "replaced");
        assertThat(files.getContentSummary(path(".snapshot/s1")).getFileCount()).isEqualTo(6);
        assertThat(files.getFileChecksum(old("s1", "appended"))).isNotNull();
    }

    @Test
    void aStatusTellsWhatMayHaveThem() throws IOException {
        write("d/f", "text");
        files.createSnapshot(ROOT, "s1");
        assertThat(files.getFileStatus(ROOT).isSnapshotEnabled()).isTrue();
        for (FileStatus each : files.listStatus(new Path("/"))) {
            assertThat(each.isSnapshotEnabled())
                    .isEqualTo(each.getPath().getName().equals("snapshots"));
        }
        for (String name : List.of("d", "d/f", ".snapshot", ".snapshot/s1", ".snapshot/s1/d")) {
            assertThat(files.getFileStatus(path(name)).isSnapshotEnabled()).as(name).isFalse();
        }
        assertThat(files.listStatus(path(".snapshot"))[0].isSnapshotEnabled()).isFalse();
        assertThat(roots()[0].getDirStatus().isSnapshotEnabled()).isFalse();
        files.deleteSnapshot(ROOT, "s1");
        disallow(ROOT);
        assertThat(files.getFileStatus(ROOT).isSnapshotEnabled()).isFalse();
    }

    @Test
    void oneWithoutANameIsCalledByTheTime() throws IOException {
        assertThat(files.createSnapshot(ROOT).toUri().getPath())
                .matches("/snapshots/\\.snapshot/s\\d{8}-\\d{6}\\.\\d{3}");
        assertThat(names(path(".snapshot"))).hasSize(1);
    }

    @Test
    void snapshotsAreListedRenamedAndRemoved() throws IOException {
        assertThat(list(ROOT)).isEmpty();
        files.createSnapshot(ROOT, "b");
        write("f", "text");
        files.createSnapshot(ROOT, "a");
        assertThat(names(path(".snapshot"))).containsExactly("a", "b");
        SnapshotStatus[] found = list(ROOT);
        assertThat(found).extracting(HadoopSnapshotContract::name).containsExactly("a", "b");
        assertThat(found[0].getSnapshotID()).isGreaterThan(found[1].getSnapshotID());
        assertThat(found[0].isDeleted()).isFalse();
        assertThat(found[0].getFullPath()).isEqualTo(path(".snapshot/a"));
        assertThat(found[0].getDirStatus().getOwner()).isEqualTo(NodeProcess.USER);

        files.renameSnapshot(ROOT, "a", "c");
        files.renameSnapshot(ROOT, "c", "c");
        assertThat(read(old("c", "f"))).isEqualTo("text");
        files.deleteSnapshot(ROOT, "b");
        assertThat(names(path(".snapshot"))).containsExactly("c");
        assertThat(files.exists(path(".snapshot/a"))).isFalse();
    }

    @Test
    void directoriesThatMayHaveThemAreListed() throws IOException {
        files.mkdirs(new Path("/of-ann"));
        files.setOwner(new Path("/of-ann"), "ann", null);
        allow(new Path("/of-ann"));
        files.createSnapshot(ROOT, "s");
        try {
            SnapshottableDirectoryStatus[] all = roots();
            assertThat(all)
                    .extracting(each -> each.getFullPath().toString())
                    .containsExactly("/of-ann", "/snapshots");
            assertThat(all[1].getSnapshotNumber()).isEqualTo(1);
            assertThat(all[1].getSnapshotQuota()).isEqualTo(65536);
            assertThat(all[1].getDirStatus().getOwner()).isEqualTo(NodeProcess.USER);
            assertThat(roots(ann))
                    .extracting(each -> each.getFullPath().toString())
                    .containsExactly("/of-ann");
            assertThat(ann.createSnapshot(new Path("/of-ann"), "own").getName()).isEqualTo("own");
            ann.deleteSnapshot(new Path("/of-ann"), "own");
            disallow(new Path("/of-ann"));
            disallow(new Path("/of-ann"));
            assertThat(roots()).hasSize(1);
        } finally {
            files.delete(new Path("/of-ann"), true);
        }
    }

    private void changeEverything() throws IOException {
        for (String name : List.of("a", "changed", "gone", "d/in", "d/left", "e/moving", "same")) {
            write(name, "before " + name);
        }
        files.mkdirs(path("made-empty"));
        files.createSnapshot(ROOT, "s1");
        write("a", "replaced");
        append("changed", " more");
        files.delete(path("gone"), false);
        files.rename(path("d"), path("d2"));
        write("d2/born", "new");
        append("d2/in", " more");
        files.delete(path("d2/left"), false);
        files.mkdirs(path("n"));
        files.rename(path("e/moving"), path("n/moved"));
        write("n/inside", "new");
        files.createSnapshot(ROOT, "s2");
    }

    @Test
    void differencesAreOfEveryKind() throws IOException {
        changeEverything();
        String[] forth = {
            "+ ./a",
            "+ ./d/born",
            "+ ./n",
            "- ./a",
            "- ./d/left",
            "- ./gone",
            "M .",
            "M ./changed",
            "M ./d",
            "M ./d/in",
            "M ./e",
            "R ./d -> ./d2",
            "R ./e/moving -> ./n/moved"
        };
        assertThat(differences("s1", "s2")).containsExactly(forth);
        assertThat(differences("s1", "")).containsExactly(forth);
        String[] back = {
            "+ ./a",
            "+ ./d/left",
            "+ ./gone",
            "- ./a",
            "- ./d/born",
            "- ./n",
            "M .",
            "M ./changed",
            "M ./d",
            "M ./d/in",
            "M ./e",
            "R ./d2 -> ./d",
            "R ./n/moved -> ./e/moving"
        };
        assertThat(differences("s2", "s1")).containsExactly(back);
        assertThat(differences("", "s1")).containsExactly(back);
        assertThat(differences("s1", "s1")).isEmpty();
        assertThat(differences("s2", "")).isEmpty();
        SnapshotDiffReport report = compare(ROOT, "s1", "s2");
        assertThat(report.getSnapshotRoot()).isEqualTo("/snapshots");
        assertThat(report.getFromSnapshot()).isEqualTo("s1");
        assertThat(report.getLaterSnapshotName()).isEqualTo("s2");
    }

    @Test
    void whatLeavesADirectoryThatIsRemovedWasMadeWhereItIs() throws IOException {
        write("d/kept", "kept");
        write("d/lost", "lost");
        files.createSnapshot(ROOT, "s1");
        files.rename(path("d/kept"), path("kept"));
        files.delete(path("d"), true);
        files.createSnapshot(ROOT, "s2");
        assertThat(differences("s1", "s2")).containsExactly("+ ./kept", "- ./d", "M .");
    }

    @Test
    void attributesAreDifferencesToo() throws IOException {
        write("mode", "1");
        write("still", "1");
        files.mkdirs(path("d"));
        files.createSnapshot(ROOT, "s1");
        files.setPermission(path("mode"), new FsPermission((short) 0600));
        files.setPermission(path("d"), new FsPermission((short) 0700));
        files.createSnapshot(ROOT, "s2");
        assertThat(differences("s1", "s2")).containsExactly("M ./d", "M ./mode");
    }

    @Test
    void whatCannotBeSaysWhy() throws IOException {
        files.createSnapshot(ROOT, "s1");
        files.createSnapshot(ROOT, "s2");
        write("f", "text");
        Path plain = path("plain");
        files.mkdirs(plain);
        String not = "Directory is not a snapshottable directory: /snapshots/plain";
        assertFails(() -> files.createSnapshot(plain, "x"), REFUSED, not);
        assertFails(() -> files.deleteSnapshot(plain, "x"), REFUSED, not);
        assertFails(() -> files.renameSnapshot(plain, "x", "y"), REFUSED, not);
        assertFails(() -> list(plain), REFUSED, not);
        assertFails(
                () -> files.createSnapshot(ROOT, "s1"),
                REFUSED,
                "there is already a snapshot with the same name \"s1\".");
        assertFails(
                () -> files.deleteSnapshot(ROOT, "x"),
                REFUSED,
                "Cannot delete snapshot x from path /snapshots: the snapshot does not exist.");
        assertFails(
                () -> files.renameSnapshot(ROOT, "x", "y"),
                REFUSED,
                "The snapshot x does not exist for directory /snapshots");
        assertFails(
                () -> files.renameSnapshot(ROOT, "s1", "s2"),
                REFUSED,
                "The snapshot s2 already exists for directory /snapshots");
        assertFails(
                () -> compare(ROOT, "s1", "x"),
                REFUSED,
                "Cannot find the snapshot of directory /snapshots with name x");
        assertFails(
                () -> compare(ROOT, "x", ""),
                REFUSED,
                "Cannot find the snapshot of directory /snapshots with name x");
        assertFails(
                () -> disallow(ROOT),
                REFUSED,
                "The directory /snapshots has snapshot(s). Please redo the operation after removing"
                        + " all the snapshots.");
        assertFails(
                () -> files.delete(ROOT, true),
                REFUSED,
                "The directory /snapshots cannot be deleted since /snapshots is snapshottable and"
                        + " already has snapshots");
        assertFails(
                () -> allow(path("f")),
                "org.apache.hadoop.fs.PathIsNotDirectoryException",
                "`/snapshots/f': Is not a directory");
        assertFails(
                () -> allow(path("none")),
                "java.io.FileNotFoundException",
                "Directory does not exist: /snapshots/none");
        Path other = new Path("/other");
        files.mkdirs(other);
        assertFails(
                () -> compare(other, "a", "b"),
                REFUSED,
                "The path /other is neither snapshottable nor under a snapshot root!");
        files.delete(other, true);
    }

    @Test
    void namesMustBeOfOneComponent() {
        for (String name : List.of("a/b", ".", "..", ".snapshot")) {
            assertFails(
                    () -> files.createSnapshot(ROOT, name),
                    "org.apache.hadoop.fs.InvalidPathException",
                    "Invalid snapshot name: " + name);
        }
    }

    @Test
    void nothingChangesInASnapshot() throws IOException {
        write("d/f", "text");
        files.createSnapshot(ROOT, "s1");
        String why = "Modification on a read-only snapshot is disallowed";
        Path file = old("s1", "d/f");
        assertFails(() -> files.create(old("s1", "d/g")).close(), READ_ONLY, why);
        assertFails(() -> files.create(file, true).close(), READ_ONLY, why);
        assertFails(() -> files.append(file).close(), READ_ONLY, why);
        assertFails(() -> files.mkdirs(old("s1", "e")), READ_ONLY, why);
        assertFails(() -> files.delete(file, false), READ_ONLY, why);
        assertFails(() -> files.delete(old("s1", "d"), true), READ_ONLY, why);
        assertFails(() -> files.delete(path(".snapshot/s1"), true), READ_ONLY, why);
        assertFails(() -> files.rename(file, path("g")), READ_ONLY, why);
        assertFails(() -> files.rename(path("d/f"), old("s1", "g")), READ_ONLY, why);
        assertFails(() -> files.truncate(file, 1), READ_ONLY, why);
        assertFails(() -> files.setPermission(file, new FsPermission("600")), READ_ONLY, why);
        assertFails(() -> files.setOwner(file, "ann", null), READ_ONLY, why);
        assertFails(() -> files.setTimes(file, 1, 1), READ_ONLY, why);
        assertFails(() -> files.setReplication(file, (short) 2), READ_ONLY, why);
        assertFails(() -> files.setXAttr(file, "user.a", new byte[1]), READ_ONLY, why);
        assertThat(read(file)).isEqualTo("text");
    }

    @Test
    void othersMayNotMakeThem() throws IOException {
        files.createSnapshot(ROOT, "s1");
        assertFails(() -> ann.createSnapshot(ROOT, "x"), ACCESS, "Permission denied");
        assertFails(() -> ann.deleteSnapshot(ROOT, "s1"), ACCESS, "Permission denied");
        assertFails(() -> ann.renameSnapshot(ROOT, "s1", "x"), ACCESS, "Permission denied");
        assertFails(() -> allow(ann, ROOT), ACCESS, "Access denied for user ann");
        assertThat(ann.listStatus(path(".snapshot"))).hasSize(1);
    }
}
