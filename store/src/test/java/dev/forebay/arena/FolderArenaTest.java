package dev.forebay.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.error.Invalid;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

class FolderArenaTest extends ArenaContract {
    @TempDir Path folder;

    @Override
    Arena open(ArenaOptions options) {
        return SharedArena.open(options.in(folder));
    }

    @Test
    void fileHasNoName() {
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void folderThatIsNotThereIsRefused() {
        ArenaOptions options = ArenaOptions.of(CAPACITY).in(folder.resolve("missing"));
        assertThatThrownBy(() -> SharedArena.open(options)).isInstanceOf(Invalid.class);
    }
}
