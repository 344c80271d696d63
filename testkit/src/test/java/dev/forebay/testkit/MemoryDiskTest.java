package dev.forebay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.forebay.base.Disk;
import dev.forebay.base.MemoryDisk;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

class MemoryDiskTest extends DiskContract {
    private static final int CAPACITY = 16 << 20;
    private final MemoryDisk disk = new MemoryDisk(CAPACITY);

    @Override
    protected Disk disk() {
        return disk;
    }

    @Override
    protected Path folder() {
        return Path.of("/data");
    }

    @Test
    void fullDiskRefusesAndGivesBack() throws IOException {
        Path path = folder().resolve("a");
        Disk.File file = disk.open(path, Disk.Mode.CREATE);
        file.write(0, ByteBuffer.allocate(CAPACITY - 1));
        assertThatIOException()
                .isThrownBy(() -> file.write(CAPACITY - 1, ByteBuffer.allocate(2)))
                .withMessageContaining("No space left on device");
        assertThat(file.length()).isEqualTo(CAPACITY - 1);
        file.write(CAPACITY - 1, ByteBuffer.allocate(1));
        assertThat(disk.usableSpace(folder())).isZero();
        file.truncate(100);
        assertThat(disk.usableSpace(folder())).isEqualTo(CAPACITY - 100);
        disk.delete(path);
        assertThat(disk.usableSpace(folder())).as("still open").isEqualTo(CAPACITY - 100);
        file.close();
        assertThat(disk.usableSpace(folder())).isEqualTo(CAPACITY);
    }

    @Test
    void replacedFileGivesItsSpaceBack() throws IOException {
        for (String name : new String[] {"a", "b"}) {
            try (Disk.File file = disk.open(folder().resolve(name), Disk.Mode.CREATE)) {
                file.write(0, ByteBuffer.allocate(1000));
            }
        }
        disk.rename(folder().resolve("a"), folder().resolve("b"));
        assertThat(disk.usableSpace(folder())).isEqualTo(CAPACITY - 1000);
    }

    @Test
    void sparseFileReadsZerosAfterCutAndExtension() throws IOException {
        try (Disk.File file = disk.open(folder().resolve("a"), Disk.Mode.CREATE)) {
            file.write(200_000, ByteBuffer.wrap(new byte[] {1, 2, 3}));
            file.truncate(200_001);
            file.truncate(200_003);
            ByteBuffer target = ByteBuffer.allocate(4);
            assertThat(file.read(199_999, target)).isEqualTo(4);
            assertThat(target.array()).containsExactly(0, 1, 0, 0);
        }
    }

    @Test
    void filesBeyondWhatPagesReachAreRefused() throws IOException {
        try (Disk.File file = disk.open(folder().resolve("a"), Disk.Mode.CREATE)) {
            assertThatIOException().isThrownBy(() -> file.truncate(Long.MAX_VALUE));
            assertThatIOException()
                    .isThrownBy(() -> file.write(Long.MAX_VALUE, ByteBuffer.allocate(1)));
        }
    }
}
