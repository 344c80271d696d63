package dev.forebay.files;

import static dev.forebay.files.EngineFixture.ROOT;
import static dev.forebay.files.EngineFixture.eventually;
import static dev.forebay.files.EngineFixture.options;
import static dev.forebay.files.EngineFixture.path;
import static dev.forebay.files.EngineFixture.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.arena.ArenaOptions;
import dev.forebay.arena.HeapArena;
import dev.forebay.base.BlockId;
import dev.forebay.base.Clock;
import dev.forebay.base.InodeId;
import dev.forebay.base.MemoryDisk;
import dev.forebay.base.MetadataLoad;
import dev.forebay.base.Name;
import dev.forebay.base.Principal;
import dev.forebay.base.ReadType;
import dev.forebay.base.WriteType;
import dev.forebay.base.error.AlreadyExists;
import dev.forebay.base.error.Closed;
import dev.forebay.base.error.Fenced;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.IsADirectory;
import dev.forebay.base.error.LeaseHeld;
import dev.forebay.base.error.NotEmpty;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.PermissionDenied;
import dev.forebay.block.DiskBlockStore;
import dev.forebay.block.MemoryBlockStore;
import dev.forebay.meta.MemoryMetaStore;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Who may write a file, what others see of it meanwhile, and the calls around that. */
class LeasedFilesTest {
    private static final Principal BOB = new Principal("bob", Set.of("staff"), false, "simple", "");

    private final ShiftedClock clock = new ShiftedClock();
    private final MemoryMetaStore meta = new MemoryMetaStore(FileSpaces.all(), clock);
    private final MemoryBlockStore blocks = new MemoryBlockStore(64 << 20);
    private final HeapArena arena = HeapArena.open(ArenaOptions.of(8 << 20));
    private final NodeFileEngine files =
            NodeFileEngine.open(
                    new NodeFileEngine.Stores(meta, blocks, arena, List.of()),
                    EngineFixture.config(),
                    clock,
                    ROOT);

    /** The time of the system, moved on now and then; sleeping takes its time. */
    private static final class ShiftedClock implements Clock {
        private final Clock system = Clock.system();
        private final AtomicLong nanos = new AtomicLong();

        void advance(Duration duration) {
            nanos.addAndGet(duration.toNanos());
        }

        @Override
        public long millis() {
            return system.millis() + nanos.get() / 1_000_000;
        }

        @Override
        public long nanos() {
            return system.nanos() + nanos.get();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            system.sleep(duration);
        }
    }

    @AfterEach
    void close() {
        files.close();
        arena.close();
    }

    private LeasedWriter create(String path, String holder) {
        return files.create(ROOT, path(path), options(WriteType.THROUGH), holder);
    }

    private void write(String path, int length) {
        try (LeasedWriter writer = create(path, "w")) {
            writer.write(ByteBuffer.wrap(pattern(length)));
        }
    }

    private byte[] read(String path) {
        try (FileReader reader = files.open(ROOT, path(path), ReadType.CACHE)) {
            ByteBuffer target = ByteBuffer.allocate((int) reader.length());
            reader.read(0, target);
            return target.array();
        }
    }

    private FileStatus stat(String path) {
        return files.stat(ROOT, path(path), MetadataLoad.ONCE);
    }

    @Test
    void fileBeingWrittenIsKeptFromOthersAndFromItsOwnHolder() {
        try (LeasedWriter writer = create("/f", "a")) {
            assertThatThrownBy(() -> create("/f", "b"))
                    .isInstanceOf(LeaseHeld.class)
                    .hasMessageContaining("/f by a");
            assertThatThrownBy(() -> files.append(ROOT, path("/f"), "b"))
                    .isInstanceOf(LeaseHeld.class);
            assertThatThrownBy(() -> files.append(ROOT, path("/f"), "a"))
                    .isInstanceOf(LeaseHeld.class);
            assertThatThrownBy(() -> files.truncate(ROOT, path("/f"), 0))
                    .isInstanceOf(LeaseHeld.class);
            assertThat(files.writer(writer.id(), "a")).isSameAs(writer);
            assertThatThrownBy(() -> files.writer(writer.id(), "b")).isInstanceOf(Fenced.class);
        }
        assertThatThrownBy(() -> create("/f", "b")).isInstanceOf(AlreadyExists.class);
        assertThatThrownBy(() -> files.writer(stat("/f").id(), "a")).isInstanceOf(Fenced.class);
    }

    @Test
    void leaseThatIsNotRenewedGoesToWhoAsks() {
        LeasedWriter first = create("/f", "a");
        first.write(ByteBuffer.wrap(pattern(100)));
        clock.advance(Duration.ofSeconds(59));
        files.renewLeases("a");
        clock.advance(Duration.ofSeconds(59));
        assertThatThrownBy(() -> files.append(ROOT, path("/f"), "b")).isInstanceOf(LeaseHeld.class);
        clock.advance(Duration.ofSeconds(2));
        try (LeasedWriter second = files.append(ROOT, path("/f"), "b")) {
            assertThat(second.position()).isEqualTo(100);
            assertThatThrownBy(() -> first.write(ByteBuffer.allocate(1)))
                    .isInstanceOf(Closed.class);
            assertThatThrownBy(() -> files.writer(first.id(), "a")).isInstanceOf(Fenced.class);
        }
        assertThat(read("/f")).isEqualTo(pattern(100));
    }

    @Test
    void leaseEndsAtTheHardLimit() {
        LeasedWriter writer = create("/f", "a");
        writer.write(ByteBuffer.wrap(pattern(70_000)));
        assertThat(stat("/f").completed()).isFalse();
        clock.advance(Duration.ofMinutes(21));
        assertThat(eventually(() -> stat("/f").completed())).isTrue();
        assertThat(read("/f")).isEqualTo(pattern(70_000));
    }

    @Test
    void leaseThatCannotEndKeepsNoOtherWaiting() {
        for (int i = 0; i < 90; i++) {
            // the bytes of a small file have no block
            boolean ends = i % 30 == 29;
            create((ends ? "/ends/" : "/stuck/") + i, "w" + i)
                    .write(ByteBuffer.wrap(pattern(ends ? 100 : 5_000)));
        }
        List<BlockId> lost = new ArrayList<>();
        blocks.list(status -> lost.add(status.id()));
        lost.forEach(blocks::delete);
        clock.advance(Duration.ofMinutes(21));
        for (int i = 29; i < 90; i += 30) {
            String ended = "/ends/" + i;
            assertThat(eventually(() -> stat(ended).completed())).isTrue();
        }
        assertThat(files.openFiles(ROOT, path("/stuck"), new InodeId(0), 90)).hasSize(87);
    }

    @Test
    void fileThatCannotBeRecoveredKeepsNoOtherWaiting() {
        MemoryMetaStore names = new MemoryMetaStore(FileSpaces.all(), clock);
        MemoryDisk disk = new MemoryDisk(64 << 20);
        try (DiskBlockStore before = DiskBlockStore.open(disk, Path.of("/blocks"));
                EngineFixture first = EngineFixture.over(names, before)) {
            for (String name : List.of("/a", "/b")) {
                LeasedWriter writer =
                        first.engine.create(ROOT, path(name), CreateOptions.DEFAULT, "w");
                writer.write(ByteBuffer.wrap(pattern(70_000)));
                writer.sync();
            }
        }
        try (DiskBlockStore after = DiskBlockStore.open(disk, Path.of("/blocks"))) {
            InodeId lost = names.read(reader -> Tree.resolve(reader, path("/a")).target().id());
            names.read(reader -> Tree.extents(reader, lost))
                    .forEach(extent -> after.delete(extent.block()));
            try (EngineFixture next = EngineFixture.over(names, after)) {
                assertThat(eventually(() -> next.stat("/b").completed())).isTrue();
                assertThat(next.stat("/a").completed()).isFalse();
            }
        }
    }

    @Test
    void fileLeftByItsWriterIsRecoveredByManyAtOnce() throws Exception {
        MemoryMetaStore names = new MemoryMetaStore(FileSpaces.all(), clock);
        MemoryDisk disk = new MemoryDisk(64 << 20);
        for (int round = 0; round < 20; round++) {
            String path = "/left" + round;
            try (DiskBlockStore before = DiskBlockStore.open(disk, Path.of("/blocks"));
                    EngineFixture first = EngineFixture.over(names, before)) {
                LeasedWriter writer =
                        first.engine.create(ROOT, path(path), CreateOptions.DEFAULT, "a");
                writer.write(ByteBuffer.wrap(pattern(70_000)));
                writer.sync();
            }
            try (DiskBlockStore after = DiskBlockStore.open(disk, Path.of("/blocks"));
                    EngineFixture next = EngineFixture.over(names, after)) {
                recoverByMany(next, path);
                assertThat(next.stat(path).completed()).isTrue();
                assertThat(next.read(path)).isEqualTo(pattern(70_000));
            }
        }
    }

    private static void recoverByMany(EngineFixture next, String path) throws Exception {
        Callable<Boolean> recover =
                () -> {
                    next.engine.recoverLease(ROOT, path(path));
                    return true;
                };
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> each : threads.invokeAll(Collections.nCopies(4, recover))) {
                assertThat(each.get()).isTrue();
            }
        }
    }

    @Test
    void writerOfADeletedFileIsTold() {
        LeasedWriter writer = create("/f", "a");
        files.delete(ROOT, path("/f"), DeleteOptions.DEFAULT);
        assertThatThrownBy(() -> files.writer(writer.id(), "a")).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> writer.write(ByteBuffer.allocate(1))).isInstanceOf(Closed.class);
        assertThat(files.openFiles()).isZero();
    }

    @Test
    void readersSeeWhatIsFlushed() {
        try (LeasedWriter writer = create("/f", "a")) {
            writer.write(ByteBuffer.wrap(pattern(10)));
            assertThat(stat("/f").length()).isZero();
            writer.flush();
            assertThat(stat("/f").length()).isEqualTo(10);
            assertThat(read("/f")).isEqualTo(pattern(10));
            writer.write(ByteBuffer.wrap(pattern(200_000), 10, 199_990));
            assertThat(read("/f")).isEqualTo(pattern(10));
            writer.flush();
            assertThat(read("/f")).isEqualTo(pattern(200_000));
            assertThat(stat("/f").completed()).isFalse();
        }
        assertThat(stat("/f").completed()).isTrue();
    }

    @Test
    void blockIdsTellWhereBytesGo() {
        try (LeasedWriter writer = create("/f", "a")) {
            BlockId first = writer.nextBlock();
            assertThat(writer.nextBlock()).as("asked again").isEqualTo(first);
            writer.write(ByteBuffer.wrap(pattern(65_536)));
            BlockId second = writer.nextBlock();
            writer.write(ByteBuffer.wrap(pattern(5)));
            writer.flush();
            assertThat(stat("/f").blocks())
                    .extracting(FileStatus.Block::id)
                    .containsExactly(first, second);
            try (FileReader reader = files.openBlock(second)) {
                assertThat(reader.length()).isEqualTo(5);
            }
        }
        assertThatThrownBy(() -> files.openBlock(new BlockId(77L << 20)))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void truncateAndConcatRefuseWhatTheyCannotDo() {
        files.createDirectory(ROOT, path("/d"), CreateOptions.DEFAULT);
        write("/d/a", 10);
        write("/d/b", 10);
        write("/d/empty", 0);
        write("/other", 10);
        assertThatThrownBy(() -> files.truncate(ROOT, path("/d/a"), 11))
                .isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> files.truncate(ROOT, path("/d/a"), -1))
                .isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> files.truncate(ROOT, path("/d"), 0))
                .isInstanceOf(IsADirectory.class);
        assertThatThrownBy(() -> files.truncate(ROOT, path("/none"), 0))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> files.truncate(BOB, path("/d/a"), 0))
                .isInstanceOf(PermissionDenied.class);
        for (String sources : List.of("", "/d/a", "/d/b /d/b", "/d/empty", "/other", "/d")) {
            assertThatThrownBy(() -> concat("/d/a", sources))
                    .as("sources %s", sources)
                    .isInstanceOfAny(Invalid.class, IsADirectory.class);
        }
        assertThatThrownBy(() -> concat("/d/a", "/d/none")).isInstanceOf(NotFound.class);
        assertThat(read("/d/a")).isEqualTo(pattern(10));
        concat("/d/a", "/d/b");
        assertThat(read("/d/a")).hasSize(20);
    }

    private void concat(String target, String sources) {
        files.concat(
                ROOT,
                path(target),
                sources.isEmpty()
                        ? List.of()
                        : List.of(sources.split(" ")).stream().map(EngineFixture::path).toList());
    }

    @Test
    void replaceTakesTheTargetsPlaceOnlyWhereItMay() {
        files.createDirectory(ROOT, path("/d"), CreateOptions.DEFAULT);
        files.createDirectory(ROOT, path("/full"), CreateOptions.DEFAULT);
        write("/full/x", 1);
        write("/a", 10);
        write("/b", 70_000);
        assertThatThrownBy(() -> files.replace(ROOT, path("/a"), path("/d")))
                .isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> files.replace(ROOT, path("/d"), path("/a")))
                .isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> files.replace(ROOT, path("/d"), path("/full")))
                .isInstanceOf(NotEmpty.class);
        files.replace(ROOT, path("/a"), path("/b"));
        assertThat(read("/b")).isEqualTo(pattern(10));
        files.replace(ROOT, path("/full"), path("/d"));
        assertThat(read("/d/x")).hasSize(1);
        assertThat(files.exists(ROOT, path("/full"), MetadataLoad.ONCE)).isFalse();
    }

    @Test
    void directoryIsListedInPages() {
        for (String name : List.of("a", "b", "c", "d", "e")) {
            write("/p/" + name, 1);
        }
        LeasedFileEngine.Page first = page("/p", Optional.empty());
        assertThat(first.children())
                .extracting(child -> child.path().toString())
                .containsExactly("/p/a", "/p/b");
        assertThat(first.remaining()).isPositive();
        LeasedFileEngine.Page last = page("/p", Optional.of(Name.of("d")));
        assertThat(last.children()).hasSize(1);
        assertThat(last.remaining()).isZero();
        assertThat(page("/p", Optional.of(Name.of("e"))).children()).isEmpty();
        assertThat(page("/p/a", Optional.empty()).children()).hasSize(1);
        assertThatThrownBy(() -> page("/none", Optional.empty())).isInstanceOf(NotFound.class);
    }

    private LeasedFileEngine.Page page(String path, Optional<Name> after) {
        return files.page(ROOT, path(path), MetadataLoad.ONCE, after, 2);
    }

    @Test
    void summaryCountsWhatIsBelow() {
        write("/s/a", 10);
        write("/s/d/b", 70_000);
        assertThat(files.setReplication(ROOT, path("/s/a"), 3)).isTrue();
        assertThat(files.setReplication(ROOT, path("/s"), 3)).isFalse();
        assertThatThrownBy(() -> files.setReplication(ROOT, path("/s/a"), 0))
                .isInstanceOf(Invalid.class);
        assertThat(files.summarize(ROOT, path("/s")))
                .isEqualTo(
                        new LeasedFileEngine.Summary(2, 2, 70_010, 70_030, Map.of(), Quota.NONE));
        assertThat(files.summarize(ROOT, path("/s/a")))
                .isEqualTo(new LeasedFileEngine.Summary(0, 1, 10, 30, Map.of(), Quota.NONE));
        assertThat(stat("/s/a").layout().replicationDurable()).isEqualTo(3);
    }

    @Test
    void accessIsAskedFor() {
        write("/f", 1);
        files.requireAccess(BOB, path("/f"), 4);
        assertThatThrownBy(() -> files.requireAccess(BOB, path("/f"), 2))
                .isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(() -> files.append(BOB, path("/f"), "b"))
                .isInstanceOf(PermissionDenied.class);
    }
}
