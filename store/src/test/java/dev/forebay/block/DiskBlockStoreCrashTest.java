package dev.forebay.block;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.BlockId;
import dev.forebay.base.Randomness;
import dev.forebay.base.error.Unavailable;
import dev.forebay.testkit.FaultyDisk;
import dev.forebay.testkit.Generator;
import dev.forebay.testkit.SeededTest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Stops the disk after each write of a short history, crashes it, and looks at what is left. */
class DiskBlockStoreCrashTest {
    private static final Path DIRECTORY = Path.of("/data/blocks");
    private static final int BLOCKS = 4;
    private static final int LENGTH = 70_000;

    private final FaultyDisk disk = new FaultyDisk();
    private final Map<BlockId, byte[]> contents = new HashMap<>();
    // what was promised when the power went
    private final Map<BlockId, Integer> synced = new HashMap<>();
    private final Set<BlockId> sealed = new HashSet<>();
    private final Set<BlockId> deleted = new HashSet<>();

    @SeededTest
    void whatWasPromisedIsThereWhereverTheDiskStops(long seed) throws IOException {
        history(seed);
        long count = disk.operations();
        assertThat(count).isGreaterThan(20);
        for (long stop = 0; stop < count; stop++) {
            new DiskBlockStoreCrashTest().stopAndCheck(seed, stop, false);
        }
    }

    @SeededTest
    void recoveryCanBeCutShortAnywhere(long seed) throws IOException {
        long count = new Generator(seed).between(10, 50);
        new DiskBlockStoreCrashTest().stopAndCheck(seed, count, true);
    }

    private void stopAndCheck(long seed, long stop, boolean crashRecovery) throws IOException {
        Randomness randomness = Randomness.seeded(seed * 1000 + stop);
        disk.stopAfter(stop);
        try {
            history(seed);
        } catch (Unavailable _) {
            // the disk has stopped
        }
        disk.crash(randomness);
        for (int crashes = 0; crashRecovery && crashes < 20; crashes++) {
            disk.stopAfter(crashes);
            try {
                check();
            } catch (Unavailable _) {
                // the disk has stopped again
            }
            disk.crash(randomness);
        }
        check();
        if (crashRecovery) {
            check(); // a second start finds what the first one recovered
        }
    }

    /** Writes some blocks in turns, with syncs between, seals most, and deletes some. */
    private void history(long seed) {
        Generator generator = new Generator(seed);
        DiskBlockStore store = DiskBlockStore.open(disk, DIRECTORY);
        for (int i = 1; i <= BLOCKS; i++) {
            // two in one folder, two in another
            BlockId id = new BlockId(i * 128L);
            contents.put(id, generator.bytes(LENGTH));
            write(store, id, generator);
            if (i == 3) {
                deleted.add(new BlockId(128));
                store.delete(new BlockId(128));
            }
        }
        store.close();
    }

    private void write(DiskBlockStore store, BlockId id, Generator generator) {
        try (BlockWriter writer = store.create(id)) {
            int first = generator.between(1, LENGTH - 1);
            append(writer, 0, first);
            if (generator.chance(60)) {
                writer.sync();
                synced.put(id, first);
            }
            append(writer, first, LENGTH);
            if (generator.chance(30)) {
                writer.sync();
                synced.put(id, LENGTH);
            }
            if (generator.chance(80)) {
                writer.seal();
                synced.put(id, LENGTH);
                sealed.add(id);
            }
        }
    }

    private void append(BlockWriter writer, int from, int to) {
        writer.append(ByteBuffer.wrap(contents.get(writer.id()), from, to - from));
    }

    private void check() {
        try (DiskBlockStore store = DiskBlockStore.open(disk, DIRECTORY)) {
            store.list(status -> checkNothingWrong(store, status));
            for (BlockId id : contents.keySet()) {
                if (!deleted.contains(id)) {
                    checkPromise(store, id);
                }
            }
        }
    }

    /** A block that says it is sealed has the right bytes, whatever was promised. */
    private void checkNothingWrong(DiskBlockStore store, BlockStore.BlockStatus status) {
        if (status.sealed()) {
            byte[] bytes = BlockStoreContract.bytes(store, status.id());
            assertThat(status.length()).isEqualTo(bytes.length);
            assertThat(bytes).isEqualTo(Arrays.copyOf(contents.get(status.id()), bytes.length));
            store.verify(status.id());
        }
    }

    private void checkPromise(DiskBlockStore store, BlockId id) {
        int length = synced.getOrDefault(id, 0);
        if (length == 0) {
            return;
        }
        boolean isSealed = store.find(id).orElseThrow().sealed();
        if (sealed.contains(id)) {
            assertThat(isSealed).isTrue();
        } else {
            store.recover(id, length);
        }
        assertThat(BlockStoreContract.bytes(store, id))
                .isEqualTo(Arrays.copyOf(contents.get(id), length));
    }
}
