package dev.forebay.files;

import static dev.forebay.files.EngineFixture.ROOT;
import static dev.forebay.files.EngineFixture.eventually;
import static dev.forebay.files.EngineFixture.path;
import static dev.forebay.files.EngineFixture.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.Clock;
import dev.forebay.base.Name;
import dev.forebay.base.Randomness;
import dev.forebay.base.WriteType;
import dev.forebay.base.error.ForebayException;
import dev.forebay.block.BlockStore;
import dev.forebay.block.DiskBlockStore;
import dev.forebay.meta.MemoryMetaStore;
import dev.forebay.testkit.FaultyDisk;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Stops the disk below the blocks after write n of a short history with snapshots, for every n:
 * after the power came back each snapshot shows what it showed, and all room is given up with them.
 */
class SnapshotCrashTest {
    private static final Path BLOCKS = Path.of("/blocks");
    private static final int OPERATIONS_MAX = 500;

    private static final class Life {
        final FaultyDisk disk = new FaultyDisk();
        final MemoryMetaStore meta = new MemoryMetaStore(FileSpaces.all(), Clock.system());

        /** Lengths of the files that each snapshot shows, all of the same pattern. */
        final Map<String, Map<String, Integer>> taken = new TreeMap<>();

        /** What is there now. */
        private final Map<String, Integer> lengths = new TreeMap<>();

        private void write(EngineFixture files, String path, int length) {
            files.write("/d/" + path, pattern(length));
            lengths.put(path, length);
        }

        private void append(EngineFixture files, String path, int length) {
            int before = lengths.getOrDefault(path, 0);
            try (LeasedWriter writer = files.engine.append(ROOT, path("/d/" + path), "me")) {
                writer.write(ByteBuffer.wrap(pattern(before + length), before, length));
            }
            lengths.put(path, before + length);
        }

        private void delete(EngineFixture files, String path) {
            files.delete("/d/" + path);
            lengths.remove(path);
        }

        private void take(EngineFixture files, String name) {
            files.engine.snapshots().create(ROOT, path("/d"), Optional.of(Name.of(name)));
            taken.put(name, new TreeMap<>(lengths));
        }

        private void remove(EngineFixture files, String name) {
            files.engine.snapshots().delete(ROOT, path("/d"), Name.of(name));
            taken.remove(name);
        }

        /** Returns whether all of it was done. */
        boolean live(long operationsMax) {
            BlockStore blocks = DiskBlockStore.open(disk, BLOCKS);
            try (EngineFixture files = EngineFixture.over(meta, blocks)) {
                files.mkdir("/d");
                files.engine.snapshots().allow(ROOT, path("/d"));
                disk.stopAfter(operationsMax);
                write(files, "small", 100);
                write(files, "large", 150_000);
                CreateOptions options = EngineFixture.options(WriteType.ASYNC_THROUGH);
                try (LeasedWriter writer =
                        files.engine.create(ROOT, path("/d/open"), options, "writes")) {
                    writer.write(ByteBuffer.wrap(pattern(90_000)));
                    writer.sync();
                    lengths.put("open", 90_000);
                    take(files, "s1");
                    writer.write(ByteBuffer.wrap(pattern(200_000), 90_000, 110_000));
                    writer.sync();
                    lengths.put("open", 200_000);
                    take(files, "s2");
                    delete(files, "open");
                }
                append(files, "small", 70_000);
                files.engine.truncate(ROOT, path("/d/large"), 40_000);
                lengths.put("large", 40_000);
                take(files, "s3");
                delete(files, "small");
                remove(files, "s2");
                files.rename("/d/large", "/outside");
                lengths.remove("large");
                write(files, "last", 70_000);
                return true;
            } catch (ForebayException e) {
                assertThat(e).hasMessageNotContaining("Internal");
                return false;
            }
        }

        void check() {
            BlockStore blocks = DiskBlockStore.open(disk, BLOCKS);
            assertThat(findings(blocks))
                    .as("what a crash leaves is no damage")
                    .noneMatch(each -> each.severity() == NamespaceCheck.Severity.DAMAGE);
            try (EngineFixture files = EngineFixture.over(meta, blocks)) {
                taken.forEach((name, shown) -> compare(files, name, shown));
                Set<String> all = new HashSet<>(taken.keySet());
                for (Snapshots.Snapshot snapshot :
                        files.engine.snapshots().list(ROOT, path("/d"))) {
                    all.remove(snapshot.name().toString());
                    files.engine.snapshots().delete(ROOT, path("/d"), snapshot.name());
                }
                assertThat(all).isEmpty();
                assertThat(
                                eventually(
                                        () ->
                                                EngineFixture.kept(meta) == 0
                                                        && findings(blocks).isEmpty()))
                        .as(
                                "%d rows kept, left over: %s",
                                EngineFixture.kept(meta), findings(blocks))
                        .isTrue();
            }
        }

        private static void compare(EngineFixture files, String name, Map<String, Integer> shown) {
            String root = "/d/.snapshot/" + name;
            assertThat(files.list(root))
                    .containsExactlyElementsOf(
                            shown.keySet().stream().map(path -> root + "/" + path).toList());
            shown.forEach(
                    (path, length) ->
                            assertThat(files.read(root + "/" + path))
                                    .as(name + " " + path)
                                    .isEqualTo(pattern(length)));
        }

        private List<NamespaceCheck.Finding> findings(BlockStore blocks) {
            return EngineFixture.findings(meta, blocks);
        }
    }

    @Test
    void everyStopLeavesWhatSnapshotsShow() throws IOException {
        int operations = 0;
        boolean done = false;
        while (!done) {
            Life life = new Life();
            done = life.live(operations);
            life.disk.crash(Randomness.seeded(operations));
            life.check();
            operations++;
            assertThat(operations).isLessThan(OPERATIONS_MAX);
        }
        assertThat(operations).isGreaterThan(20);
    }
}
