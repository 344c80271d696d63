package dev.forebay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.forebay.base.Disk;
import dev.forebay.base.Randomness;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

class FaultyDiskTest extends DiskContract {
    private final FaultyDisk disk = new FaultyDisk();
    private final Path folder = Path.of("/data");
    private final Path a = folder.resolve("a");
    private final Path b = folder.resolve("b");

    @Override
    protected Disk disk() {
        return disk;
    }

    @Override
    protected Path folder() {
        return folder;
    }

    @BeforeEach
    void makeFolder() throws IOException {
        disk.createDirectories(folder);
    }

    private void put(Path path, int value, int length) throws IOException {
        try (Disk.File file = disk.open(path, Disk.Mode.CREATE)) {
            byte[] bytes = new byte[length];
            Arrays.fill(bytes, (byte) value);
            file.write(0, ByteBuffer.wrap(bytes));
            file.sync();
        }
        disk.syncDirectory(folder);
    }

    private byte[] content(Path path) throws IOException {
        try (Disk.File file = disk.open(path, Disk.Mode.READ)) {
            ByteBuffer target = ByteBuffer.allocate((int) file.length());
            file.read(0, target);
            return target.array();
        }
    }

    @SeededTest
    void syncedBytesAndNamesSurvive(long seed) throws IOException {
        put(a, 1, 1000);
        disk.crash(Randomness.seeded(seed));
        assertThat(content(a)).hasSize(1000).containsOnly(1);
    }

    @Test
    void namesWithoutDirectorySyncAreLost() throws IOException {
        try (Disk.File file = disk.open(a, Disk.Mode.CREATE)) {
            file.write(0, ByteBuffer.allocate(10));
            file.sync();
        }
        disk.crashKeepingOnlySynced();
        assertThat(disk.exists(a)).isFalse();
    }

    @Test
    void bytesWithoutSyncAreLost() throws IOException {
        put(a, 1, 1000);
        try (Disk.File file = disk.open(a, Disk.Mode.WRITE)) {
            file.write(500, ByteBuffer.allocate(1000));
        }
        disk.crashKeepingOnlySynced();
        assertThat(content(a)).hasSize(1000).containsOnly(1);
    }

    @Test
    void unsyncedBytesSurviveInEveryWay() throws IOException {
        Set<Integer> lengths = new HashSet<>();
        Set<Boolean> zeros = new HashSet<>();
        for (long seed = 0; seed < 200; seed++) {
            disk.delete(a);
            put(a, 1, 100);
            try (Disk.File file = disk.open(a, Disk.Mode.WRITE)) {
                byte[] bytes = new byte[2000];
                Arrays.fill(bytes, (byte) 2);
                file.write(100, ByteBuffer.wrap(bytes));
            }
            disk.crash(Randomness.seeded(seed));
            byte[] content = content(a);
            lengths.add(content.length);
            zeros.add(content.length == 2100 && content[2099] == 0);
            assertThat(Arrays.copyOf(content, 100)).containsOnly(1);
        }
        assertThat(lengths).containsExactlyInAnyOrder(100, 512, 1024, 1536, 2048, 2100);
        assertThat(zeros).contains(true, false);
    }

    @SeededTest
    void renameSurvivesWholeOrNotAtAll(long seed) throws IOException {
        put(a, 1, 10);
        put(b, 2, 10);
        disk.rename(a, b);
        disk.crash(Randomness.seeded(seed));
        if (disk.exists(a)) {
            assertThat(content(a)).containsOnly(1);
            assertThat(content(b)).containsOnly(2);
        } else {
            assertThat(content(b)).containsOnly(1);
        }
    }

    @SeededTest
    void renameBetweenDirectoriesSurvivesWholeOrNotAtAll(long seed) throws IOException {
        disk.createDirectories(folder.resolve("d"));
        put(a, 1, 10);
        Path target = folder.resolve("d").resolve("a");
        disk.rename(a, target);
        disk.crash(Randomness.seeded(seed));
        assertThat(disk.exists(a)).isNotEqualTo(disk.exists(target));
    }

    @Test
    void stopsAfterTheGivenOperation() throws IOException {
        disk.stopAfter(2);
        Disk.File file = disk.open(a, Disk.Mode.CREATE);
        file.write(0, ByteBuffer.allocate(1));
        assertThatIOException().isThrownBy(file::sync);
        assertThatIOException().isThrownBy(() -> file.read(0, ByteBuffer.allocate(1)));
        assertThatIOException().isThrownBy(() -> disk.list(folder));
        disk.crash(Randomness.seeded(1));
        assertThatIOException().as("open before the crash").isThrownBy(file::length);
        assertThat(disk.list(folder)).isNotNull();
    }

    @Test
    void fullDiskWritesWhatFits() throws IOException {
        disk.limitCapacity(100);
        Disk.File file = disk.open(a, Disk.Mode.CREATE);
        assertThatIOException()
                .isThrownBy(() -> file.write(0, ByteBuffer.allocate(101)))
                .withMessageContaining("No space left on device");
        assertThat(file.length()).isEqualTo(100);
        file.write(0, ByteBuffer.allocate(100));
        disk.limitCapacity(101);
        file.write(100, ByteBuffer.allocate(1));
        assertThatIOException().isThrownBy(() -> file.truncate(102));
    }

    @Test
    void bytesOfFailedSyncAreNeverDurable() throws IOException {
        put(a, 1, 10);
        try (Disk.File file = disk.open(a, Disk.Mode.WRITE)) {
            file.write(0, ByteBuffer.allocate(5));
            disk.failSyncs(true);
            assertThatIOException().isThrownBy(file::sync);
            disk.failSyncs(false);
            file.sync();
        }
        assertThat(content(a)).startsWith(0, 0, 0, 0, 0, 1);
        disk.crashKeepingOnlySynced();
        assertThat(content(a)).containsOnly(1);
    }

    @Test
    void flipsAndCutsAndFailsReads() throws IOException {
        put(a, 0, 3);
        disk.flipBit(a, 9);
        assertThat(content(a)).containsExactly(0, 2, 0);
        disk.cut(a, 2);
        assertThat(content(a)).containsExactly(0, 2);
        disk.crashKeepingOnlySynced();
        assertThat(content(a)).containsExactly(0, 2);
        disk.failReads(true);
        assertThatIOException().isThrownBy(() -> content(a));
    }
}
