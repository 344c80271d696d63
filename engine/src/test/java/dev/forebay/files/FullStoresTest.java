package dev.forebay.files;

import static dev.forebay.files.EngineFixture.ROOT;
import static dev.forebay.files.EngineFixture.options;
import static dev.forebay.files.EngineFixture.path;
import static dev.forebay.files.EngineFixture.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.Clock;
import dev.forebay.base.DataSize;
import dev.forebay.base.ReadType;
import dev.forebay.base.WriteType;
import dev.forebay.base.error.InvalidState;
import dev.forebay.base.error.OutOfSpace;
import dev.forebay.block.DiskBlockStore;
import dev.forebay.meta.MemoryMetaStore;
import dev.forebay.testkit.FaultyDisk;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A full disk and a full arena: typed errors, nothing lost, and work goes on afterwards. */
// opened before each test, which the null checker does not follow
@SuppressWarnings("NullAway.Init")
class FullStoresTest {
    private static final Path BLOCKS = Path.of("/blocks");

    private final FaultyDisk disk = new FaultyDisk();
    private final MemoryMetaStore meta = new MemoryMetaStore(FileSpaces.all(), Clock.system());
    private EngineFixture files;

    @BeforeEach
    void open() {
        files = EngineFixture.over(meta, DiskBlockStore.open(disk, BLOCKS));
    }

    @AfterEach
    void close() {
        files.close();
        files.blocks.close();
    }

    private void reopen(long reserve) {
        close();
        files = EngineFixture.over(meta, DiskBlockStore.open(disk, BLOCKS, new DataSize(reserve)));
    }

    private FileWriter create(String path, WriteType type) {
        return files.engine.create(ROOT, path(path), options(type));
    }

    /** From memory and, freed, from disk. */
    private void requireContent(String path, byte[] bytes) {
        assertThat(files.read(path)).isEqualTo(bytes);
        files.engine.free(ROOT, path(path), new FileEngine.FreeOptions(false, true));
        assertThat(files.read(path, ReadType.NO_CACHE)).isEqualTo(bytes);
    }

    @Test
    void writerOnAFullDiskGoesOnWhereItStopped() {
        files.write("/kept", pattern(100_000));
        files.write("/given", pattern(200_000));
        disk.limitCapacity(420_000);
        byte[] bytes = pattern(200_000);
        ByteBuffer source = ByteBuffer.wrap(bytes);
        FileWriter writer = create("/big", WriteType.CACHE_THROUGH);
        assertThatThrownBy(() -> writer.write(source)).isInstanceOf(OutOfSpace.class);
        assertThatThrownBy(() -> writer.write(source)).isInstanceOf(OutOfSpace.class);
        assertThat(files.stat("/big").completed()).isFalse();
        assertThatThrownBy(() -> files.read("/big")).isInstanceOf(InvalidState.class);
        assertThat(files.read("/kept")).isEqualTo(pattern(100_000));
        files.delete("/given");
        writer.write(source);
        writer.close();
        requireContent("/big", bytes);
        requireContent("/kept", pattern(100_000));
    }

    @Test
    void bytesGatheredBeforeTheDiskWasFullAreNotForgotten() {
        FileWriter writer = create("/f", WriteType.ASYNC_THROUGH);
        byte[] bytes = pattern(8_000);
        writer.write(ByteBuffer.wrap(bytes, 0, 3_000));
        disk.limitCapacity(0);
        ByteBuffer rest = ByteBuffer.wrap(bytes, 3_000, 5_000);
        assertThatThrownBy(() -> writer.write(rest)).isInstanceOf(OutOfSpace.class);
        assertThat(writer.position()).isEqualTo(3_000);
        disk.limitCapacity(Long.MAX_VALUE);
        writer.write(rest);
        assertThat(writer.position()).isEqualTo(8_000);
        writer.close();
        requireContent("/f", bytes);
    }

    @Test
    void sealThatFoundNoSpaceIsTriedAgain() {
        FileWriter writer = create("/f", WriteType.CACHE_THROUGH);
        writer.write(ByteBuffer.wrap(pattern(30_000)));
        disk.limitCapacity(30_000);
        assertThatThrownBy(writer::close).isInstanceOf(OutOfSpace.class);
        assertThat(files.stat("/f").completed()).isFalse();
        disk.limitCapacity(Long.MAX_VALUE);
        writer.close();
        requireContent("/f", pattern(30_000));
    }

    @Test
    void fileWithoutItsLastBytesIsDroppedAtClose() {
        FileWriter writer = create("/f", WriteType.THROUGH);
        writer.write(ByteBuffer.wrap(pattern(10_000)));
        disk.limitCapacity(10_000);
        assertThatThrownBy(() -> writer.write(ByteBuffer.wrap(pattern(10_000))))
                .isInstanceOf(OutOfSpace.class);
        disk.limitCapacity(Long.MAX_VALUE);
        assertThatThrownBy(writer::close).isInstanceOf(OutOfSpace.class);
        writer.close();
        assertThat(files.exists("/f")).isFalse();
        List<Object> left = new ArrayList<>();
        files.blocks.list(left::add);
        assertThat(left).isEmpty();
        assertThat(files.engine.openFiles()).isZero();
    }

    @Test
    void reserveIsLeftFreeSoThatDeletingWorks() {
        files.write("/small", pattern(100));
        files.write("/large", pattern(200_000));
        disk.limitCapacity(1_200_000);
        reopen(2_000_000);
        assertThat(files.engine.usage().diskFree()).isZero();
        assertThatThrownBy(() -> files.write("/x", pattern(10))).isInstanceOf(OutOfSpace.class);
        assertThatThrownBy(() -> files.mkdir("/d")).isInstanceOf(OutOfSpace.class);
        assertThat(files.list("/")).containsExactly("/large", "/small");
        assertThat(files.read("/large")).isEqualTo(pattern(200_000));
        files.delete("/large");
        disk.limitCapacity(3_000_000);
        files.write("/x", pattern(100_000));
        requireContent("/x", pattern(100_000));
    }

    @Test
    void appendsStopBeforeTheReserve() {
        reopen(2_000_000);
        disk.limitCapacity(2_100_000);
        FileWriter writer = create("/f", WriteType.THROUGH);
        assertThatThrownBy(
                        () -> {
                            for (int i = 0; i < 10; i++) {
                                writer.write(ByteBuffer.wrap(pattern(20_000)));
                            }
                        })
                .isInstanceOf(OutOfSpace.class);
        assertThat(disk.usableSpace(BLOCKS)).isGreaterThan(1_900_000);
        writer.abort();
        assertThat(disk.usableSpace(BLOCKS)).isEqualTo(2_100_000);
    }

    @Test
    void fullMemoryRefusesWhatHasNoOtherPlaceAndNothingElse() {
        for (int i = 0; i < 7; i++) {
            files.write("/m" + i, pattern(1 << 20), options(WriteType.MUST_CACHE));
        }
        long used = files.arena.used();
        FileWriter writer = create("/refused", WriteType.MUST_CACHE);
        assertThatThrownBy(() -> writer.write(ByteBuffer.wrap(pattern(2 << 20))))
                .isInstanceOf(OutOfSpace.class);
        assertThatThrownBy(() -> writer.write(ByteBuffer.wrap(pattern(2 << 20))))
                .isInstanceOf(OutOfSpace.class);
        writer.abort();
        assertThat(files.arena.used()).isEqualTo(used);
        files.write("/through", pattern(2 << 20), options(WriteType.CACHE_THROUGH));
        requireContent("/through", pattern(2 << 20));
        for (int i = 0; i < 7; i++) {
            assertThat(files.read("/m" + i)).isEqualTo(pattern(1 << 20));
        }
        files.delete("/m0");
        files.delete("/m1");
        files.write("/again", pattern(1 << 20), options(WriteType.MUST_CACHE));
        assertThat(files.read("/again")).isEqualTo(pattern(1 << 20));
    }

    @Test
    void hundredsOfOpenWritersTakeWhatTheyHoldAndNoMore() {
        List<FileWriter> writers = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            WriteType type = i % 2 == 0 ? WriteType.MUST_CACHE : WriteType.ASYNC_THROUGH;
            FileWriter writer = create("/f" + i, type);
            writer.write(ByteBuffer.wrap(pattern(10 + i % 3 * 4_096)));
            writers.add(writer);
        }
        assertThat(files.arena.used()).isLessThan(EngineFixture.ARENA);
        writers.forEach(FileWriter::close);
        for (int i = 0; i < 600; i++) {
            assertThat(files.read("/f" + i)).isEqualTo(pattern(10 + i % 3 * 4_096));
        }
    }
}
