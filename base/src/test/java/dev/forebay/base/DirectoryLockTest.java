package dev.forebay.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.error.Internal;
import dev.forebay.base.error.InvalidState;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

// the folder is made before each test, which the null checker does not follow
@SuppressWarnings("NullAway.Init")
class DirectoryLockTest {
    @TempDir private Path folder;

    @Test
    void oneAtATimeAndTheFolderIsMadeForItsOwner() throws IOException {
        Path data = folder.resolve("a/b");
        DirectoryLock lock = DirectoryLock.acquire(data);
        assertThat(data).isDirectory();
        assertThat(Files.getPosixFilePermissions(data))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThatThrownBy(() -> DirectoryLock.acquire(data))
                .isInstanceOf(InvalidState.class)
                .hasMessageContaining(data.toString());
        lock.close();
        DirectoryLock.acquire(data).close();
    }

    @Test
    void folderThatCannotBeMadeIsAnError() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> DirectoryLock.acquire(file)).isInstanceOf(Internal.class);
    }
}
