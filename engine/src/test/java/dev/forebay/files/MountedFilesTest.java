package dev.forebay.files;

import static dev.forebay.files.EngineFixture.ROOT;
import static dev.forebay.files.EngineFixture.eventually;
import static dev.forebay.files.EngineFixture.options;
import static dev.forebay.files.EngineFixture.path;
import static dev.forebay.files.EngineFixture.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.Clock;
import dev.forebay.base.MetadataLoad;
import dev.forebay.base.PersistenceState;
import dev.forebay.base.WriteType;
import dev.forebay.base.error.AlreadyExists;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.PermissionDenied;
import dev.forebay.base.error.Unsupported;
import dev.forebay.block.MemoryBlockStore;
import dev.forebay.meta.KeyRange;
import dev.forebay.meta.MemoryMetaStore;
import dev.forebay.understore.MemoryUnderStoreFactory;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/** What the engine does with mounted stores. */
class MountedFilesTest {
    private EngineFixture files;

    @BeforeEach
    void open() {
        files = EngineFixture.inMemory();
        files.putUnder("place", "/seen", pattern(200_000));
        files.putUnder("place", "/dir/deep", pattern(10));
        files.mount("/m", "place", false);
    }

    @AfterEach
    void close() {
        files.close();
    }

    private List<String> list(String path, MetadataLoad load) {
        return files.list(path, new FileEngine.ListOptions(false, load));
    }

    @Test
    void whatIsThereIsSeenReadAndCached() {
        assertThat(files.list("/m")).containsExactly("/m/dir", "/m/seen");
        assertThat(files.stat("/m").mountPoint()).isTrue();
        FileStatus status = files.stat("/m/seen");
        assertThat(status.persistence()).isEqualTo(PersistenceState.PERSISTED);
        assertThat(status.location()).isEqualTo("memory://place/seen");
        assertThat(files.inMemoryPercentage("/m/seen")).isZero();
        assertThat(files.read("/m/seen")).isEqualTo(pattern(200_000));
        assertThat(eventually(() -> files.inMemoryPercentage("/m/seen") == 100)).isTrue();
        assertThat(files.read("/m/dir/deep")).isEqualTo(pattern(10));
    }

    @Test
    void locationIsTheWholeOne() {
        files.mkdir("/m/made");
        assertThat(files.stat("/m").location()).isEqualTo("memory://place");
        assertThat(files.stat("/m/made").location()).isEqualTo("memory://place/made");
        assertThat(files.stat("/m/dir/deep").location()).isEqualTo("memory://place/dir/deep");
        assertThat(files.stat("/").location()).isEqualTo("forebay:///");
    }

    @Test
    void firstLookLoadsByNameAndNeverDoesNot() {
        assertThat(files.engine.exists(ROOT, path("/m/dir/deep"), MetadataLoad.NEVER)).isFalse();
        assertThat(files.exists("/m/dir/deep")).isTrue();
        assertThat(files.engine.exists(ROOT, path("/m/dir/deep"), MetadataLoad.NEVER)).isTrue();
    }

    @Test
    void additionsShowWithAlwaysAndByName() {
        files.list("/m");
        files.putUnder("place", "/added", pattern(5));
        assertThat(list("/m", MetadataLoad.ONCE)).doesNotContain("/m/added");
        assertThat(list("/m", MetadataLoad.ALWAYS)).contains("/m/added");
        files.putUnder("place", "/byname", pattern(5));
        assertThat(files.read("/m/byname")).isEqualTo(pattern(5));
    }

    @Test
    void changesAndRemovalsShowWithSync() {
        files.read("/m/seen");
        files.list("/m");
        files.stat("/m/dir/deep");
        files.putUnder("place", "/seen", pattern(77));
        assertThat(files.place("place").delete(path("/dir/deep"))).isTrue();
        assertThat(files.engine.stat(ROOT, path("/m/seen"), MetadataLoad.SYNC).length())
                .isEqualTo(77);
        assertThat(files.read("/m/seen")).isEqualTo(pattern(77));
        assertThat(list("/m/dir", MetadataLoad.SYNC)).isEmpty();
    }

    @Test
    void openingSeesChangesAndRemovalsByItself() {
        files.read("/m/seen");
        files.putUnder("place", "/seen", pattern(99));
        assertThat(files.read("/m/seen")).isEqualTo(pattern(99));
        assertThat(files.place("place").delete(path("/seen"))).isTrue();
        assertThatThrownBy(() -> files.read("/m/seen")).isInstanceOf(NotFound.class);
    }

    @Test
    void writeTypesDecideWhenTheStoreHasIt() {
        for (int length : new int[] {0, 10, 200_000}) {
            for (WriteType type : WriteType.values()) {
                String name = "/w/" + type + length;
                files.write("/m" + name, pattern(length), options(type));
                FileStatus status = files.stat("/m" + name);
                boolean through = type == WriteType.CACHE_THROUGH || type == WriteType.THROUGH;
                if (through) {
                    assertThat(status.persistence()).isEqualTo(PersistenceState.PERSISTED);
                    assertThat(files.getUnder("place", name)).hasValue(pattern(length));
                }
                assertThat(files.read("/m" + name)).isEqualTo(pattern(length));
                if (type == WriteType.ASYNC_THROUGH) {
                    assertThat(eventually(() -> persisted("/m" + name))).isTrue();
                    assertThat(files.getUnder("place", name)).hasValue(pattern(length));
                    assertThat(files.read("/m" + name)).isEqualTo(pattern(length));
                }
                if (type == WriteType.MUST_CACHE) {
                    assertThat(files.getUnder("place", name)).isEmpty();
                }
            }
        }
    }

    private boolean persisted(String path) {
        return files.stat(path).persistence() == PersistenceState.PERSISTED;
    }

    @Test
    void deleteAndRenameGoDown() {
        files.rename("/m/seen", "/m/dir/moved");
        assertThat(files.getUnder("place", "/dir/moved")).hasValue(pattern(200_000));
        assertThat(files.getUnder("place", "/seen")).isEmpty();
        assertThat(files.read("/m/dir/moved")).isEqualTo(pattern(200_000));
        files.rename("/m/dir", "/m/other");
        assertThat(files.getUnder("place", "/other/moved")).isPresent();
        files.delete("/m/other");
        assertThat(files.place("place").stat(path("/other"))).isEmpty();
        assertThat(files.exists("/m/other")).isFalse();
    }

    @Test
    void readOnlyMountsRefuseChanges() {
        files.putUnder("fixed", "/f", pattern(5));
        files.mount("/r", "fixed", true);
        assertThat(files.read("/r/f")).isEqualTo(pattern(5));
        assertThatThrownBy(() -> files.write("/r/g", "x")).isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(() -> files.mkdir("/r/d")).isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(() -> files.delete("/r/f")).isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(() -> files.rename("/r/f", "/r/g")).isInstanceOf(PermissionDenied.class);
        assertThat(files.getUnder("fixed", "/f")).isPresent();
    }

    @Test
    void mountsNestAndAreRefusedWhereTheyMustBe() {
        files.mount("/m/inner", "second", false);
        files.write("/m/inner/f", pattern(5), options(WriteType.THROUGH));
        assertThat(files.getUnder("second", "/f")).isPresent();
        assertThat(list("/m", MetadataLoad.SYNC)).contains("/m/inner");
        assertThatThrownBy(() -> files.mount("/m", "third", false))
                .isInstanceOf(AlreadyExists.class);
        assertThatThrownBy(() -> files.mount("/no/where", "third", false))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> files.mount("/twice", "place", false)).isInstanceOf(Invalid.class);
        assertThatThrownBy(
                        () ->
                                files.engine.mount(
                                        ROOT,
                                        path("/x"),
                                        new MountRequest("gopher://x", Map.of(), false, false)))
                .isInstanceOf(Unsupported.class);
        assertThatThrownBy(() -> files.delete("/m")).isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(() -> files.rename("/m", "/n")).isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> files.rename("/m/seen", "/outside")).isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> files.engine.unmount(ROOT, path("/m")))
                .isInstanceOf(Invalid.class);
        files.engine.unmount(ROOT, path("/m/inner"));
        files.engine.unmount(ROOT, path("/m"));
        assertThat(files.exists("/m")).isFalse();
        assertThat(files.getUnder("place", "/seen")).hasValue(pattern(200_000));
        assertThat(files.arena.used()).isZero();
    }

    @Test
    void unmountWaitsForWhatIsNotYetPersisted() {
        files.write("/m/late", pattern(50_000));
        files.engine.unmount(ROOT, path("/m"));
        assertThat(files.getUnder("place", "/late")).hasValue(pattern(50_000));
    }

    @Test
    void secretsAreNotTold() {
        MountRequest request =
                new MountRequest("memory://secret", Map.of("secret-key", "hush"), false, false);
        assertThat(request.toString()).doesNotContain("hush");
        files.engine.mount(ROOT, path("/s"), request);
        assertThat(files.engine.mounts(ROOT).toString())
                .contains("secret-key")
                .doesNotContain("hush");
    }

    @Test
    void restartGoesOnPersistingAndKnowsTheMounts() {
        MemoryMetaStore meta = new MemoryMetaStore(FileSpaces.all(), Clock.system());
        MemoryBlockStore blocks = new MemoryBlockStore(64 << 20);
        MemoryUnderStoreFactory places = EngineFixture.places();
        try (EngineFixture first = EngineFixture.over(meta, blocks, places)) {
            first.mount("/m", "again", false);
            first.write("/m/f", pattern(100_000));
        }
        try (EngineFixture second = EngineFixture.over(meta, blocks, places)) {
            assertThat(second.read("/m/f")).isEqualTo(pattern(100_000));
            assertThat(eventually(() -> second.getUnder("again", "/f").isPresent())).isTrue();
            assertThat(
                            eventually(
                                    () ->
                                            second.stat("/m/f").persistence()
                                                    == PersistenceState.PERSISTED))
                    .isTrue();
            assertThat(second.read("/m/f")).isEqualTo(pattern(100_000));
        }
    }

    @Test
    void deletedAndRenamedWhileBeingPersistedStayThatWay() {
        for (int i = 0; i < 60; i++) {
            String path = "/m/race/d" + i + "/f";
            files.write(path, pattern(1));
            if (i % 3 == 0) {
                files.delete(path);
            } else if (i % 3 == 1) {
                files.delete("/m/race/d" + i);
            } else {
                files.rename(path, path + "x");
            }
        }
        assertThat(eventually(() -> !anythingWaits())).isTrue();
        for (int i = 0; i < 60; i++) {
            String under = "/race/d" + i;
            assertThat(files.getUnder("place", under + "/f")).as(under).isEmpty();
            assertThat(files.getUnder("place", under + "/fx").isPresent()).isEqualTo(i % 3 == 2);
            if (i % 3 == 1) {
                assertThat(files.place("place").stat(path(under))).as(under).isEmpty();
            }
        }
    }

    private boolean anythingWaits() {
        boolean[] any = new boolean[1];
        files.meta.visit(
                reader ->
                        reader.scan(
                                FileSpaces.PERSIST,
                                KeyRange.all(),
                                (_, _) -> {
                                    any[0] = true;
                                    return false;
                                }));
        return any[0];
    }

    @Test
    void vanishedDirectoryKeepsWhatTheStoreNeverHad() {
        files.write("/m/dir/memory", pattern(10), options(WriteType.MUST_CACHE));
        files.stat("/m/dir/deep");
        assertThat(files.place("place").delete(path("/dir/deep"))).isTrue();
        assertThat(files.place("place").delete(path("/dir"))).isTrue();
        list("/m", MetadataLoad.SYNC);
        assertThat(files.read("/m/dir/memory")).isEqualTo(pattern(10));
        assertThat(files.engine.exists(ROOT, path("/m/dir/deep"), MetadataLoad.NEVER)).isFalse();
    }
}
