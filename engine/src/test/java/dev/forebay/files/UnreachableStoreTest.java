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
import dev.forebay.base.ReadType;
import dev.forebay.base.WriteType;
import dev.forebay.base.error.InvalidState;
import dev.forebay.base.error.Unavailable;
import dev.forebay.block.MemoryBlockStore;
import dev.forebay.meta.MemoryMetaStore;
import dev.forebay.understore.MemoryUnderStoreFactory;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Mounted stores that cannot be reached for a while. */
// opened before each test, which the null checker does not follow
@SuppressWarnings("NullAway.Init")
class UnreachableStoreTest {
    private final MemoryUnderStoreFactory memory = EngineFixture.places();
    private final FlakyPlaces places = new FlakyPlaces(memory);
    private EngineFixture files;

    @BeforeEach
    void open() {
        files =
                EngineFixture.over(
                        new MemoryMetaStore(FileSpaces.all(), Clock.system()),
                        new MemoryBlockStore(64 << 20),
                        memory,
                        places);
        files.mount("/a", "a", false);
    }

    @AfterEach
    void close() {
        files.close();
    }

    private FileWriter create(String path, WriteType type) {
        return files.engine.create(ROOT, path(path), options(type));
    }

    private void writeWhileDown(String path, byte[] bytes) {
        FileWriter writer = create(path, WriteType.ASYNC_THROUGH);
        places.takeDown("a");
        writer.write(ByteBuffer.wrap(bytes));
        writer.close();
    }

    @Test
    void callsThatNeedTheStoreSaySoAndChangeNothing() {
        files.putUnder("a", "/f", pattern(100));
        files.stat("/a/f");
        places.takeDown("a");
        assertThatThrownBy(() -> files.stat("/a/unknown")).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> files.read("/a/f")).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> files.write("/a/new", "x")).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> files.delete("/a/f")).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> files.rename("/a/f", "/a/g")).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> files.engine.stat(ROOT, path("/a/f"), MetadataLoad.SYNC))
                .isInstanceOf(Unavailable.class);
        assertThat(files.stat("/a/f").length()).isEqualTo(100);
        places.bringBack("a");
        assertThat(files.read("/a/f")).isEqualTo(pattern(100));
        assertThat(files.list("/a")).containsExactly("/a/f");
    }

    @Test
    void whatIsInMemoryAsAWholeIsReadOn() {
        files.putUnder("a", "/f", pattern(150_000));
        files.engine.load(ROOT, path("/a/f"), false);
        assertThat(eventually(() -> files.inMemoryPercentage("/a/f") == 100)).isTrue();
        places.takeDown("a");
        assertThat(files.read("/a/f", ReadType.NO_CACHE)).isEqualTo(pattern(150_000));
        files.engine.free(ROOT, path("/a/f"), new FileEngine.FreeOptions(false, false));
        assertThatThrownBy(() -> files.read("/a/f")).isInstanceOf(Unavailable.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 150_000})
    void asyncFileWaitsReadableAndIsPersistedWhenTheStoreIsBack(int length) {
        writeWhileDown("/a/f", pattern(length));
        assertThat(files.stat("/a/f").persistence()).isEqualTo(PersistenceState.TO_BE_PERSISTED);
        assertThat(files.read("/a/f")).isEqualTo(pattern(length));
        places.bringBack("a");
        assertThat(eventually(() -> files.stat("/a/f").persistence() == PersistenceState.PERSISTED))
                .isTrue();
        assertThat(files.getUnder("a", "/f")).hasValue(pattern(length));
        assertThat(files.read("/a/f")).isEqualTo(pattern(length));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 4096, 4097, 65536, 150_000})
    void closeOfAFileWrittenThroughMayBeTriedAgain(int length) {
        FileWriter writer = create("/a/f", WriteType.CACHE_THROUGH);
        writer.write(ByteBuffer.wrap(pattern(length)));
        places.takeDown("a");
        assertThatThrownBy(writer::close).isInstanceOf(Unavailable.class);
        assertThatThrownBy(writer::close).isInstanceOf(Unavailable.class);
        assertThat(files.stat("/a/f").completed()).isFalse();
        places.bringBack("a");
        writer.close();
        assertThat(files.stat("/a/f").length()).isEqualTo(length);
        assertThat(files.read("/a/f")).isEqualTo(pattern(length));
        assertThat(files.getUnder("a", "/f")).hasValue(pattern(length));
    }

    @Test
    void fileThatLacksBytesIsNeverCompleted() {
        FileWriter writer = create("/a/f", WriteType.THROUGH);
        writer.write(ByteBuffer.wrap(pattern(10_000)));
        places.takeDown("a");
        assertThatThrownBy(() -> writer.write(ByteBuffer.wrap(pattern(100))))
                .isInstanceOf(Unavailable.class);
        places.bringBack("a");
        assertThatThrownBy(() -> writer.write(ByteBuffer.wrap(pattern(100))))
                .isInstanceOf(InvalidState.class);
        assertThatThrownBy(writer::close).isInstanceOf(InvalidState.class);
        assertThat(files.exists("/a/f")).isFalse();
        assertThat(files.getUnder("a", "/f")).isEmpty();
        assertThat(files.engine.openFiles()).isZero();
    }

    @Test
    void unmountRefusesWhileAnythingIsNotPersisted() {
        writeWhileDown("/a/f", pattern(100));
        assertThatThrownBy(() -> files.engine.unmount(ROOT, path("/a")))
                .isInstanceOf(Unavailable.class);
        assertThat(files.read("/a/f")).isEqualTo(pattern(100));
        places.bringBack("a");
        files.engine.unmount(ROOT, path("/a"));
        assertThat(files.getUnder("a", "/f")).hasValue(pattern(100));
    }

    @Test
    void unmountRefusesAlsoBehindManyFilesOfAnotherMount() {
        files.mount("/b", "b", false);
        List<FileWriter> writers = new ArrayList<>();
        for (int i = 0; i < 1_100; i++) {
            writers.add(create("/a/f" + i, WriteType.ASYNC_THROUGH));
        }
        writers.add(create("/b/f", WriteType.ASYNC_THROUGH));
        places.takeDown("a");
        places.takeDown("b");
        writers.forEach(FileWriter::close);
        assertThatThrownBy(() -> files.engine.unmount(ROOT, path("/b")))
                .isInstanceOf(Unavailable.class);
        assertThat(files.read("/b/f")).isEmpty();
        places.bringBack("b");
        files.engine.unmount(ROOT, path("/b"));
        assertThat(files.getUnder("b", "/f")).hasValue(new byte[0]);
    }

    @Test
    void lostFileDoesNotKeepItsMountForEver() {
        MemoryMetaStore meta = new MemoryMetaStore(FileSpaces.all(), Clock.system());
        MemoryBlockStore blocks = new MemoryBlockStore(1 << 20);
        try (EngineFixture first = EngineFixture.over(meta, blocks, memory, places)) {
            first.mount("/m", "m", false);
            first.write("/m/f", pattern(100), options(WriteType.MUST_CACHE));
            places.takeDown("m");
            AttributeChange none = AttributeChange.NONE;
            first.engine.setAttributes(
                    ROOT,
                    path("/m/f"),
                    new AttributeChange(
                            none.owner(),
                            none.group(),
                            none.mode(),
                            none.pinned(),
                            none.ttlMillis(),
                            none.ttlAction(),
                            none.replicationMin(),
                            none.replicationMax(),
                            java.util.Optional.of(true),
                            none.accessedMillis(),
                            none.modifiedMillis(),
                            false));
        }
        places.bringBack("m");
        try (EngineFixture second = EngineFixture.over(meta, blocks, memory, places)) {
            assertThat(second.stat("/m/f").persistence()).isEqualTo(PersistenceState.LOST);
            second.engine.unmount(ROOT, path("/m"));
            assertThat(second.exists("/m")).isFalse();
        }
    }
}
