package dev.forebay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.forebay.base.Disk;
import dev.forebay.base.LocalDisk;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

class LocalDiskTest extends DiskContract {
    @TempDir Path folder;

    @Override
    protected Disk disk() {
        return new LocalDisk();
    }

    @Override
    protected Path folder() {
        return folder.resolve("data");
    }

    @Test
    void interruptedThreadReadsAndWritesAndStaysInterrupted() throws IOException {
        Disk disk = disk();
        try (Disk.File file = disk.open(folder.resolve("a"), Disk.Mode.CREATE)) {
            Thread.currentThread().interrupt();
            file.write(0, ByteBuffer.wrap(new byte[] {7}));
            file.sync();
            disk.syncDirectory(folder);
            ByteBuffer target = ByteBuffer.allocate(1);
            assertThat(file.read(0, target)).isEqualTo(1);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void interruptsInTheMiddleHarmNobodySharingTheFile() throws Exception {
        Path path = folder.resolve("a");
        AtomicBoolean stop = new AtomicBoolean();
        try (Disk.File file = new LocalDisk().open(path, Disk.Mode.CREATE)) {
            byte[] content = new Generator(1).bytes(1 << 20);
            file.write(0, ByteBuffer.wrap(content));
            Thread reader = Thread.ofPlatform().start(() -> readUntil(stop, file));
            ByteBuffer target = ByteBuffer.allocateDirect(1 << 20);
            for (int i = 0; i < 300; i++) {
                reader.interrupt();
                assertThat(file.read(0, target.clear())).isEqualTo(1 << 20);
            }
            stop.set(true);
            reader.join();
            assertThat(target.flip()).isEqualTo(ByteBuffer.wrap(content));
        }
    }

    @Test
    void existsFailsWhereItCannotTell() {
        Path unanswerable = folder.resolve("x".repeat(300));
        assertThatIOException().isThrownBy(() -> disk().exists(unanswerable));
    }

    private static void readUntil(AtomicBoolean stop, Disk.File file) {
        ByteBuffer target = ByteBuffer.allocateDirect(1 << 20);
        try {
            while (!stop.get()) {
                file.read(0, target.clear());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void fileThatIsAnotherByNowIsNotReadInItsPlace() throws Exception {
        // the name stands for another file: reopening would read wrong bytes
        Disk disk = new LocalDisk();
        Path path = folder.resolve("a");
        AtomicBoolean stop = new AtomicBoolean();
        try (Disk.File file = disk.open(path, Disk.Mode.CREATE)) {
            file.write(0, ByteBuffer.allocate(1 << 20));
            disk.delete(path);
            try (Disk.File other = disk.open(path, Disk.Mode.CREATE)) {
                other.write(0, ByteBuffer.wrap(new byte[] {1}));
            }
            Thread reader = Thread.ofPlatform().start(() -> interruptedUntilClosed(file, stop));
            while (!stop.get()) {
                reader.interrupt();
                Thread.onSpinWait();
            }
            reader.join();
            assertThatIOException().isThrownBy(() -> file.read(0, ByteBuffer.allocate(1)));
        }
    }

    private static void interruptedUntilClosed(Disk.File file, AtomicBoolean stop) {
        ByteBuffer target = ByteBuffer.allocateDirect(1 << 20);
        try {
            while (file.read(0, target.clear()) == 1 << 20) {
                Thread.onSpinWait();
            }
        } catch (IOException e) {
            stop.set(true);
        }
    }
}
