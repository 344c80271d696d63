package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.QuotaUsage;
import org.apache.hadoop.fs.StorageType;
import org.apache.hadoop.hdfs.DistributedFileSystem;
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

/** Quotas through Hadoop's client, by the same rules as those of a real HDFS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HadoopQuotaContract {
    private static final Path ROOT = new Path("/quotas");
    private static final int MEBIBYTE = 1 << 20;
    private static final String PROTOCOL = "org.apache.hadoop.hdfs.protocol.";
    private static final String TYPE_EXCEEDED = PROTOCOL + "QuotaByStorageTypeExceededException";

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
        files.mkdirs(path("ssd"));
        files.setStoragePolicy(path("ssd"), "ALL_SSD");
    }

    @AfterEach
    void removeAll() throws IOException {
        assertThat(files.delete(ROOT, true)).isTrue();
    }

    private static Path path(String name) {
        return new Path(ROOT, name);
    }

    private void write(String name, int length) throws IOException {
        try (FSDataOutputStream stream =
                files.create(path(name), true, 4096, (short) 1, MEBIBYTE)) {
            stream.write(new byte[length]);
        }
    }

    private void limit(Path path, StorageType type, long bytes) throws IOException {
        limit(files, path, type, bytes);
    }

    private static void limit(FileSystem client, Path path, StorageType type, long bytes)
            throws IOException {
        switch (client) {
            case DistributedFileSystem hdfs -> hdfs.setQuotaByStorageType(path, type, bytes);
            case WebHdfsFileSystem web -> web.setQuotaByStorageType(path, type, bytes);
            default -> throw new AssertionError(client);
        }
    }

    /** What is there and what is allowed on each of two types, by both calls that tell it. */
    private String used(Path path) throws IOException {
        String summary = text(files.getContentSummary(path));
        assertThat(text(files.getQuotaUsage(path))).isEqualTo(summary);
        return summary;
    }

    private static String text(QuotaUsage usage) {
        return "%d/%d %d/%d"
                .formatted(
                        usage.getTypeConsumed(StorageType.SSD),
                        usage.getTypeQuota(StorageType.SSD),
                        usage.getTypeConsumed(StorageType.DISK),
                        usage.getTypeQuota(StorageType.DISK));
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
    void bytesCountOnTheTypesThatAPolicyPlacesThemOn() throws IOException {
        limit(ROOT, StorageType.SSD, 1L << 30);
        limit(ROOT, StorageType.DISK, 1L << 31);
        assertThat(used(ROOT)).isEqualTo("0/1073741824 0/2147483648");
        write("plain", 10);
        assertThat(used(ROOT)).isEqualTo("0/1073741824 0/2147483648");
        write("ssd/a", 100);
        assertThat(used(ROOT)).isEqualTo("100/1073741824 0/2147483648");
    }

    @Test
    void copiesCountWhereTheyWouldLie() throws IOException {
        limit(ROOT, StorageType.SSD, 1L << 30);
        limit(ROOT, StorageType.DISK, 1L << 31);
        files.mkdirs(path("one"));
        files.setStoragePolicy(path("one"), "ONE_SSD");
        write("one/a", 100);
        files.setReplication(path("one/a"), (short) 3);
        assertThat(used(ROOT)).isEqualTo("100/1073741824 200/2147483648");
        files.delete(path("one/a"), false);
        assertThat(used(ROOT)).isEqualTo("0/1073741824 0/2147483648");
    }

    @Test
    void whatDoesNotFitIsRefused() throws IOException {
        limit(path("ssd"), StorageType.SSD, 3 * MEBIBYTE);
        write("ssd/a", 3 * MEBIBYTE);
        assertFails(
                () -> write("ssd/b", MEBIBYTE),
                TYPE_EXCEEDED,
                "Quota by storage type : SSD on path : /quotas/ssd is exceeded. quota = 3 MB but"
                        + " space consumed = 4 MB");
        assertFails(
                () -> files.setReplication(path("ssd/a"), (short) 2),
                TYPE_EXCEEDED,
                "space consumed = 6 MB");
        write("m", MEBIBYTE);
        assertFails(
                () -> files.rename(path("m"), path("ssd/m")),
                TYPE_EXCEEDED,
                "space consumed = 4 MB");
        assertThat(files.truncate(path("ssd/a"), MEBIBYTE)).isTrue();
        assertThat(used(path("ssd"))).isEqualTo("1048576/3145728 0/-1");
        assertThat(files.rename(path("m"), path("ssd/m"))).isTrue();
        assertThat(used(path("ssd"))).isEqualTo("2097152/3145728 0/-1");
    }

    @Test
    void aPolicyIsNotRefusedAndWhatComesNextIs() throws IOException {
        write("plain", 100);
        limit(ROOT, StorageType.SSD, 10);
        files.setStoragePolicy(path("plain"), "ALL_SSD");
        assertThat(text(files.getContentSummary(ROOT))).isEqualTo("100/10 0/-1");
        assertFails(() -> write("ssd/b", 30), TYPE_EXCEEDED, "quota = 10 B");
    }

    @Test
    void limitsOfTypesAreKeptBesideTheOthers() throws IOException {
        limit(ROOT, StorageType.ARCHIVE, 5);
        limit(ROOT, StorageType.PROVIDED, 6);
        limit(ROOT, StorageType.NVDIMM, 7);
        setQuota(100, 1L << 40);
        setQuota(-1, -1);
        QuotaUsage usage = files.getQuotaUsage(ROOT);
        assertThat(usage.getQuota()).isEqualTo(-1);
        assertThat(usage.isTypeQuotaSet()).isTrue();
        assertThat(usage.getTypeQuota(StorageType.ARCHIVE)).isEqualTo(5);
        assertThat(usage.getTypeQuota(StorageType.PROVIDED)).isEqualTo(6);
        assertThat(usage.getTypeQuota(StorageType.NVDIMM)).isEqualTo(7);
        limit(ROOT, StorageType.ARCHIVE, -1);
        limit(ROOT, StorageType.PROVIDED, -1);
        limit(ROOT, StorageType.NVDIMM, -1);
        assertThat(files.getQuotaUsage(ROOT).isTypeQuotaSet()).isFalse();
    }

    private void setQuota(long names, long space) throws IOException {
        switch (files) {
            case DistributedFileSystem hdfs -> hdfs.setQuota(ROOT, names, space);
            case WebHdfsFileSystem web -> web.setQuota(ROOT, names, space);
            default -> throw new AssertionError(files);
        }
    }

    @Test
    void otherQuotasSayHowTheyAreExceeded() throws IOException {
        setQuota(3, MEBIBYTE);
        write("a", 10);
        assertFails(
                () -> files.mkdirs(path("b")),
                PROTOCOL + "NSQuotaExceededException",
                "The NameSpace quota (directories and files) of directory /quotas is exceeded:"
                        + " quota=3 file count=4");
        setQuota(10, MEBIBYTE);
        assertFails(
                () -> write("c", MEBIBYTE),
                PROTOCOL + "DSQuotaExceededException",
                "The DiskSpace quota of /quotas is exceeded: quota = 1048576 B = 1 MB but"
                        + " diskspace consumed = 1048586 B = 1.00 MB");
    }

    @Test
    void setBySuperusersWhereThereCanBeOne() throws IOException {
        write("f", 1);
        assertFails(
                () -> limit(ann, ROOT, StorageType.SSD, 5),
                "org.apache.hadoop.security.AccessControlException",
                "Access denied for user ann. Superuser privilege is required");
        assertFails(
                () -> limit(path("f"), StorageType.SSD, 5),
                "org.apache.hadoop.fs.PathIsNotDirectoryException",
                "`/quotas/f': Is not a directory");
        assertFails(
                () -> limit(path("missing"), StorageType.SSD, 5),
                "java.io.FileNotFoundException",
                "Directory does not exist: /quotas/missing");
    }
}
