package dev.forebay.files;

import static dev.forebay.files.EngineFixture.ROOT;
import static dev.forebay.files.EngineFixture.eventually;
import static dev.forebay.files.EngineFixture.options;
import static dev.forebay.files.EngineFixture.path;
import static dev.forebay.files.EngineFixture.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.Clock;
import dev.forebay.base.Randomness;
import dev.forebay.base.WriteType;
import dev.forebay.base.error.ForebayException;
import dev.forebay.block.BlockStore;
import dev.forebay.block.DiskBlockStore;
import dev.forebay.meta.MemoryMetaStore;
import dev.forebay.testkit.FaultyDisk;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Stops the disk below the blocks after write n of a short history, for every n, and looks at what
 * is there after the power came back. Names are durable with each transaction, as they are on disk.
 */
class EngineCrashTest {
    private static final Path BLOCKS = Path.of("/blocks");
    private static final int OPERATIONS_MAX = 500;

    /** One life of a disk: what was acknowledged, and which paths the last call was about. */
    private static final class Life {
        final FaultyDisk disk = new FaultyDisk();
        final MemoryMetaStore meta = new MemoryMetaStore(FileSpaces.all(), Clock.system());
        final Map<String, byte[]> acknowledged = new TreeMap<>();
        final Set<String> doubtful = new HashSet<>();

        private void put(EngineFixture files, String path, int length) {
            doubtful.add(path);
            files.write(path, pattern(length), options(WriteType.CACHE_THROUGH));
            acknowledged.put(path, pattern(length));
            doubtful.clear();
        }

        private void delete(EngineFixture files, String path) {
            doubtful.add(path);
            files.delete(path);
            acknowledged.remove(path);
            doubtful.clear();
        }

        private void rename(EngineFixture files, String source, String target) {
            doubtful.addAll(Set.of(source, target));
            files.rename(source, target);
            byte[] bytes = acknowledged.remove(source);
            if (bytes != null) {
                acknowledged.put(target, bytes);
            }
            doubtful.clear();
        }

        private void append(EngineFixture files, String path, int length) {
            byte[] before = acknowledged.getOrDefault(path, new byte[0]);
            byte[] now = pattern(before.length + length);
            try (LeasedWriter writer = files.engine.append(ROOT, path(path), "me")) {
                int half = before.length + length / 2;
                writer.write(ByteBuffer.wrap(now, before.length, length / 2));
                writer.sync();
                acknowledged.put(path, Arrays.copyOf(now, half));
                writer.write(ByteBuffer.wrap(now, half, now.length - half));
            }
            acknowledged.put(path, now);
        }

        /** A new file that is synced while it is small, and again when it no longer is. */
        private void grow(EngineFixture files, String path, int length) {
            byte[] all = pattern(length);
            doubtful.add(path);
            CreateOptions options = options(WriteType.CACHE_THROUGH);
            try (LeasedWriter writer = files.engine.create(ROOT, path(path), options, "me")) {
                int written = 0;
                for (int end : List.of(100, length - 100)) {
                    writer.write(ByteBuffer.wrap(all, written, end - written));
                    writer.sync();
                    acknowledged.put(path, Arrays.copyOf(all, end));
                    doubtful.clear();
                    written = end;
                }
                writer.write(ByteBuffer.wrap(all, written, length - written));
            }
            acknowledged.put(path, all);
        }

        private void truncate(EngineFixture files, String path, int length) {
            doubtful.add(path);
            files.engine.truncate(ROOT, path(path), length);
            acknowledged.put(path, pattern(length));
            doubtful.clear();
        }

        private void replace(EngineFixture files, String source, String target) {
            doubtful.addAll(Set.of(source, target));
            files.engine.replace(ROOT, path(source), path(target));
            acknowledged.put(target, acknowledged.getOrDefault(source, new byte[0]));
            acknowledged.remove(source);
            doubtful.clear();
        }

        /** A file whose own pattern goes on with the second one is put together. */
        private void concat(EngineFixture files, String target, int length) {
            byte[] before = acknowledged.getOrDefault(target, new byte[0]);
            byte[] all = pattern(before.length + length);
            String tail = target + ".tail";
            doubtful.addAll(Set.of(target, tail));
            files.write(
                    tail,
                    Arrays.copyOfRange(all, before.length, all.length),
                    options(WriteType.CACHE_THROUGH));
            files.engine.concat(ROOT, path(target), List.of(path(tail)));
            acknowledged.put(target, all);
            doubtful.clear();
        }

        /** Returns whether all of it was done. */
        boolean liveUnderLeases(long operationsMax) {
            BlockStore blocks = DiskBlockStore.open(disk, BLOCKS);
            try (EngineFixture files = EngineFixture.over(meta, blocks)) {
                files.countQuota("/");
                disk.stopAfter(operationsMax);
                put(files, "/a", 100);
                files.policy("/a", StoragePolicy.ONE_SSD);
                append(files, "/a", 2_000);
                append(files, "/a", 90_000);
                put(files, "/b", 70_000);
                append(files, "/b", 200_000);
                files.policy("/", StoragePolicy.ALL_SSD);
                truncate(files, "/b", 120_000);
                concat(files, "/b", 30_000);
                append(files, "/b", 10);
                replace(files, "/a", "/b");
                truncate(files, "/b", 50);
                append(files, "/b", 100_000);
                grow(files, "/c", 150_000);
                return true;
            } catch (ForebayException e) {
                assertThat(e).hasMessageNotContaining("Internal");
                return false;
            }
        }

        void checkUnderLeases() {
            BlockStore blocks = DiskBlockStore.open(disk, BLOCKS);
            assertThat(findings(blocks))
                    .as("what a crash leaves is no damage")
                    .noneMatch(each -> each.severity() == NamespaceCheck.Severity.DAMAGE);
            try (EngineFixture files = EngineFixture.over(meta, blocks)) {
                for (Map.Entry<String, byte[]> each : acknowledged.entrySet()) {
                    String path = each.getKey();
                    if (!doubtful.contains(path)) {
                        files.engine.recoverLease(ROOT, path(path));
                        byte[] bytes = files.read(path);
                        assertThat(bytes).startsWith(each.getValue());
                        assertThat(bytes).isEqualTo(pattern(bytes.length));
                    }
                }
                for (String path : doubtful) {
                    // a first write that did not end has nothing to show
                    boolean begun = files.exists(path) && files.stat(path).length() > 0;
                    if (begun && !path.endsWith(".tail")) {
                        byte[] bytes = files.read(path);
                        assertThat(bytes).isEqualTo(pattern(bytes.length));
                        assertThat(bytes).hasSizeGreaterThanOrEqualTo(50);
                    }
                }
                assertThat(eventually(() -> findings(files.blocks).isEmpty()))
                        .as("nothing damaged, nothing left over: %s", findings(blocks))
                        .isTrue();
            }
        }

        /** Returns whether all of it was done. */
        boolean live(long operationsMax) {
            BlockStore blocks = DiskBlockStore.open(disk, BLOCKS);
            try (EngineFixture files = EngineFixture.over(meta, blocks)) {
                files.countQuota("/");
                disk.stopAfter(operationsMax);
                put(files, "/small", 100);
                put(files, "/large", 150_000);
                put(files, "/d/two", 70_000);
                delete(files, "/d/two");
                files.policy("/d", StoragePolicy.WARM);
                rename(files, "/large", "/d/moved");
                put(files, "/large", 5_000);
                delete(files, "/small");
                put(files, "/small", 65_536);
                return true;
            } catch (ForebayException e) {
                assertThat(e).hasMessageNotContaining("Internal");
                return false;
            }
        }

        void check() {
            BlockStore blocks = DiskBlockStore.open(disk, BLOCKS);
            try (EngineFixture files = EngineFixture.over(meta, blocks)) {
                for (Map.Entry<String, byte[]> each : acknowledged.entrySet()) {
                    if (!doubtful.contains(each.getKey())) {
                        assertThat(files.read(each.getKey())).isEqualTo(each.getValue());
                    }
                }
                for (String path : doubtful) {
                    checkDoubtful(files, path);
                }
                assertThat(eventually(() -> findings(files.blocks).isEmpty()))
                        .as("nothing damaged, nothing left over: %s", findings(blocks))
                        .isTrue();
            }
        }

        /** A call that did not return has happened, or not; it never leaves other bytes. */
        private void checkDoubtful(EngineFixture files, String path) {
            if (files.exists(path) && files.stat(path).completed()) {
                byte[] bytes = files.read(path);
                assertThat(bytes).isEqualTo(pattern(bytes.length));
                assertThat(bytes.length).isIn(100, 5_000, 65_536, 70_000, 150_000);
            }
        }

        private List<NamespaceCheck.Finding> findings(BlockStore blocks) {
            return EngineFixture.findings(meta, blocks);
        }
    }

    private static boolean liveCrashAndCheck(long operations, long seed) throws IOException {
        Life life = new Life();
        boolean done = life.live(operations);
        life.disk.crash(Randomness.seeded(seed));
        life.check();
        return done;
    }

    @Test
    void everyStopLeavesWhatWasAcknowledgedAndNothingHalf() throws IOException {
        int operations = 0;
        while (!liveCrashAndCheck(operations, operations)) {
            operations++;
            assertThat(operations).isLessThan(OPERATIONS_MAX);
        }
        assertThat(operations).isGreaterThan(20);
    }

    @Test
    void everyStopLeavesWhatWasSyncedUnderLeases() throws IOException {
        int operations = 0;
        boolean done = false;
        while (!done) {
            Life life = new Life();
            done = life.liveUnderLeases(operations);
            life.disk.crash(Randomness.seeded(operations));
            life.checkUnderLeases();
            operations++;
            assertThat(operations).isLessThan(OPERATIONS_MAX);
        }
        assertThat(operations).isGreaterThan(50);
    }

    @Tag("slow")
    @Test
    void everyStopWithTenOutcomesOfTheCrash() throws IOException {
        for (int seed = 0; seed < 10; seed++) {
            int operations = 0;
            while (!liveCrashAndCheck(operations, seed)) {
                operations++;
            }
        }
    }
}
