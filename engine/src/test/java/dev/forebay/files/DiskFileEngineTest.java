package dev.forebay.files;

import static dev.forebay.files.EngineFixture.ROOT;
import static dev.forebay.files.EngineFixture.options;
import static dev.forebay.files.EngineFixture.path;
import static dev.forebay.files.EngineFixture.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.Clock;
import dev.forebay.base.LocalDisk;
import dev.forebay.base.PersistenceState;
import dev.forebay.base.WriteType;
import dev.forebay.base.error.Corrupt;
import dev.forebay.base.error.Lost;
import dev.forebay.block.DiskBlockStore;
import dev.forebay.meta.RocksMetaStore;
import dev.forebay.meta.RocksSettings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The engine over its stores on disk, and what a restart keeps. */
// opened by the contract before each test, which the null checker does not follow
@SuppressWarnings("NullAway.Init")
class DiskFileEngineTest extends FileEngineContract {
    @TempDir private Path folder;
    private RocksMetaStore meta;
    private DiskBlockStore blocks;
    private EngineFixture files;

    @Override
    EngineFixture open() {
        meta =
                RocksMetaStore.open(
                        folder.resolve("meta"),
                        FileSpaces.all(),
                        RocksSettings.standard(),
                        Clock.system());
        blocks = DiskBlockStore.open(new LocalDisk(), folder.resolve("blocks"));
        files = EngineFixture.over(meta, blocks);
        return files;
    }

    @AfterEach
    void closeStores() {
        files.close();
        blocks.close();
        meta.close();
    }

    private void restart() {
        closeStores();
        open();
    }

    @Test
    void restartKeepsFilesAndSaysWhatIsLost() {
        files.write("/small", pattern(100));
        files.write("/large", pattern(300_000));
        files.write("/memory", pattern(300_000), options(WriteType.MUST_CACHE));
        FileWriter writer = files.engine.create(ROOT, path("/incomplete"), CreateOptions.DEFAULT);
        writer.write(ByteBuffer.wrap(pattern(100_000)));
        restart();
        assertThat(files.read("/small")).isEqualTo(pattern(100));
        assertThat(files.read("/large")).isEqualTo(pattern(300_000));
        assertThat(files.stat("/memory").persistence()).isEqualTo(PersistenceState.LOST);
        assertThatThrownBy(() -> files.read("/memory")).isInstanceOf(Lost.class);
        assertThat(files.stat("/incomplete").completed()).isFalse();
        files.delete("/memory");
        assertThat(files.list("/")).containsExactly("/incomplete", "/large", "/small");
    }

    @Test
    void idsAreNotGivenTwice() {
        files.write("/a", pattern(100_000));
        restart();
        files.write("/b", pattern(100_000));
        assertThat(files.stat("/a").id()).isNotEqualTo(files.stat("/b").id());
        assertThat(files.read("/a")).isEqualTo(pattern(100_000));
    }

    @Test
    void damagedBlockIsReportedAndNeverServed() throws IOException {
        files.write("/f", pattern(100_000), options(WriteType.THROUGH));
        closeStores();
        List<Path> stored;
        try (var tree = Files.walk(folder.resolve("blocks"))) {
            stored = tree.filter(Files::isRegularFile).toList();
        }
        for (Path file : stored) {
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length > 30_000) {
                bytes[20_000] ^= 1;
                Files.write(file, bytes);
            }
        }
        open();
        assertThatThrownBy(() -> files.read("/f")).isInstanceOf(Corrupt.class);
    }
}
