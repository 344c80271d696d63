package dev.forebay.files;

import static dev.forebay.files.EngineFixture.ROOT;
import static dev.forebay.files.EngineFixture.options;
import static dev.forebay.files.EngineFixture.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.Clock;
import dev.forebay.base.InodeId;
import dev.forebay.base.MetadataLoad;
import dev.forebay.base.Principal;
import dev.forebay.base.ReadType;
import dev.forebay.base.WriteType;
import dev.forebay.base.error.PermissionDenied;
import dev.forebay.base.error.ReadOnly;
import dev.forebay.block.BlockStore;
import dev.forebay.block.MemoryBlockStore;
import dev.forebay.meta.MemoryMetaStore;
import dev.forebay.meta.MetaStore;
import dev.forebay.meta.Reader;
import dev.forebay.meta.Transaction;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/** While safe mode is on nothing changes; what open files are listed. */
class SafeModeTest {
    private static final Principal BOB = new Principal("bob", Set.of("bob"), false, "simple", "");

    private static void refused(ThrowingCallable change) {
        assertThatThrownBy(change).isInstanceOf(ReadOnly.class);
    }

    @Test
    void everyChangeIsRefusedAndEveryLookGoesOn() {
        try (EngineFixture fixture = EngineFixture.inMemory()) {
            NodeFileEngine files = fixture.engine;
            fixture.write("/d/f", new byte[10], options(WriteType.THROUGH));
            files.setSafeMode(ROOT, true);
            assertThat(files.safeMode()).isTrue();
            CreateOptions plain = options(WriteType.THROUGH);
            refused(() -> files.create(ROOT, path("/n"), plain).close());
            refused(() -> files.create(ROOT, path("/n"), plain, "w").close());
            refused(() -> files.createDirectory(ROOT, path("/n"), plain));
            refused(() -> files.append(ROOT, path("/d/f"), "w").close());
            refused(() -> files.delete(ROOT, path("/d/f"), DeleteOptions.DEFAULT));
            refused(() -> files.rename(ROOT, path("/d/f"), path("/g")));
            refused(() -> files.replace(ROOT, path("/d/f"), path("/g")));
            refused(() -> files.truncate(ROOT, path("/d/f"), 1));
            refused(() -> files.concat(ROOT, path("/d/f"), List.of(path("/d/g"))));
            refused(() -> files.setReplication(ROOT, path("/d/f"), 2));
            refused(() -> files.recoverLease(ROOT, path("/d/f")));
            refused(() -> files.removeExtendedAttribute(ROOT, path("/d/f"), "user.a"));
            refused(
                    () ->
                            files.mount(
                                    ROOT,
                                    path("/m"),
                                    new MountRequest("memory://m", Map.of(), false, false)));
            refused(() -> files.unmount(ROOT, path("/m")));
            assertThat(files.stat(ROOT, path("/d/f"), MetadataLoad.ONCE).length()).isEqualTo(10);
            files.open(ROOT, path("/d/f"), ReadType.CACHE).close();
            files.setSafeMode(ROOT, false);
            files.delete(ROOT, path("/d/f"), DeleteOptions.DEFAULT);
        }
    }

    @Test
    void whoWritesCanGoOnAfterwards() {
        try (EngineFixture fixture = EngineFixture.inMemory()) {
            NodeFileEngine files = fixture.engine;
            LeasedWriter writer = files.create(ROOT, path("/f"), options(WriteType.THROUGH), "w");
            writer.write(ByteBuffer.allocate(5));
            files.setSafeMode(ROOT, true);
            refused(writer::nextBlock);
            refused(writer::close);
            files.setSafeMode(ROOT, false);
            writer.close();
            assertThat(files.stat(ROOT, path("/f"), MetadataLoad.ONCE).length()).isEqualTo(5);
        }
    }

    /** A store after whose next transaction safe mode is on. */
    private static final class Watched implements MetaStore {
        private final MemoryMetaStore store = new MemoryMetaStore(FileSpaces.all(), Clock.system());
        private final AtomicReference<Runnable> next = new AtomicReference<>(() -> {});

        @Override
        public <T> T read(Function<Reader, T> work) {
            return store.read(work);
        }

        @Override
        public <T> T transact(Function<Transaction, T> work) {
            T result = store.transact(work);
            next.getAndSet(() -> {}).run();
            return result;
        }

        @Override
        public Map<String, Long> statistics() {
            return store.statistics();
        }

        @Override
        public void close() {
            store.close();
        }
    }

    private static void refusedInTheMiddle(Consumer<NodeFileEngine> change) {
        Watched meta = new Watched();
        MemoryBlockStore blocks = new MemoryBlockStore(16 << 20);
        byte[] bytes = EngineFixture.pattern(200_000);
        try (EngineFixture fixture = EngineFixture.over(meta, blocks)) {
            NodeFileEngine files = fixture.engine;
            fixture.write("/d/f", bytes, options(WriteType.THROUGH));
            fixture.write("/d/g", bytes, options(WriteType.THROUGH));
            meta.next.set(() -> files.setSafeMode(ROOT, true));
            refused(() -> change.accept(files));
            assertThat(files.safeMode()).isTrue();
            assertThat(fixture.read("/d/f")).isEqualTo(bytes);
            files.setSafeMode(ROOT, false);
            assertThat(EngineFixture.eventually(() -> fixture.stat("/d/f").completed())).isTrue();
            assertThat(fixture.read("/d/f")).isEqualTo(bytes);
            assertThat(fixture.read("/d/g")).isEqualTo(bytes);
            change.accept(files);
            assertThat(EngineFixture.eventually(() -> findings(meta, blocks).isEmpty())).isTrue();
        }
    }

    private static List<NamespaceCheck.Finding> findings(MetaStore meta, BlockStore blocks) {
        List<NamespaceCheck.Finding> findings = new ArrayList<>();
        NamespaceCheck.run(meta, blocks, true, findings::add);
        return findings;
    }

    @Test
    void aTruncateInTheMiddleIsUndoneAfterwards() {
        refusedInTheMiddle(files -> files.truncate(ROOT, path("/d/f"), 70_001));
    }

    @Test
    void aConcatInTheMiddleIsUndoneAfterwards() {
        refusedInTheMiddle(files -> files.concat(ROOT, path("/d/f"), List.of(path("/d/g"))));
    }

    @Test
    void onlySuperusersMay() {
        try (EngineFixture fixture = EngineFixture.inMemory()) {
            NodeFileEngine files = fixture.engine;
            assertThatThrownBy(() -> files.setSafeMode(BOB, true))
                    .isInstanceOf(PermissionDenied.class);
            assertThat(files.safeMode()).isFalse();
            assertThatThrownBy(() -> files.openFiles(BOB, path("/"), new InodeId(0), 1))
                    .isInstanceOf(PermissionDenied.class);
        }
    }

    @Test
    void openFilesAreListedInPages() {
        try (EngineFixture fixture = EngineFixture.inMemory()) {
            NodeFileEngine files = fixture.engine;
            for (int i = 0; i < 5; i++) {
                files.create(ROOT, path("/d/" + i), options(WriteType.THROUGH), "w" + i);
            }
            files.create(ROOT, path("/e"), options(WriteType.THROUGH), "w");
            InodeId after = new InodeId(0);
            StringBuilder found = new StringBuilder();
            for (List<LeasedFileEngine.OpenFile> page = files.openFiles(ROOT, path("/d"), after, 2);
                    !page.isEmpty();
                    page = files.openFiles(ROOT, path("/d"), after, 2)) {
                assertThat(page).hasSizeLessThanOrEqualTo(2);
                after = page.getLast().id();
                for (LeasedFileEngine.OpenFile file : page) {
                    found.append(file.path()).append(file.holder()).append(' ');
                }
            }
            assertThat(found).hasToString("/d/0w0 /d/1w1 /d/2w2 /d/3w3 /d/4w4 ");
            assertThat(files.openFiles(ROOT, path("/e"), new InodeId(0), 9)).hasSize(1);
        }
    }
}
