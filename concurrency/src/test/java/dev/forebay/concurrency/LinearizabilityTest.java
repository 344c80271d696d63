package dev.forebay.concurrency;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever several threads do at once to what they share in memory, each sees it as if all had been
 * done one after the other. Lincheck makes up the histories, runs each many times, and looks for an
 * order that explains what was seen.
 */
class LinearizabilityTest {
    private static final int LONG_HISTORIES = 300;

    /** Of one history; each takes another turn. */
    private static final int REPETITIONS = 1_000;

    private static void check(Class<?> subject, int histories) {
        new StressOptions()
                .iterations(histories)
                .invocationsPerIteration(REPETITIONS)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(2)
                .actorsAfter(2)
                .check(subject);
    }

    /** With 30, a lock for sharing that is missing in the metadata store was found. */
    @Test
    void historiesOfTransactionsHaveAnOrder() {
        check(MetaStoreSubject.class, 30);
    }

    @Test
    void historiesOfTheArenaHaveAnOrder() {
        check(ArenaSubject.class, 10);
    }

    @Test
    void historiesOfObjectsHaveAnOrder() {
        check(ObjectsSubject.class, 10);
    }

    @ParameterizedTest
    @ValueSource(classes = {MetaStoreSubject.class, ArenaSubject.class, ObjectsSubject.class})
    @Tag("slow")
    void manyHistoriesHaveAnOrder(Class<?> subject) {
        check(subject, LONG_HISTORIES);
    }

    @Test
    void aRaceIsFound() {
        assertThatThrownBy(() -> check(RacySubject.class, LONG_HISTORIES))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("increment");
    }
}
