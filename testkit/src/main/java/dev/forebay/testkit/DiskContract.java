package dev.forebay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.Disk;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** The rules of {@link Disk}, for every implementation. */
public abstract class DiskContract {
    private Disk disk;
    private Path folder;

    /** For subclasses. */
    protected DiskContract() {}

    /** A disk to test. */
    protected abstract Disk disk();

    /** A directory of that disk that need not exist yet. */
    protected abstract Path folder();

    @BeforeEach
    void open() throws IOException {
        disk = disk();
        folder = folder();
        disk.createDirectories(folder);
    }

    private void put(String name, String text) throws IOException {
        try (Disk.File file = disk.open(folder.resolve(name), Disk.Mode.CREATE)) {
            file.write(0, bytes(text));
            file.sync();
        }
    }

    private String text(String name) throws IOException {
        try (Disk.File file = disk.open(folder.resolve(name), Disk.Mode.READ)) {
            return text(file);
        }
    }

    private static String text(Disk.File file) throws IOException {
        ByteBuffer target = ByteBuffer.allocate((int) file.length() + 1);
        int count = file.read(0, target);
        return new String(target.array(), 0, count, StandardCharsets.UTF_8);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsWhatWasWritten() throws IOException {
        put("a", "hello");
        assertThat(text("a")).isEqualTo("hello");
        assertThat(disk.length(folder.resolve("a"))).isEqualTo(5);
    }

    @Test
    void createRefusesNameThatExists() throws IOException {
        put("a", "old");
        assertThatThrownBy(() -> disk.open(folder.resolve("a"), Disk.Mode.CREATE))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(text("a")).isEqualTo("old");
    }

    @Test
    void missingFilesAreNamedAsSuch() {
        Path none = folder.resolve("none");
        assertThatThrownBy(() -> disk.open(none, Disk.Mode.READ))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> disk.open(none, Disk.Mode.WRITE))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> disk.open(none.resolve("a"), Disk.Mode.CREATE))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> disk.length(none)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> disk.rename(none, folder.resolve("b")))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> disk.syncDirectory(none)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void readOnlyFileRefusesWrites() throws IOException {
        put("a", "x");
        try (Disk.File file = disk.open(folder.resolve("a"), Disk.Mode.READ)) {
            assertThatThrownBy(() -> file.write(0, bytes("y")))
                    .isInstanceOf(NonWritableChannelException.class);
        }
    }

    @Test
    void writesBeyondTheEndLeaveZeros() throws IOException {
        put("a", "x");
        try (Disk.File file = disk.open(folder.resolve("a"), Disk.Mode.WRITE)) {
            file.write(3, bytes("y"));
            assertThat(text(file)).isEqualTo("x\0\0y");
        }
    }

    @Test
    void writesInTheMiddleReplace() throws IOException {
        put("a", "abcdef");
        try (Disk.File file = disk.open(folder.resolve("a"), Disk.Mode.WRITE)) {
            ByteBuffer source = bytes("_XY_").position(1).limit(3);
            file.write(2, source);
            assertThat(source.remaining()).isZero();
            assertThat(source.limit()).isEqualTo(3);
        }
        assertThat(text("a")).isEqualTo("abXYef");
    }

    @Test
    void readsStopAtTheEnd() throws IOException {
        put("a", "abc");
        try (Disk.File file = disk.open(folder.resolve("a"), Disk.Mode.READ)) {
            ByteBuffer target = ByteBuffer.allocate(8).position(2);
            assertThat(file.read(1, target)).isEqualTo(2);
            assertThat(target.position()).isEqualTo(4);
            assertThat(target.limit()).isEqualTo(8);
            assertThat(file.read(3, target)).isZero();
            assertThat(file.read(1L << 40, target)).isZero();
        }
    }

    @Test
    void readsFillDirectAndHeapBuffersLargerThanAnyPage() throws IOException {
        int length = (3 << 20) + 7;
        byte[] content = new Generator(1).bytes(length);
        ByteBuffer direct = ByteBuffer.allocateDirect(length);
        try (Disk.File file = disk.open(folder.resolve("a"), Disk.Mode.CREATE)) {
            file.write(0, ByteBuffer.wrap(content));
            assertThat(file.read(0, direct)).isEqualTo(length);
            assertThat(direct.flip()).isEqualTo(ByteBuffer.wrap(content));
            file.write(length, direct.duplicate());
            ByteBuffer heap = ByteBuffer.allocate(length);
            assertThat(file.read(length, heap)).isEqualTo(length);
            assertThat(heap.flip()).isEqualTo(ByteBuffer.wrap(content));
        }
    }

    @Test
    void truncateCutsAndExtendsWithZeros() throws IOException {
        put("a", "abcdef");
        try (Disk.File file = disk.open(folder.resolve("a"), Disk.Mode.WRITE)) {
            file.truncate(2);
            assertThat(text(file)).isEqualTo("ab");
            file.truncate(4);
            assertThat(text(file)).isEqualTo("ab\0\0");
            file.truncate(4);
            file.truncate(0);
            assertThat(file.length()).isZero();
        }
    }

    @Test
    void negativePositionsAreRefused() throws IOException {
        try (Disk.File file = disk.open(folder.resolve("a"), Disk.Mode.CREATE)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> file.read(-1, ByteBuffer.allocate(1)));
            assertThatIllegalArgumentException().isThrownBy(() -> file.write(-1, bytes("x")));
            assertThatIllegalArgumentException().isThrownBy(() -> file.truncate(-1));
        }
    }

    @Test
    void closedFileRefusesEverything() throws IOException {
        Disk.File file = disk.open(folder.resolve("a"), Disk.Mode.CREATE);
        file.close();
        file.close();
        assertThatIOException().isThrownBy(() -> file.read(0, ByteBuffer.allocate(1)));
        assertThatIOException().isThrownBy(() -> file.write(0, bytes("x")));
        assertThatIOException().isThrownBy(file::sync);
        assertThatIOException().isThrownBy(file::length);
        assertThatIOException().isThrownBy(() -> file.truncate(0));
    }

    @Test
    void deletedFileStaysUsableWhereOpen() throws IOException {
        put("a", "abc");
        try (Disk.File file = disk.open(folder.resolve("a"), Disk.Mode.READ)) {
            disk.delete(folder.resolve("a"));
            assertThat(disk.exists(folder.resolve("a"))).isFalse();
            assertThat(text(file)).isEqualTo("abc");
        }
        disk.delete(folder.resolve("a"));
    }

    @Test
    void renameReplacesAndKeepsOpenFilesUsable() throws IOException {
        put("a", "new");
        put("b", "old");
        try (Disk.File source = disk.open(folder.resolve("a"), Disk.Mode.READ);
                Disk.File replaced = disk.open(folder.resolve("b"), Disk.Mode.READ)) {
            disk.rename(folder.resolve("a"), folder.resolve("b"));
            assertThat(text(source)).isEqualTo("new");
            assertThat(text(replaced)).isEqualTo("old");
        }
        assertThat(text("b")).isEqualTo("new");
        assertThat(disk.list(folder)).containsExactly("b");
    }

    @Test
    void renameOntoItselfChangesNothing() throws IOException {
        put("a", "x");
        disk.rename(folder.resolve("a"), folder.resolve("a"));
        assertThat(text("a")).isEqualTo("x");
    }

    @Test
    void renameIntoMissingDirectoryChangesNothing() throws IOException {
        put("a", "x");
        assertThatThrownBy(
                        () -> disk.rename(folder.resolve("a"), folder.resolve("none").resolve("b")))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(text("a")).isEqualTo("x");
    }

    @Test
    void renameMovesBetweenDirectories() throws IOException {
        put("a", "x");
        disk.createDirectories(folder.resolve("d"));
        disk.rename(folder.resolve("a"), folder.resolve("d").resolve("b"));
        assertThat(disk.list(folder)).containsExactly("d");
        assertThat(disk.list(folder.resolve("d"))).containsExactly("b");
    }

    @Test
    void listGivesFilesAndDirectoriesOfOneLevel() throws IOException {
        put("a", "x");
        disk.createDirectories(folder.resolve("d").resolve("e"));
        assertThat(disk.list(folder)).containsExactlyInAnyOrder("a", "d");
        assertThat(disk.list(folder.resolve("none"))).isEmpty();
        assertThatThrownBy(() -> disk.list(folder.resolve("a")))
                .isInstanceOf(NotDirectoryException.class);
    }

    @Test
    void directoriesAreMadeOnceAndDeletedWhenEmpty() throws IOException {
        Path directory = folder.resolve("d");
        disk.createDirectories(directory);
        disk.createDirectories(directory);
        assertThat(disk.exists(directory)).isTrue();
        disk.syncDirectory(directory);
        put("d/a", "x");
        assertThatThrownBy(() -> disk.delete(directory))
                .isInstanceOf(DirectoryNotEmptyException.class);
        disk.delete(directory.resolve("a"));
        disk.delete(directory);
        assertThat(disk.exists(directory)).isFalse();
    }

    @Test
    void fileWhereDirectoryIsNeededIsNamedAsSuch() throws IOException {
        put("a", "x");
        assertThatThrownBy(() -> disk.createDirectories(folder.resolve("a")))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(text("a")).isEqualTo("x");
    }

    @Test
    void existsTellsFilesAndDirectoriesFromNothing() throws IOException {
        put("a", "x");
        assertThat(disk.exists(folder)).isTrue();
        assertThat(disk.exists(folder.resolve("a"))).isTrue();
        assertThat(disk.exists(folder.resolve("b"))).isFalse();
        assertThat(disk.exists(folder.resolve("a").resolve("b"))).isFalse();
    }

    @Test
    void usableSpaceIsPositive() throws IOException {
        assertThat(disk.usableSpace(folder)).isPositive();
    }
}
