package dev.forebay.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.BlockId;
import dev.forebay.base.Disk;
import dev.forebay.base.Randomness;
import dev.forebay.base.error.Corrupt;
import dev.forebay.base.error.InvalidState;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.OutOfSpace;
import dev.forebay.base.error.Unavailable;
import dev.forebay.base.error.Unsupported;
import dev.forebay.testkit.FaultyDisk;
import dev.forebay.testkit.Generator;
import dev.forebay.testkit.SeededTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** What damage, a full disk and a failing disk do to a {@link DiskBlockStore}. */
class DiskBlockStoreFaultTest {
    private static final Path DIRECTORY = Path.of("/data/blocks");
    private static final BlockId ID = new BlockId(7);
    private static final Path FILE = DIRECTORY.resolve("00").resolve("7.block");
    private static final Path OPEN_FILE = DIRECTORY.resolve("00").resolve("7.open");
    private static final int LENGTH = 150_000;
    private static final int TABLE_LENGTH = 3 * 4;
    private static final int FILE_LENGTH = LENGTH + TABLE_LENGTH + 40;
    private static final byte[] CONTENT = BlockStoreContract.content(1, LENGTH);

    private final FaultyDisk disk = new FaultyDisk();
    private DiskBlockStore store = DiskBlockStore.open(disk, DIRECTORY);

    private void sealed() throws IOException {
        BlockStoreContract.seal(store, ID, CONTENT);
        assertThat(disk.length(FILE)).isEqualTo(FILE_LENGTH);
    }

    private void reopen() {
        store.close();
        store = DiskBlockStore.open(disk, DIRECTORY);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0,
                65_535,
                65_536,
                149_999,
                LENGTH,
                LENGTH + TABLE_LENGTH - 1,
                LENGTH + TABLE_LENGTH,
                LENGTH + TABLE_LENGTH + 8,
                LENGTH + TABLE_LENGTH + 12,
                LENGTH + TABLE_LENGTH + 16,
                LENGTH + TABLE_LENGTH + 24,
                LENGTH + TABLE_LENGTH + 32,
                FILE_LENGTH - 1
            })
    void flippedBitIsCorruptNamingTheBlock(int offset) throws IOException {
        sealed();
        disk.flipBit(FILE, offset * 8L + 3);
        assertCorrupt();
        assertThat(store.find(ID)).contains(new BlockStore.BlockStatus(ID, LENGTH, true));
    }

    @SeededTest
    void anyFlippedBitIsCorrupt(long seed) throws IOException {
        sealed();
        disk.flipBit(FILE, new Generator(seed).between(0, FILE_LENGTH * 8 - 1));
        assertCorrupt();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0,
                1,
                39,
                40,
                41,
                44,
                45,
                65_536,
                LENGTH - 1,
                LENGTH,
                LENGTH + TABLE_LENGTH,
                FILE_LENGTH - 40,
                FILE_LENGTH - 1
            })
    void cutFileIsCorrupt(int length) throws IOException {
        sealed();
        disk.cut(FILE, length);
        assertCorrupt();
        assertThat(store.find(ID)).isPresent();
    }

    @Test
    void longerFileIsCorrupt() throws IOException {
        sealed();
        disk.cut(FILE, FILE_LENGTH + 1);
        assertCorrupt();
    }

    private void assertCorrupt() {
        reopen();
        assertThatThrownBy(() -> BlockStoreContract.bytes(store, ID))
                .isInstanceOfSatisfying(Corrupt.class, DiskBlockStoreFaultTest::namesBlock);
        assertThatThrownBy(() -> store.verify(ID)).isInstanceOf(Corrupt.class);
    }

    private static void namesBlock(Corrupt error) {
        assertThat(error.subject()).isEqualTo("7");
    }

    @Test
    void damageIsFoundOnlyWhereItIsAndLeavesTheTargetAlone() throws IOException {
        sealed();
        disk.flipBit(FILE, 70_000 * 8L);
        try (BlockReader reader = store.open(ID)) {
            ByteBuffer target = ByteBuffer.allocate(LENGTH).position(3);
            assertThatThrownBy(() -> reader.read(0, target)).isInstanceOf(Corrupt.class);
            assertThat(target.position()).isEqualTo(3);
            ByteBuffer part = ByteBuffer.allocate(10);
            assertThatThrownBy(() -> reader.read(131_000, part)).isInstanceOf(Corrupt.class);
            assertThat(reader.read(65_526, part)).isEqualTo(10);
            assertThat(part.array()).isEqualTo(Arrays.copyOfRange(CONTENT, 65_526, 65_536));
            assertThat(reader.read(131_072, part.clear())).isEqualTo(10);
        }
    }

    @Test
    void verifyFindsDamageBehindVerifiedChunks() throws IOException {
        sealed();
        try (BlockReader reader = store.open(ID)) {
            assertThat(BlockStoreContract.bytes(reader)).isEqualTo(CONTENT);
            disk.flipBit(FILE, 8);
            assertThatThrownBy(() -> store.verify(ID)).isInstanceOf(Corrupt.class);
        }
    }

    @Test
    void fileOfAnotherBlockIsCorrupt() throws IOException {
        sealed();
        disk.rename(FILE, FILE.resolveSibling("8.block"));
        reopen();
        assertThatThrownBy(() -> store.open(new BlockId(8)))
                .isInstanceOf(Corrupt.class)
                .hasMessageContaining("another block");
        assertThatThrownBy(() -> store.open(ID)).isInstanceOf(NotFound.class);
    }

    @Test
    void laterVersionIsUnsupported() throws IOException {
        sealed();
        try (Disk.File file = disk.open(FILE, Disk.Mode.WRITE)) {
            ByteBuffer trailer = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
            file.read(FILE_LENGTH - 40, trailer);
            CRC32C checksum = new CRC32C();
            checksum.update(trailer.putInt(8, 2).array(), 0, 36);
            file.write(FILE_LENGTH - 40, trailer.putInt(36, (int) checksum.getValue()).rewind());
        }
        reopen();
        assertThatThrownBy(() -> store.open(ID)).isInstanceOf(Unsupported.class);
    }

    @Test
    void unsealedBlockIsNeverReadAsSealed() throws IOException {
        // all of a footer is there, but the name was not given
        sealed();
        disk.rename(FILE, OPEN_FILE);
        reopen();
        assertThatThrownBy(() -> store.open(ID)).isInstanceOf(InvalidState.class);
        store.recover(ID, 100);
        assertThat(BlockStoreContract.bytes(store, ID)).isEqualTo(Arrays.copyOf(CONTENT, 100));
    }

    @Test
    void damagedSealedBlockIsNotCutSilently() throws IOException {
        sealed();
        disk.flipBit(FILE, 8);
        reopen();
        assertThatThrownBy(() -> store.recover(ID, 100_000)).isInstanceOf(Corrupt.class);
        assertThat(store.find(ID)).contains(new BlockStore.BlockStatus(ID, LENGTH, true));
    }

    @SeededTest
    void cuttingSealedBlockIsNeverSeenHalfDone(long seed) throws IOException {
        for (int stop = 0; stop < 8; stop++) {
            FaultyDisk faulty = new FaultyDisk();
            DiskBlockStore before = DiskBlockStore.open(faulty, DIRECTORY);
            BlockStoreContract.seal(before, ID, CONTENT);
            faulty.stopAfter(stop);
            try {
                before.recover(ID, 100_000);
            } catch (Unavailable _) {
                // the disk has stopped
            }
            faulty.crash(Randomness.seeded(seed));
            DiskBlockStore after = DiskBlockStore.open(faulty, DIRECTORY);
            if (after.find(ID).orElseThrow().sealed()) {
                after.verify(ID);
            }
            after.recover(ID, 100_000);
            assertThat(BlockStoreContract.bytes(after, ID))
                    .isEqualTo(Arrays.copyOf(CONTENT, 100_000));
        }
    }

    @Test
    void fullDiskInAppendKeepsTheBlock() throws IOException {
        try (BlockWriter writer = store.create(ID)) {
            writer.append(ByteBuffer.wrap(CONTENT, 0, 1000));
            disk.limitCapacity(70_000);
            ByteBuffer rest = ByteBuffer.wrap(CONTENT, 1000, LENGTH - 1000);
            assertThatThrownBy(() -> writer.append(rest)).isInstanceOf(OutOfSpace.class);
            assertThat(rest.position()).isEqualTo(1000);
            assertThat(writer.length()).isEqualTo(1000);
            assertThat(disk.length(OPEN_FILE)).as("gave back what fitted").isEqualTo(1000);
            assertThat(BlockStoreContract.bytes(writer.reader())).hasSize(1000);
            writer.append(ByteBuffer.wrap(CONTENT, 1000, 1000));
            disk.limitCapacity(1 << 30);
            writer.append(ByteBuffer.wrap(CONTENT, 2000, LENGTH - 2000));
            writer.seal();
        }
        assertThat(BlockStoreContract.bytes(store, ID)).isEqualTo(CONTENT);
    }

    @Test
    void fullDiskInSealLeavesTheBlockToBeSealedLater() throws IOException {
        try (BlockWriter writer = store.create(ID)) {
            writer.append(ByteBuffer.wrap(CONTENT, 0, 100_000));
            disk.limitCapacity(100_030);
            assertThatThrownBy(writer::seal).isInstanceOf(OutOfSpace.class);
            assertThat(store.find(ID)).contains(new BlockStore.BlockStatus(ID, 100_000, false));
            assertThat(BlockStoreContract.bytes(writer.reader())).hasSize(100_000);
            disk.limitCapacity(1 << 30);
            writer.append(ByteBuffer.wrap(CONTENT, 100_000, LENGTH - 100_000));
            writer.seal();
        }
        reopen();
        assertThat(BlockStoreContract.bytes(store, ID)).isEqualTo(CONTENT);
        assertThat(disk.length(FILE)).isEqualTo(FILE_LENGTH);
    }

    @Test
    void fullDiskInRecoveryLeavesTheBlockToBeRecoveredLater() throws IOException {
        try (BlockWriter writer = store.create(ID)) {
            writer.append(ByteBuffer.wrap(CONTENT));
            writer.sync();
        }
        disk.limitCapacity(LENGTH);
        assertThatThrownBy(() -> store.recover(ID, LENGTH)).isInstanceOf(OutOfSpace.class);
        disk.limitCapacity(1 << 30);
        store.recover(ID, LENGTH);
        assertThat(BlockStoreContract.bytes(store, ID)).isEqualTo(CONTENT);
    }

    @Test
    void failedSyncEndsTheWriterAndKeepsWhatWasSynced() throws IOException {
        try (BlockWriter writer = store.create(ID)) {
            writer.append(ByteBuffer.wrap(CONTENT, 0, 1000));
            writer.sync();
            writer.append(ByteBuffer.wrap(CONTENT, 1000, 1000));
            disk.failSyncs(true);
            assertThatThrownBy(writer::seal).isInstanceOf(Unavailable.class);
            disk.failSyncs(false);
            assertThatThrownBy(writer::seal).isInstanceOf(InvalidState.class);
            assertThatThrownBy(writer::sync).isInstanceOf(InvalidState.class);
            assertThatThrownBy(() -> writer.append(ByteBuffer.allocate(1)))
                    .isInstanceOf(InvalidState.class);
        }
        store.recover(ID, 1000);
        disk.crashKeepingOnlySynced();
        reopen();
        assertThat(BlockStoreContract.bytes(store, ID)).isEqualTo(Arrays.copyOf(CONTENT, 1000));
    }

    @Test
    void failedReadIsUnavailable() throws IOException {
        sealed();
        try (BlockReader reader = store.open(ID)) {
            disk.failReads(true);
            assertThatThrownBy(() -> BlockStoreContract.bytes(reader))
                    .isInstanceOf(Unavailable.class);
            disk.failReads(false);
            assertThat(BlockStoreContract.bytes(reader)).isEqualTo(CONTENT);
        }
    }

    @Test
    void sealedBlockCostsTwoSyncs() {
        long before = disk.operations();
        sealedWith(store.create(ID));
        // folder made, file made, two appends, footer, file synced, renamed, folder synced
        assertThat(disk.operations() - before).isEqualTo(8);
    }

    private static void sealedWith(BlockWriter writer) {
        try (writer) {
            writer.append(ByteBuffer.wrap(CONTENT, 0, 10));
            writer.append(ByteBuffer.wrap(CONTENT, 10, 10));
            writer.seal();
        }
    }

    @Test
    void strangeFilesAreLeftAlone() throws IOException {
        sealed();
        disk.open(FILE.resolveSibling("notes.txt"), Disk.Mode.CREATE).close();
        disk.open(FILE.resolveSibling("99999999999999999999.block"), Disk.Mode.CREATE).close();
        disk.open(FILE.resolveSibling("9999999999999999999.block"), Disk.Mode.CREATE).close();
        store.list(status -> assertThat(status.id()).isEqualTo(ID));
        assertThat(disk.exists(FILE.resolveSibling("notes.txt"))).isTrue();
    }
}
