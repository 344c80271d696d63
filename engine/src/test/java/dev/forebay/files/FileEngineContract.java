package dev.forebay.files;

import static dev.forebay.files.EngineFixture.ROOT;
import static dev.forebay.files.EngineFixture.blockSize;
import static dev.forebay.files.EngineFixture.eventually;
import static dev.forebay.files.EngineFixture.options;
import static dev.forebay.files.EngineFixture.path;
import static dev.forebay.files.EngineFixture.pattern;
import static dev.forebay.files.EngineFixture.ttl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.FilePath;
import dev.forebay.base.MetadataLoad;
import dev.forebay.base.Name;
import dev.forebay.base.PersistenceState;
import dev.forebay.base.Principal;
import dev.forebay.base.ReadType;
import dev.forebay.base.TtlAction;
import dev.forebay.base.WriteType;
import dev.forebay.base.error.AlreadyExists;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.InvalidState;
import dev.forebay.base.error.IsADirectory;
import dev.forebay.base.error.NotADirectory;
import dev.forebay.base.error.NotEmpty;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.OutOfSpace;
import dev.forebay.base.error.PermissionDenied;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** What the engine promises for native paths, whatever its stores. */
abstract class FileEngineContract {
    private EngineFixture files;

    abstract EngineFixture open();

    @BeforeEach
    void openEngine() {
        files = open();
    }

    @AfterEach
    void closeEngine() {
        files.close();
    }

    @Test
    void contentOfEverySizeComesBack() {
        for (int length : new int[] {0, 1, 4096, 4097, 65_535, 65_536, 65_537, 300_001}) {
            byte[] bytes = pattern(length);
            files.write("/f" + length, bytes);
            assertThat(files.read("/f" + length)).isEqualTo(bytes);
            assertThat(files.read("/f" + length, ReadType.NO_CACHE)).isEqualTo(bytes);
            assertThat(files.stat("/f" + length).length()).isEqualTo(length);
        }
    }

    @Test
    void blocksHaveOffsetsAndLengths() {
        files.write("/f", pattern(3000), blockSize(1024));
        List<FileStatus.Block> blocks = files.stat("/f").blocks();
        assertThat(blocks).extracting(FileStatus.Block::offset).containsExactly(0L, 1024L, 2048L);
        assertThat(blocks).extracting(FileStatus.Block::length).containsExactly(1024L, 1024L, 952L);
        assertThat(files.read("/f")).isEqualTo(pattern(3000));
    }

    @Test
    void rangesAreReadWhereverTheyBegin() {
        byte[] bytes = pattern(200_000);
        files.write("/f", bytes);
        try (FileReader reader = files.engine.open(ROOT, path("/f"), ReadType.NO_CACHE)) {
            for (int position :
                    new int[] {0, 1, 65_535, 65_536, 131_000, 199_999, 200_000, 300_000}) {
                ByteBuffer target = ByteBuffer.allocate(70_000);
                int count = reader.read(position, target);
                int expected = Math.max(0, Math.min(70_000, bytes.length - position));
                assertThat(count).isEqualTo(expected);
                assertThat(target.flip())
                        .isEqualTo(
                                ByteBuffer.wrap(bytes, Math.min(position, bytes.length), expected));
            }
        }
    }

    @Test
    void fileBeingWrittenIsVisibleIncompleteAndCannotBeRead() {
        try (FileWriter writer =
                files.engine.create(ROOT, path("/f"), options(WriteType.THROUGH))) {
            writer.write(ByteBuffer.wrap(pattern(10)));
            assertThat(files.stat("/f").completed()).isFalse();
            assertThat(files.stat("/f").length()).isZero();
            assertThatThrownBy(() -> files.read("/f")).isInstanceOf(InvalidState.class);
        }
        assertThat(files.stat("/f").completed()).isTrue();
    }

    @Test
    void abortLeavesNothing() {
        FileWriter writer = files.engine.create(ROOT, path("/f"), CreateOptions.DEFAULT);
        writer.write(ByteBuffer.wrap(pattern(100_000)));
        writer.abort();
        writer.close();
        assertThat(files.exists("/f")).isFalse();
        List<Object> blocks = new ArrayList<>();
        files.blocks.list(blocks::add);
        assertThat(blocks).isEmpty();
    }

    @Test
    void writeTypesDecidePlaceAndState() {
        for (WriteType type : WriteType.values()) {
            for (int length : new int[] {5, 100_000}) {
                String path = "/" + type + length;
                files.write(path, pattern(length), options(type));
                FileStatus status = files.stat(path);
                assertThat(status.persistence())
                        .isEqualTo(
                                type == WriteType.MUST_CACHE
                                        ? PersistenceState.NOT_PERSISTED
                                        : PersistenceState.PERSISTED);
                assertThat(files.inMemoryPercentage(path))
                        .as(path)
                        .isEqualTo(type == WriteType.THROUGH ? 0 : 100);
                assertThat(files.read(path)).isEqualTo(pattern(length));
            }
        }
    }

    @Test
    void readTypeDecidesWhatComesIntoMemory() {
        files.write("/f", pattern(200_000), options(WriteType.THROUGH));
        files.read("/f", ReadType.NO_CACHE);
        assertThat(files.inMemoryPercentage("/f")).isZero();
        files.read("/f", ReadType.CACHE);
        assertThat(eventually(() -> files.inMemoryPercentage("/f") == 100)).isTrue();
        files.engine.free(ROOT, path("/f"), new FileEngine.FreeOptions(false, false));
        assertThat(files.inMemoryPercentage("/f")).isZero();
        files.engine.load(ROOT, path("/f"), false);
        assertThat(eventually(() -> files.inMemoryPercentage("/f") == 100)).isTrue();
    }

    @Test
    void memoryOnlyFileOfMoreThanMemoryIsRefusedAndTheRestLives() {
        files.write("/kept", pattern(100_000), options(WriteType.MUST_CACHE));
        FileWriter writer = files.engine.create(ROOT, path("/big"), options(WriteType.MUST_CACHE));
        byte[] piece = pattern(1 << 20);
        assertThatThrownBy(
                        () -> {
                            for (int i = 0; i < 9; i++) {
                                writer.write(ByteBuffer.wrap(piece));
                            }
                        })
                .isInstanceOf(OutOfSpace.class);
        writer.abort();
        assertThat(files.read("/kept")).isEqualTo(pattern(100_000));
        files.write("/after", pattern(1 << 20), options(WriteType.MUST_CACHE));
        assertThat(files.read("/after")).isEqualTo(pattern(1 << 20));
    }

    @Test
    void cachedFilesGiveWayToOthers() {
        for (int i = 0; i < 20; i++) {
            files.write("/f" + i, pattern(1 << 20));
        }
        assertThat(files.arena.used()).isLessThanOrEqualTo(EngineFixture.ARENA);
        for (int i = 0; i < 20; i++) {
            assertThat(files.read("/f" + i)).isEqualTo(pattern(1 << 20));
        }
    }

    @Test
    void pinnedFilesStayInMemory() {
        files.write("/pinned/f", pattern(1 << 20));
        files.engine.setAttributes(ROOT, path("/pinned"), pin(true));
        files.write("/pinned/later", pattern(1 << 20));
        assertThat(files.stat("/pinned/later").pinned()).isTrue();
        for (int i = 0; i < 20; i++) {
            files.write("/f" + i, pattern(1 << 20));
        }
        assertThat(files.inMemoryPercentage("/pinned/f")).isEqualTo(100);
        assertThat(files.inMemoryPercentage("/pinned/later")).isEqualTo(100);
        assertThatThrownBy(
                        () ->
                                files.engine.free(
                                        ROOT,
                                        path("/pinned/f"),
                                        new FileEngine.FreeOptions(false, false)))
                .isInstanceOf(InvalidState.class);
        files.engine.free(ROOT, path("/pinned/f"), new FileEngine.FreeOptions(false, true));
        assertThat(files.inMemoryPercentage("/pinned/f")).isZero();
    }

    private static AttributeChange pin(boolean pinned) {
        AttributeChange none = AttributeChange.NONE;
        return new AttributeChange(
                none.owner(),
                none.group(),
                none.mode(),
                Optional.of(pinned),
                none.ttlMillis(),
                none.ttlAction(),
                none.replicationMin(),
                none.replicationMax(),
                none.persisted(),
                none.accessedMillis(),
                none.modifiedMillis(),
                false);
    }

    @Test
    void directoriesAreMadeAndListedInOrder() {
        files.mkdir("/a/b/c");
        files.mkdir("/a/x");
        files.write("/a/file", "x");
        assertThat(files.list("/a")).containsExactly("/a/b", "/a/file", "/a/x");
        assertThat(files.list("/a", new FileEngine.ListOptions(true, MetadataLoad.ONCE)))
                .containsExactlyInAnyOrder("/a/b", "/a/b/c", "/a/file", "/a/x");
        assertThat(files.list("/a/file")).containsExactly("/a/file");
        assertThat(files.stat("/a").length()).isEqualTo(3);
        assertThat(files.stat("/").directory()).isTrue();
    }

    @Test
    void listingsOverManyPagesAreComplete() {
        for (int i = 0; i < 2100; i++) {
            files.mkdir("/many/" + i);
        }
        assertThat(files.list("/many")).hasSize(2100).isSorted();
    }

    @Test
    void creationIsRefusedWhereItMustBe() {
        files.write("/file", "x");
        files.mkdir("/dir");
        CreateOptions plain = CreateOptions.DEFAULT;
        assertThatThrownBy(() -> files.engine.create(ROOT, path("/file"), plain))
                .isInstanceOf(AlreadyExists.class);
        assertThatThrownBy(() -> files.engine.create(ROOT, path("/dir"), plain))
                .isInstanceOf(AlreadyExists.class);
        assertThatThrownBy(() -> files.engine.create(ROOT, FilePath.ROOT, plain))
                .isInstanceOf(AlreadyExists.class);
        assertThatThrownBy(() -> files.engine.create(ROOT, path("/no/f"), plain))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> files.engine.create(ROOT, path("/file/f"), plain))
                .isInstanceOf(NotADirectory.class);
        assertThatThrownBy(() -> files.engine.createDirectory(ROOT, path("/dir"), plain))
                .isInstanceOf(AlreadyExists.class);
        assertThatThrownBy(() -> files.engine.create(ROOT, path("/zero"), blockSize(0)))
                .isInstanceOf(Invalid.class);
        assertThat(files.list("/")).containsExactly("/dir", "/file");
    }

    @Test
    void existingFileIsReplacedOnDemand() {
        CreateOptions none = CreateOptions.DEFAULT;
        CreateOptions replacing =
                new CreateOptions(
                        false,
                        true,
                        none.mode(),
                        none.writeType(),
                        none.ttl(),
                        none.blockSize(),
                        none.replicationMin(),
                        none.replicationMax(),
                        none.replicationDurable());
        files.write("/f", pattern(200_000));
        files.write("/f", pattern(77), replacing);
        assertThat(files.read("/f")).isEqualTo(pattern(77));
        assertThat(files.list("/")).containsExactly("/f");
        assertThat(files.arena.used()).isEqualTo(77);
        files.mkdir("/d");
        assertThatThrownBy(() -> files.engine.create(ROOT, path("/d"), replacing))
                .isInstanceOf(AlreadyExists.class);
    }

    @Test
    void deleteObeysRecursive() {
        files.write("/d/e/f", pattern(100_000));
        assertThatThrownBy(() -> files.engine.delete(ROOT, path("/d"), DeleteOptions.DEFAULT))
                .isInstanceOf(NotEmpty.class);
        assertThatThrownBy(() -> files.engine.delete(ROOT, path("/no"), DeleteOptions.DEFAULT))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> files.engine.delete(ROOT, FilePath.ROOT, DeleteOptions.DEFAULT))
                .isInstanceOf(NotEmpty.class);
        assertThatThrownBy(() -> files.engine.delete(ROOT, FilePath.ROOT, DeleteOptions.RECURSIVE))
                .isInstanceOf(PermissionDenied.class);
        files.delete("/d");
        assertThat(files.exists("/d/e/f")).isFalse();
        assertThat(files.list("/")).isEmpty();
        assertThat(files.arena.used()).isZero();
        List<Object> blocks = new ArrayList<>();
        files.blocks.list(blocks::add);
        assertThat(blocks).isEmpty();
    }

    @Test
    void readersGoOnAfterDelete() {
        for (WriteType type : WriteType.values()) {
            for (int length : new int[] {100, 200_000}) {
                files.write("/f", pattern(length), options(type));
                try (FileReader reader = files.engine.open(ROOT, path("/f"), ReadType.NO_CACHE)) {
                    files.delete("/f");
                    ByteBuffer target = ByteBuffer.allocate(length);
                    assertThat(reader.read(0, target)).isEqualTo(length);
                    assertThat(target.array()).isEqualTo(pattern(length));
                }
            }
        }
        assertThat(eventually(() -> files.arena.used() == 0)).isTrue();
    }

    @Test
    void writerOfDeletedFileSucceedsAndLeavesNothing() {
        FileWriter writer =
                files.engine.create(ROOT, path("/d/f"), options(WriteType.CACHE_THROUGH));
        writer.write(ByteBuffer.wrap(pattern(100_000)));
        files.delete("/d");
        writer.write(ByteBuffer.wrap(pattern(100_000)));
        writer.close();
        assertThat(files.exists("/d/f")).isFalse();
        assertThat(files.arena.used()).isZero();
    }

    @Test
    void renameMovesFilesAndSubtrees() {
        files.write("/a/b/f", "content");
        files.mkdir("/x");
        files.rename("/a", "/x/y");
        assertThat(files.read("/x/y/b/f")).asString().isEqualTo("content");
        assertThat(files.exists("/a")).isFalse();
        files.rename("/x/y/b/f", "/g");
        assertThat(files.read("/g")).asString().isEqualTo("content");
        files.rename("/g", "/g");
        assertThat(files.list("/")).containsExactly("/g", "/x");
    }

    @Test
    void renameIsRefusedWhereItMustBe() {
        files.write("/a/f", "x");
        files.write("/b", "y");
        files.mkdir("/empty");
        assertThatThrownBy(() -> files.rename("/no", "/c")).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> files.rename("/a/f", "/b")).isInstanceOf(AlreadyExists.class);
        assertThatThrownBy(() -> files.rename("/a/f", "/empty")).isInstanceOf(AlreadyExists.class);
        assertThatThrownBy(() -> files.rename("/a", "/a/c")).isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> files.rename("/", "/c")).isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> files.rename("/a", "/")).isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> files.rename("/a/f", "/no/f")).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> files.rename("/a/f", "/b/f")).isInstanceOf(NotADirectory.class);
    }

    @Test
    void writerCompletesUnderTheNewNameAfterRename() {
        try (FileWriter writer = files.engine.create(ROOT, path("/old"), CreateOptions.DEFAULT)) {
            writer.write(ByteBuffer.wrap(pattern(1000)));
            files.rename("/old", "/new");
        }
        assertThat(files.read("/new")).isEqualTo(pattern(1000));
        assertThat(files.exists("/old")).isFalse();
    }

    @Test
    void attributesChangeAloneOrForAllBelow() {
        files.write("/d/e/f", "x");
        AttributeChange change =
                new AttributeChange(
                        Optional.of("ann"),
                        Optional.of("staff"),
                        OptionalInt.of(0700),
                        Optional.empty(),
                        OptionalLong.empty(),
                        Optional.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        true);
        files.engine.setAttributes(ROOT, path("/d"), change);
        for (String path : List.of("/d", "/d/e", "/d/e/f")) {
            assertThat(files.stat(path).access())
                    .isEqualTo(new FileStatus.Access("ann", "staff", 0700));
        }
        files.engine.setAttributes(ROOT, path("/d"), AttributeChange.NONE);
        assertThatThrownBy(
                        () -> files.engine.setAttributes(ROOT, path("/no"), AttributeChange.NONE))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void othersAreHeldToTheMode() {
        Principal bob = new Principal("bob", Set.of("users"), false, "simple", "test");
        files.write("/d/f", "x");
        assertThatThrownBy(() -> files.engine.create(bob, path("/d/g"), CreateOptions.DEFAULT))
                .isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(() -> files.engine.delete(bob, path("/d/f"), DeleteOptions.DEFAULT))
                .isInstanceOf(PermissionDenied.class);
        assertThat(files.engine.stat(bob, path("/d/f"), MetadataLoad.ONCE).length()).isOne();
    }

    @Test
    void expiredPathsGoAndFreedOnesStay() {
        files.write("/gone", pattern(10), ttl(1, TtlAction.DELETE));
        files.write("/freed", pattern(10), ttl(1, TtlAction.FREE));
        files.write("/kept", pattern(10), ttl(3_600_000, TtlAction.DELETE));
        assertThat(eventually(() -> !files.exists("/gone"))).isTrue();
        assertThat(eventually(() -> files.inMemoryPercentage("/freed") == 0)).isTrue();
        assertThat(eventually(() -> files.stat("/freed").ttl().millis() == -1)).isTrue();
        assertThat(files.read("/freed")).isEqualTo(pattern(10));
        assertThat(files.exists("/kept")).isTrue();
    }

    @Test
    void namesAreBytes() {
        Name odd = Name.of(new byte[] {(byte) 0xff, ' ', '%', ';', '\\', (byte) 0x80});
        FilePath path = FilePath.ROOT.child(odd);
        files.engine.create(ROOT, path, CreateOptions.DEFAULT).close();
        List<Name> names = new ArrayList<>();
        files.engine.list(
                ROOT,
                FilePath.ROOT,
                FileEngine.ListOptions.DEFAULT,
                status -> names.add(status.path().name()));
        assertThat(names).containsExactly(odd);
    }

    @Test
    void memoryOnlyFileIsPersistedOnDemand() {
        files.write("/f", pattern(200_000), options(WriteType.MUST_CACHE));
        AttributeChange none = AttributeChange.NONE;
        files.engine.setAttributes(
                ROOT,
                path("/f"),
                new AttributeChange(
                        none.owner(),
                        none.group(),
                        none.mode(),
                        none.pinned(),
                        none.ttlMillis(),
                        none.ttlAction(),
                        none.replicationMin(),
                        none.replicationMax(),
                        Optional.of(true),
                        none.accessedMillis(),
                        none.modifiedMillis(),
                        false));
        assertThat(eventually(() -> files.stat("/f").persistence() == PersistenceState.PERSISTED))
                .isTrue();
        files.engine.free(ROOT, path("/f"), new FileEngine.FreeOptions(false, false));
        assertThat(files.inMemoryPercentage("/f")).isZero();
        assertThat(files.read("/f")).isEqualTo(pattern(200_000));
    }

    @Test
    void directoryIsAFileForNobody() {
        files.mkdir("/d");
        assertThatThrownBy(() -> files.read("/d")).isInstanceOf(IsADirectory.class);
    }

    @Test
    void checkFindsNothingWrong() {
        files.write("/a/b", pattern(200_000));
        files.write("/a/c", pattern(10));
        List<NamespaceCheck.Finding> findings = new ArrayList<>();
        NamespaceCheck.Report report =
                NamespaceCheck.run(files.meta, files.blocks, true, findings::add);
        assertThat(findings).isEmpty();
        assertThat(report.files()).isEqualTo(2);
        assertThat(report.bytes()).isEqualTo(200_010);
    }
}
