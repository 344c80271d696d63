package dev.forebay.meta;

import dev.forebay.base.Clock;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Random transactions against sorted maps; {@code -Dseed=} replays one run. */
class MetaStoreModelTest {
    private static final int SEEDS = 20;

    @TempDir Path directory = Path.of("");

    static LongStream seeds() {
        Long seed = Long.getLong("seed");
        return seed == null ? LongStream.range(0, SEEDS) : LongStream.of(seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void memoryAgreesWithTheModel(long seed) {
        // One opening: a memory store forgets.
        run(seed, () -> new MemoryMetaStore(MetaStoreContract.SPACES, Clock.system()), false);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void rocksAgreesWithTheModelOverOpenings(long seed) {
        run(seed, () -> RocksMetaStoreTest.openAt(directory, MetaStoreContract.SPACES), true);
    }

    private static void run(long seed, Supplier<MetaStore> opening, boolean reopening) {
        try {
            new MetaStoreModel(seed, opening).run(reopening);
        } catch (AssertionError e) {
            throw new AssertionError("replay with -Dseed=" + seed, e);
        }
    }
}
