package dev.forebay.files;

import static dev.forebay.files.EngineFixture.ROOT;
import static dev.forebay.files.EngineFixture.eventually;
import static dev.forebay.files.EngineFixture.options;
import static dev.forebay.files.EngineFixture.path;
import static dev.forebay.files.EngineFixture.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.Clock;
import dev.forebay.base.PersistenceState;
import dev.forebay.base.WriteType;
import dev.forebay.block.MemoryBlockStore;
import dev.forebay.meta.MemoryMetaStore;
import dev.forebay.understore.MemoryUnderStoreFactory;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A name is changed at the very moment when its file appears in the mounted store. When the change
 * is acknowledged, the mounted store must not have the file under the old name, since a node that
 * dies then would find it there.
 */
// opened before each test, which the null checker does not follow
@SuppressWarnings("NullAway.Init")
class CommitGateTest {
    private static final int MOMENT_MILLIS = 100;

    private final MemoryUnderStoreFactory memory = EngineFixture.places();
    private final FlakyPlaces places = new FlakyPlaces(memory);
    private final CountDownLatch appeared = new CountDownLatch(1);
    private final CountDownLatch acknowledged = new CountDownLatch(1);
    private final AtomicBoolean overtaken = new AtomicBoolean();
    private final AtomicBoolean oldNameThere = new AtomicBoolean();
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
        files.engine.createDirectory(ROOT, path("/a/d"), options(WriteType.CACHE_THROUGH));
    }

    @AfterEach
    void close() {
        files.close();
    }

    /** Holds the writer back until the change is acknowledged, or waits for the writer. */
    private void holdBack() {
        appeared.countDown();
        try {
            overtaken.set(acknowledged.await(MOMENT_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void whileAppearing(WriteType type, Runnable change) throws InterruptedException {
        places.afterCommit(this::holdBack);
        Thread writer =
                Thread.ofVirtual()
                        .start(() -> files.write("/a/d/f", pattern(100_000), options(type)));
        appeared.await();
        change.run();
        oldNameThere.set(files.getUnder("a", "/d/f").isPresent());
        acknowledged.countDown();
        places.afterCommit(() -> {});
        writer.join();
        assertThat(overtaken).isFalse();
        assertThat(oldNameThere).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"ASYNC_THROUGH", "CACHE_THROUGH"})
    void deletedFile(WriteType type) throws InterruptedException {
        whileAppearing(type, () -> files.delete("/a/d/f"));
        assertThat(files.list("/a/d")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"ASYNC_THROUGH", "CACHE_THROUGH"})
    void renamedFile(WriteType type) throws InterruptedException {
        whileAppearing(type, () -> files.rename("/a/d/f", "/a/d/g"));
        assertThat(files.list("/a/d")).containsExactly("/a/d/g");
        assertPersisted("/a/d/g");
    }

    @ParameterizedTest
    @EnumSource(names = {"ASYNC_THROUGH", "CACHE_THROUGH"})
    void deletedDirectory(WriteType type) throws InterruptedException {
        whileAppearing(
                type, () -> files.engine.delete(ROOT, path("/a/d"), DeleteOptions.RECURSIVE));
        assertThat(files.list("/a")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"ASYNC_THROUGH", "CACHE_THROUGH"})
    void renamedDirectory(WriteType type) throws InterruptedException {
        whileAppearing(type, () -> files.rename("/a/d", "/a/e"));
        assertThat(files.list("/a")).containsExactly("/a/e");
        assertPersisted("/a/e/f");
    }

    private void assertPersisted(String path) {
        assertThat(eventually(() -> files.stat(path).persistence() == PersistenceState.PERSISTED))
                .isTrue();
        assertThat(files.getUnder("a", path.substring("/a".length())))
                .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(pattern(100_000)));
    }

    /** What a crash leaves between placing a file and noting that it is there. */
    @Test
    void copyThatIsNotKnownGoesWithItsName() {
        files.write("/a/d/f", pattern(100), options(WriteType.MUST_CACHE));
        files.write("/a/d/g", pattern(100), options(WriteType.MUST_CACHE));
        files.putUnder("a", "/d/f", pattern(100));
        files.putUnder("a", "/d/g", pattern(100));
        files.delete("/a/d/f");
        files.rename("/a/d/g", "/a/d/h");
        assertThat(files.getUnder("a", "/d/f")).isEmpty();
        assertThat(files.getUnder("a", "/d/g")).isEmpty();
        assertThat(files.read("/a/d/h")).isEqualTo(pattern(100));
        assertThat(files.list("/a/d")).containsExactly("/a/d/h");
    }
}
