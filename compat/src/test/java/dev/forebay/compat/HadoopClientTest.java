package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.Clock;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FsStatus;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIsNotEmptyDirectoryException;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Hadoop's own client for Java against the gateway. */
class HadoopClientTest {
    private static final int MEBIBYTE = 1 << 20;

    @TempDir private static java.nio.file.Path folder = java.nio.file.Path.of("target");

    private static NodeProcess node;
    private static FileSystem files;
    private static final Path HOME = new Path("/test");

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        node = NodeProcess.start(folder);
        files = client(NodeProcess.USER);
    }

    private static FileSystem client(String user) throws IOException, InterruptedException {
        Configuration configuration = new Configuration();
        configuration.setInt("ipc.client.connect.max.retries", 2);
        return FileSystem.newInstance(node.hdfs(), configuration, user);
    }

    @AfterAll
    static void stop() throws IOException {
        files.close();
        assertThat(node.isAlive()).isTrue();
        node.close();
    }

    @BeforeEach
    void makeHome() throws IOException {
        files.mkdirs(HOME);
    }

    @AfterEach
    void removeHome() throws IOException {
        assertThat(files.delete(HOME, true)).isTrue();
    }

    private static Path path(String name) {
        return new Path(HOME, name);
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static Path write(String name, byte[] bytes) throws IOException {
        try (FSDataOutputStream stream = files.create(path(name))) {
            stream.write(bytes);
        }
        return path(name);
    }

    private static byte[] read(Path path) throws IOException {
        try (FSDataInputStream stream = files.open(path)) {
            return stream.readAllBytes();
        }
    }

    @Test
    void filesOfAllLengthsComeBack() throws IOException {
        for (int length : List.of(0, 1, 511, 512, 513, 65_535, 65_536, 65_537, 3_000_001)) {
            byte[] bytes = bytes(length);
            Path path = write("f" + length, bytes);
            assertThat(read(path)).as("length %d", length).isEqualTo(bytes);
            assertThat(files.getFileStatus(path).getLen()).isEqualTo(length);
        }
    }

    @Test
    void smallAndOddBlocksWork() throws IOException {
        for (int blockSize : List.of(512, 1_536, 65_536, 1_000_448)) {
            byte[] bytes = bytes(7 * blockSize + 13);
            Path path = path("b" + blockSize);
            try (FSDataOutputStream stream = files.create(path, true, 4096, (short) 3, blockSize)) {
                stream.write(bytes);
            }
            assertThat(read(path)).isEqualTo(bytes);
            assertThat(files.getFileBlockLocations(path, 0, bytes.length)).hasSize(8);
            assertThat(files.getFileStatus(path).getBlockSize()).isEqualTo(blockSize);
            assertThat(files.getFileStatus(path).getReplication()).isEqualTo((short) 3);
        }
    }

    @Test
    void readsAnywhere() throws IOException {
        byte[] bytes = bytes(3 * MEBIBYTE);
        Path path = path("anywhere");
        try (FSDataOutputStream stream = files.create(path, true, 4096, (short) 1, MEBIBYTE)) {
            stream.write(bytes);
        }
        Random random = new Random(7);
        try (FSDataInputStream stream = files.open(path)) {
            for (int i = 0; i < 200; i++) {
                int from = random.nextInt(bytes.length);
                byte[] part = new byte[random.nextInt(Math.min(100_000, bytes.length - from))];
                if (random.nextBoolean()) {
                    stream.readFully(from, part);
                } else {
                    stream.seek(from);
                    stream.readFully(part);
                }
                assertThat(part).isEqualTo(Arrays.copyOfRange(bytes, from, from + part.length));
            }
        }
    }

    @Test
    void whatIsMadeHasTheGroupOfItsDirectory() throws IOException {
        Path shared = new Path(HOME, "shared");
        files.mkdirs(shared);
        files.setOwner(shared, null, "crew");
        assertThat(files.getFileStatus(write("shared/f", bytes(10))).getGroup()).isEqualTo("crew");
        Path below = new Path(shared, "a/b");
        files.mkdirs(below);
        assertThat(files.getFileStatus(below).getGroup()).isEqualTo("crew");
    }

    @Test
    void statusSaysWhatWasAskedFor() throws IOException {
        Path path = write("s", bytes(10));
        files.setOwner(path, "ann", "crew");
        files.setPermission(path, new FsPermission((short) 01640));
        files.setTimes(path, 1_000_000_000_123L, 1_000_000_000_456L);
        assertThat(files.setReplication(path, (short) 5)).isTrue();
        FileStatus status = files.getFileStatus(path);
        assertThat(status.getOwner() + " " + status.getGroup()).isEqualTo("ann crew");
        assertThat(status.getPermission()).isEqualTo(new FsPermission((short) 01640));
        assertThat(status.getModificationTime()).isEqualTo(1_000_000_000_123L);
        assertThat(status.getAccessTime()).isEqualTo(1_000_000_000_456L);
        assertThat(status.getReplication()).isEqualTo((short) 5);
        assertThat(files.setReplication(HOME, (short) 2)).isFalse();
        assertThat(files.getAclStatus(path).getOwner()).isEqualTo("ann");
        assertThat(files.getXAttrs(path)).isEmpty();
        assertThat(files.getContentSummary(HOME).getSpaceConsumed()).isEqualTo(50);
        assertThat(files.getContentSummary(HOME).getFileCount()).isEqualTo(1);
        assertThat(files.getQuotaUsage(HOME).getFileAndDirectoryCount()).isEqualTo(2);
        assertThat(files.getStatus().getRemaining()).isPositive();
        assertThat(files.getStoragePolicy(path).getName()).isEqualTo("HOT");
    }

    @Test
    void accessControlListsExtendedAttributesAndQuotas() throws IOException {
        HadoopAttributes.exercise(files, HOME);
    }

    @Test
    void listingsArePagedInOrder() throws IOException {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 1_203; i++) {
            made.add("n%05d".formatted(i));
            files.create(path(made.getLast())).close();
        }
        List<String> listed =
                Arrays.stream(files.listStatus(HOME))
                        .map(each -> each.getPath().getName())
                        .toList();
        assertThat(listed).isEqualTo(made);
        RemoteIterator<LocatedFileStatus> all = files.listFiles(HOME, true);
        int count = 0;
        while (all.hasNext()) {
            assertThat(all.next().getPath().getName()).isEqualTo(made.get(count));
            count++;
        }
        assertThat(count).isEqualTo(made.size());
        assertThat(files.globStatus(path("n0000*"))).hasSize(10);
    }

    @Test
    void whatIsNotThereIsSaidSo() throws IOException {
        Path file = write("here", bytes(1));
        Path missing = path("missing");
        assertThatThrownBy(() -> files.getFileStatus(missing))
                .isInstanceOf(FileNotFoundException.class);
        assertThatThrownBy(() -> files.listStatus(missing))
                .isInstanceOf(FileNotFoundException.class);
        assertThatThrownBy(() -> files.open(missing)).isInstanceOf(FileNotFoundException.class);
        assertThatThrownBy(() -> files.open(HOME)).isInstanceOf(FileNotFoundException.class);
        assertThatThrownBy(() -> files.append(missing)).isInstanceOf(FileNotFoundException.class);
        assertThat(files.delete(missing, false)).isFalse();
        assertThat(files.exists(missing)).isFalse();
        assertThatThrownBy(() -> files.create(file, false))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> files.create(HOME, true))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> files.mkdirs(file)).isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> files.mkdirs(new Path(file, "below")))
                .isInstanceOf(ParentNotDirectoryException.class);
        assertThatThrownBy(() -> files.delete(HOME, false))
                .isInstanceOf(PathIsNotEmptyDirectoryException.class);
        assertThatThrownBy(() -> ((DistributedFileSystem) files).metaSave("x"))
                .hasMessageContaining("metaSave is not provided");
    }

    @Test
    void othersAreKeptOut() throws IOException, InterruptedException {
        Path path = write("mine", bytes(1));
        files.setPermission(path, new FsPermission((short) 0600));
        try (FileSystem other = client("bob")) {
            assertThatThrownBy(() -> other.open(path)).isInstanceOf(AccessControlException.class);
            assertThatThrownBy(() -> other.create(path("theirs")))
                    .isInstanceOf(AccessControlException.class);
            assertThatThrownBy(() -> other.delete(path, false))
                    .isInstanceOf(AccessControlException.class);
            assertThatThrownBy(() -> other.access(path, FsAction.READ))
                    .isInstanceOf(AccessControlException.class);
            other.access(HOME, FsAction.READ_EXECUTE);
            assertThat(other.getFileStatus(path).getLen()).isEqualTo(1);
        }
    }

    @Test
    @SuppressWarnings("deprecation") // it is the only way to rename with options
    void renamesReplaceOnlyWhenAsked() throws IOException {
        Path a = write("a", bytes(1));
        Path b = write("b", bytes(2));
        assertThat(files.rename(a, b)).isFalse();
        assertThat(files.rename(path("missing"), b)).isFalse();
        files.mkdirs(path("d"));
        assertThat(files.rename(a, path("d"))).isTrue();
        assertThat(read(path("d/a"))).isEqualTo(bytes(1));
        assertThat(files.rename(path("d"), path("d/e"))).isFalse();
        DistributedFileSystem distributed = (DistributedFileSystem) files;
        assertThatThrownBy(() -> distributed.rename(path("d/a"), b, Options.Rename.NONE))
                .isInstanceOf(FileAlreadyExistsException.class);
        distributed.rename(path("d/a"), b, Options.Rename.OVERWRITE);
        assertThat(read(b)).isEqualTo(bytes(1));
        assertThatThrownBy(() -> distributed.rename(path("missing"), b, Options.Rename.OVERWRITE))
                .isInstanceOf(FileNotFoundException.class);
        assertThatThrownBy(() -> distributed.rename(b, path("d"), Options.Rename.OVERWRITE))
                .isInstanceOf(IOException.class);
    }

    @Test
    void appendsWithWhateverReplication() throws IOException {
        byte[] bytes = bytes(2 * MEBIBYTE);
        Path path = path("grown");
        files.create(path, true, 4096, (short) 3, MEBIBYTE).close();
        int written = 0;
        Random random = new Random(3);
        for (int i = 0; i < 30; i++) {
            int count = random.nextInt(70_000);
            try (FSDataOutputStream stream = files.append(path)) {
                assertThat(stream.getPos()).isEqualTo(written);
                stream.write(bytes, written, count);
            }
            written += count;
            assertThat(read(path)).isEqualTo(Arrays.copyOf(bytes, written));
        }
        assertThat(files.getFileStatus(path).getReplication()).isEqualTo((short) 3);
    }

    @Test
    void flushedBytesAreSeenByOthers() throws IOException, InterruptedException {
        byte[] bytes = bytes(300_000);
        Path path = path("live");
        try (FileSystem other = client(NodeProcess.USER);
                FSDataOutputStream stream = files.create(path)) {
            int written = 0;
            for (int count : List.of(1, 10, 511, 512, 513, 65_536, 100_000)) {
                stream.write(bytes, written, count);
                written += count;
                if (count % 2 == 0) {
                    stream.hflush();
                } else {
                    stream.hsync();
                }
                try (FSDataInputStream reader = other.open(path)) {
                    assertThat(reader.readAllBytes()).isEqualTo(Arrays.copyOf(bytes, written));
                }
            }
            assertThatThrownBy(() -> other.append(path))
                    .hasMessageContaining("already being created");
        }
    }

    @Test
    void truncatesAndConcatenates() throws IOException {
        byte[] bytes = bytes(200_000);
        Path path = write("t", bytes);
        for (int length : List.of(200_000, 131_072, 100_001, 512, 3, 0)) {
            assertThat(files.truncate(path, length)).isTrue();
            assertThat(read(path)).isEqualTo(Arrays.copyOf(bytes, length));
        }
        assertThatThrownBy(() -> files.truncate(path, 1)).isInstanceOf(IOException.class);
        write("t", bytes(5));
        files.concat(path, new Path[] {write("t1", bytes(70_000)), write("t2", bytes(9))});
        assertThat(files.getFileStatus(path).getLen()).isEqualTo(70_014);
        assertThat(files.exists(path("t1"))).isFalse();
        assertThatThrownBy(() -> files.concat(path, new Path[] {path}))
                .isInstanceOf(IOException.class);
    }

    @Test
    void checksumsTellContentsApart() throws IOException {
        Path one = write("c1", bytes(3 * MEBIBYTE + 5));
        Path same = write("c2", bytes(3 * MEBIBYTE + 5));
        Path other = write("c3", bytes(3 * MEBIBYTE + 6));
        assertThat(files.getFileChecksum(one)).isEqualTo(files.getFileChecksum(same));
        assertThat(files.getFileChecksum(one)).isNotEqualTo(files.getFileChecksum(other));
        assertThat(files.getFileChecksum(one).getAlgorithmName())
                .isEqualTo("MD5-of-0MD5-of-512CRC32C");
    }

    @Test
    void aKilledWritersFileIsRecovered() throws IOException, InterruptedException {
        Path path = path("left");
        List<String> command = NodeProcess.command(HadoopWriter.class.getName());
        command.addAll(List.of(node.hdfs().toString(), path.toString(), "1234567"));
        Process writer = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader output = writer.inputReader(StandardCharsets.UTF_8)) {
            String line = output.readLine();
            while (line != null && !line.equals("flushed")) {
                line = output.readLine();
            }
            assertThat(line).isEqualTo("flushed");
        } finally {
            writer.destroyForcibly().waitFor();
        }
        DistributedFileSystem distributed = (DistributedFileSystem) files;
        assertThat(distributed.isFileClosed(path)).isFalse();
        assertThat(distributed.recoverLease(path)).isTrue();
        assertThat(distributed.isFileClosed(path)).isTrue();
        assertThat(read(path)).isEqualTo(new byte[1_234_567]);
        try (FSDataOutputStream stream = files.append(path)) {
            stream.write(1);
        }
        assertThat(files.getFileStatus(path).getLen()).isEqualTo(1_234_568);
    }

    @Test
    void aReplacedFilesWriterIsToldSo() throws IOException, InterruptedException {
        Path path = path("twice");
        try (FileSystem other = client(NodeProcess.USER)) {
            FSDataOutputStream first = other.create(path);
            first.write(bytes(100));
            first.hflush();
            write("twice", bytes(7));
            assertThatThrownBy(first::close).isInstanceOf(IOException.class);
            assertThat(read(path)).isEqualTo(bytes(7));
        }
    }

    @Test
    void tenMegabytesComeBack() throws IOException {
        comesBack(10);
    }

    @Test
    void whatIsUsedGrowsWithWhatIsWritten() throws IOException {
        FsStatus before = files.getStatus();
        write("used", bytes(8 * MEBIBYTE));
        FsStatus after = files.getStatus();
        assertThat(after.getUsed()).isGreaterThanOrEqualTo(before.getUsed() + 8 * MEBIBYTE);
        assertThat(after.getCapacity()).isEqualTo(after.getUsed() + after.getRemaining());
        DistributedFileSystem distributed = (DistributedFileSystem) files;
        assertThat(distributed.getDataNodeStats()[0].getDfsUsed())
                .isGreaterThanOrEqualTo(8 * MEBIBYTE);
    }

    @Test
    @Tag("slow")
    void twoHundredMegabytesComeBack() throws IOException {
        comesBack(200);
    }

    private static void comesBack(int mebibytes) throws IOException {
        Path path = path("large");
        byte[] bytes = bytes(MEBIBYTE + 1);
        long begin = Clock.system().nanos();
        try (FSDataOutputStream stream = files.create(path)) {
            for (int i = 0; i < mebibytes; i++) {
                stream.write(bytes);
            }
        }
        try (FSDataInputStream stream = files.open(path)) {
            byte[] back = new byte[bytes.length];
            for (int i = 0; i < mebibytes; i++) {
                stream.readFully(back);
                assertThat(back).isEqualTo(bytes);
            }
            assertThat(stream.read()).isEqualTo(-1);
        }
        assertThat(Clock.system().nanos() - begin).isLessThan(Duration.ofMinutes(5).toNanos());
    }
}
