package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.BlockStoragePolicySpi;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.HdfsFileStatus;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;

/** Storage policies through Hadoop's client, by the same rules as those of a real HDFS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HadoopPolicyContract {
    private static final Path ROOT = new Path("/policies");
    private static final String ILLEGAL = "org.apache.hadoop.HadoopIllegalArgumentException";
    private static final String MISSING = "java.io.FileNotFoundException";
    private static final String ACCESS = "org.apache.hadoop.security.AccessControlException";

    private FileSystem files;
    private FileSystem ann;

    /** Where the service is, {@code hdfs://} or {@code webhdfs://}. */
    abstract URI service() throws IOException;

    @BeforeAll
    void connect() throws IOException, InterruptedException {
        Configuration configuration = new Configuration();
        configuration.setInt("ipc.client.connect.max.retries", 2);
        // there is one data node
        configuration.setInt("dfs.replication", 1);
        files = FileSystem.newInstance(service(), configuration, NodeProcess.USER);
        ann = FileSystem.newInstance(service(), configuration, "ann");
    }

    @AfterAll
    void disconnect() throws IOException {
        ann.close();
        files.close();
    }

    @BeforeEach
    void makeRoot() throws IOException {
        files.mkdirs(path("d/e"));
        write("f");
    }

    @AfterEach
    void removeAll() throws IOException {
        files.unsetStoragePolicy(new Path("/"));
        assertThat(files.delete(ROOT, true)).isTrue();
    }

    private static Path path(String name) {
        return new Path(ROOT, name);
    }

    private void write(String name) throws IOException {
        try (FSDataOutputStream stream = files.create(path(name), true)) {
            stream.write(1);
        }
    }

    private void set(String name, String policy) throws IOException {
        files.setStoragePolicy(path(name), policy);
    }

    private void unset(String name) throws IOException {
        files.unsetStoragePolicy(path(name));
    }

    /** What the call tells, and the number in the status. */
    private String policy(Path path) throws IOException {
        return files.getStoragePolicy(path).getName() + " " + number(files.getFileStatus(path));
    }

    private String policy(String name) throws IOException {
        return policy(path(name));
    }

    private static int number(FileStatus status) {
        return status instanceof HdfsFileStatus hdfs ? hdfs.getStoragePolicy() : -1;
    }

    private static void assertFails(ThrowingCallable call, String type, String text) {
        IOException e = catchThrowableOfType(IOException.class, call);
        assertThat(e).as(text).isNotNull();
        // a client without the servers' classes has the name alone
        String actual =
                e instanceof RemoteException remote
                        ? remote.getClassName()
                        : e.getClass().getName();
        assertThat(actual).as(e.toString()).isEqualTo(type);
        assertThat(e.getMessage()).contains(text);
    }

    @Test
    void thereAreEight() throws IOException {
        List<String> all = new ArrayList<>();
        for (BlockStoragePolicySpi each : files.getAllStoragePolicies()) {
            all.add(each.toString());
        }
        assertThat(all)
                .containsExactly(
                        "BlockStoragePolicy{PROVIDED:1, storageTypes=[PROVIDED, DISK],"
                            + " creationFallbacks=[PROVIDED, DISK], replicationFallbacks=[PROVIDED,"
                            + " DISK]}",
                        "BlockStoragePolicy{COLD:2, storageTypes=[ARCHIVE], creationFallbacks=[],"
                                + " replicationFallbacks=[]}",
                        "BlockStoragePolicy{WARM:5, storageTypes=[DISK, ARCHIVE],"
                                + " creationFallbacks=[DISK, ARCHIVE], replicationFallbacks=[DISK,"
                                + " ARCHIVE]}",
                        "BlockStoragePolicy{HOT:7, storageTypes=[DISK], creationFallbacks=[],"
                                + " replicationFallbacks=[ARCHIVE]}",
                        "BlockStoragePolicy{ONE_SSD:10, storageTypes=[SSD, DISK],"
                                + " creationFallbacks=[SSD, DISK], replicationFallbacks=[SSD,"
                                + " DISK]}",
                        "BlockStoragePolicy{ALL_SSD:12, storageTypes=[SSD],"
                                + " creationFallbacks=[DISK], replicationFallbacks=[DISK]}",
                        "BlockStoragePolicy{ALL_NVDIMM:14, storageTypes=[NVDIMM],"
                                + " creationFallbacks=[DISK], replicationFallbacks=[DISK]}",
                        "BlockStoragePolicy{LAZY_PERSIST:15, storageTypes=[RAM_DISK, DISK],"
                                + " creationFallbacks=[DISK], replicationFallbacks=[DISK]}");
    }

    @Test
    void theNearestOneAboveHolds() throws IOException {
        for (String name : List.of("", "d", "f")) {
            Path path = name.isEmpty() ? ROOT : path(name);
            assertThat(policy(path)).isEqualTo("HOT 0");
        }
        files.setStoragePolicy(ROOT, "COLD");
        assertThat(policy("d/e")).isEqualTo("COLD 2");
        assertThat(policy("f")).isEqualTo("COLD 2");
        assertThat(policy(new Path("/"))).isEqualTo("HOT 0");
        set("d", "warm");
        assertThat(policy("d/e")).isEqualTo("WARM 5");
        assertThat(Arrays.stream(files.listStatus(ROOT)).map(HadoopPolicyContract::number))
                .containsExactly(5, 2);
        unset("d");
        unset("d");
        assertThat(policy("d")).isEqualTo("COLD 2");
        files.setStoragePolicy(new Path("/"), "ONE_SSD");
        files.unsetStoragePolicy(ROOT);
        assertThat(policy("d/e")).isEqualTo("ONE_SSD 10");
        assertThat(files.getXAttrs(ROOT)).isEmpty();
    }

    @Test
    void ofItsOwnItStaysWithWhatMoves() throws IOException {
        set("d/e", "ALL_SSD");
        set("d", "WARM");
        assertThat(files.rename(path("d/e"), path("moved"))).isTrue();
        assertThat(policy("moved")).isEqualTo("ALL_SSD 12");
        set("f", "ALL_NVDIMM");
        assertThat(files.rename(path("f"), path("d/f"))).isTrue();
        assertThat(policy("d/f")).isEqualTo("ALL_NVDIMM 14");
        unset("d/f");
        assertThat(policy("d/f")).isEqualTo("WARM 5");
    }

    @Test
    void aFileTakesEachButOne() throws IOException {
        List<String> all =
                List.of("PROVIDED", "COLD", "WARM", "HOT", "ONE_SSD", "ALL_SSD", "ALL_NVDIMM");
        for (String each : all) {
            set("f", each);
            assertThat(files.getStoragePolicy(path("f")).getName()).isEqualTo(each);
        }
        assertFails(
                () -> set("f", "LAZY_PERSIST"),
                ILLEGAL,
                "Policy BlockStoragePolicy{LAZY_PERSIST:15, storageTypes=[RAM_DISK, DISK],"
                        + " creationFallbacks=[DISK], replicationFallbacks=[DISK]} cannot be set"
                        + " after file creation.");
        unset("f");
        unset("f");
        assertThat(policy("f")).isEqualTo("HOT 0");
    }

    @Test
    void memoryFirstIsForLife() throws IOException {
        set("d", "LAZY_PERSIST");
        write("d/f");
        unset("d");
        assertThat(policy("d/f")).isEqualTo("LAZY_PERSIST 15");
        String fixed = "Existing policy LAZY_PERSIST cannot be changed after file creation.";
        assertFails(() -> set("d/f", "HOT"), ILLEGAL, fixed);
        assertFails(() -> unset("d/f"), ILLEGAL, fixed);
    }

    @Test
    void aFileIsMadeWithOne() throws IOException {
        if (!(files instanceof DistributedFileSystem hdfs)) {
            return;
        }
        hdfs.createFile(path("a")).storagePolicyName("ALL_SSD").build().close();
        assertThat(policy("a")).isEqualTo("ALL_SSD 12");
        hdfs.createFile(path("b")).storagePolicyName("ALL_SSD").lazyPersist().build().close();
        assertThat(policy("b")).isEqualTo("LAZY_PERSIST 15");
        assertFails(
                () -> hdfs.createFile(path("c")).storagePolicyName("NO").build().close(),
                ILLEGAL,
                "Cannot find a block policy with the name NO");
        assertThat(hdfs.exists(path("c"))).isFalse();
        EnumSet<CreateFlag> flags = EnumSet.of(CreateFlag.CREATE, CreateFlag.LAZY_PERSIST);
        FsPermission mode = FsPermission.getFileDefault();
        hdfs.create(path("d/f"), mode, flags, 4096, (short) 1, 1 << 20, null).close();
        assertThat(policy("d/f")).isEqualTo("LAZY_PERSIST 15");
    }

    @Test
    void whoMayWriteSetsAndWhoMayReadAsks() throws IOException {
        assertFails(() -> ann.setStoragePolicy(path("d"), "COLD"), ACCESS, "Permission denied");
        assertFails(() -> ann.unsetStoragePolicy(path("d")), ACCESS, "Permission denied");
        assertThat(ann.getStoragePolicy(path("d")).getName()).isEqualTo("HOT");
        files.setPermission(path("d"), new FsPermission((short) 0777));
        ann.setStoragePolicy(path("d"), "WARM");
        files.setPermission(path("d"), new FsPermission((short) 0700));
        assertFails(() -> ann.getStoragePolicy(path("d")), ACCESS, "Permission denied");
        assertThat(policy("d")).isEqualTo("WARM 5");
        assertThat(ann.getAllStoragePolicies()).hasSize(8);
    }

    @Test
    void whatIsNotThereIsRefused() {
        String unknown = "Cannot find a block policy with the name NONE";
        assertFails(() -> set("d", "NONE"), ILLEGAL, unknown);
        assertFails(() -> set("missing", "NONE"), ILLEGAL, unknown);
        String missing = "File/Directory does not exist: /policies/missing";
        assertFails(() -> set("missing", "HOT"), MISSING, missing);
        assertFails(() -> unset("missing"), MISSING, missing);
        assertFails(() -> files.getStoragePolicy(path("missing")), MISSING, missing);
        assertFails(() -> set("f/below", "HOT"), ACCESS, "(is not a directory)");
    }

    @Test
    void nothingIsMoved() {
        String off =
                "Cannot request to satisfy storage policy when storage policy satisfier feature has"
                        + " been disabled by admin.";
        String type = "org.apache.hadoop.hdfs.server.namenode.UnsupportedActionException";
        for (Path path : List.of(path("f"), path("d"), path("missing"))) {
            IOException e =
                    catchThrowableOfType(IOException.class, () -> files.satisfyStoragePolicy(path));
            assertThat(e.getMessage()).contains(off);
            assertThat(e instanceof RemoteException remote ? remote.getClassName() : type)
                    .isEqualTo(type);
        }
    }
}
