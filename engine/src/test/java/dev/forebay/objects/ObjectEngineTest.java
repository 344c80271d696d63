package dev.forebay.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.arena.Arena;
import dev.forebay.arena.ArenaOptions;
import dev.forebay.arena.HeapArena;
import dev.forebay.base.DataSize;
import dev.forebay.base.ObjectId;
import dev.forebay.base.Principal;
import dev.forebay.base.error.AlreadyExists;
import dev.forebay.base.error.Closed;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.OutOfSpace;
import dev.forebay.base.error.QuotaExceeded;
import dev.forebay.objects.ObjectSession.Deletion;
import dev.forebay.objects.ObjectSession.Request;
import dev.forebay.testkit.ManualClock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

class ObjectEngineTest {
    private static final long CAPACITY = 1000;

    private final ManualClock clock = new ManualClock(1_000_000);
    private final Arena arena = HeapArena.open(ArenaOptions.of(CAPACITY));
    private final List<String> heard = new ArrayList<>();
    private ObjectEngine engine = NodeObjectEngine.open(arena, ObjectsConfig.DEFAULT, clock);
    private final ObjectSession session = engine.open(Principal.node("one"));
    private final ObjectSession other = engine.open(Principal.node("two"));

    private static void nobody() {}

    @AfterEach
    void close() {
        engine.close();
        arena.close();
    }

    private static ObjectId id(int number) {
        return new ObjectId(0, 0, number);
    }

    private static ObjectContent content(int number, int length) {
        byte[] data = new byte[length];
        Arrays.fill(data, (byte) number);
        return new ObjectContent(
                id(number), MemorySegment.ofArray(data), MemorySegment.ofArray(new byte[0]), 7);
    }

    private void put(int number, int length) {
        session.createAndSeal(List.of(content(number, length)));
    }

    private static boolean got(ObjectWait wait, int index) {
        return wait.find(index).isPresent();
    }

    private void listen() {
        engine.subscribe(
                new ObjectListener() {
                    @Override
                    public void sealed(List<ObjectStatus> objects) {
                        objects.forEach(object -> heard.add("+" + object.id().third()));
                    }

                    @Override
                    public void gone(ObjectId id) {
                        heard.add("-" + id.third());
                    }
                });
    }

    @Test
    void createdObjectIsWrittenSealedAndRead() {
        ObjectView view = session.create(new Request(id(1), 5, 3));
        view.data().fill((byte) 1);
        view.metadata().fill((byte) 2);
        assertThat(session.contains(id(1))).isFalse();
        clock.advance(Duration.ofMillis(2500));
        session.seal(id(1), 42);
        session.release(id(1));

        ObjectWait wait = other.get(List.of(id(1)), ObjectEngineTest::nobody);
        assertThat(wait.complete()).isTrue();
        ObjectView read = wait.find(0).orElseThrow();
        assertThat(read.data().toArray(ValueLayout.JAVA_BYTE)).containsOnly(1).hasSize(5);
        assertThat(read.metadata().toArray(ValueLayout.JAVA_BYTE)).containsOnly(2).hasSize(3);
        assertThat(read.digest()).isEqualTo(42);
        assertThat(engine.find(id(1)).orElseThrow())
                .isEqualTo(
                        new ObjectStatus(
                                id(1), 5, 3, 1, 1_000_000, 2500, ObjectStatus.State.SEALED, 42));
    }

    @Test
    void sessionsTellWhatTheyHold() {
        put(1, 10);
        session.create(new Request(id(2), 5, 3));
        other.get(List.of(id(1)), ObjectEngineTest::nobody);
        assertThat(engine.sessions())
                .containsExactlyInAnyOrder(
                        new SessionStatus("one", "embedded", 1, 8),
                        new SessionStatus("two", "embedded", 1, 10));
        session.close();
        other.release(id(1));
        assertThat(engine.sessions()).containsExactly(new SessionStatus("two", "embedded", 0, 0));
    }

    @Test
    void nameInUseCannotBeCreated() {
        session.create(new Request(id(1), 1, 0));
        assertThatThrownBy(() -> other.create(new Request(id(1), 1, 0)))
                .isInstanceOf(AlreadyExists.class);
        session.seal(id(1), 0);
        assertThatThrownBy(() -> other.createAndSeal(List.of(content(1, 1))))
                .isInstanceOf(AlreadyExists.class);
        assertThat(arena.used()).isEqualTo(1);
    }

    @Test
    void sealOfWhatOneDoesNotCreateFails() {
        assertThatThrownBy(() -> session.seal(id(1), 0)).isInstanceOf(NotFound.class);
        session.create(new Request(id(1), 1, 0));
        assertThatThrownBy(() -> other.seal(id(1), 0)).isInstanceOf(NotFound.class);
        session.seal(id(1), 0);
        session.seal(id(1), 0);
    }

    @Test
    void lengthsAreChecked() {
        assertThatThrownBy(() -> session.create(new Request(id(1), -1, 0)))
                .isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> session.create(new Request(id(1), Long.MAX_VALUE, 1)))
                .isInstanceOf(Invalid.class);
        assertThat(engine.list()).isEmpty();
        assertThat(engine.statistics().bytes()).isZero();
    }

    @Test
    void objectOfTheWholeCapacityFitsAndOneByteMoreEvictsNothing() {
        put(1, 400);
        assertThatThrownBy(() -> put(2, (int) CAPACITY + 1)).isInstanceOf(OutOfSpace.class);
        assertThat(session.contains(id(1))).isTrue();
        put(2, (int) CAPACITY);
        assertThat(session.contains(id(1))).isFalse();
        assertThat(session.contains(id(2))).isTrue();
    }

    @Test
    void storeIsFullOnlyWhenNothingCanGo() {
        put(1, 600);
        assertThat(session.get(List.of(id(1)), ObjectEngineTest::nobody).complete()).isTrue();
        assertThatThrownBy(() -> put(2, 401)).isInstanceOf(OutOfSpace.class);
        assertThat(engine.find(id(2))).isEmpty();
        session.release(id(1));
        put(2, 401);
        assertThat(engine.list()).extracting(ObjectStatus::id).containsExactly(id(2));
    }

    @Test
    void oldestReleaseGoesFirst() {
        listen();
        IntStream.rangeClosed(1, 4).forEach(number -> put(number, 250));
        session.get(List.of(id(1)), ObjectEngineTest::nobody);
        session.release(id(1));
        session.refresh(List.of(id(2), id(99)));
        put(5, 250);
        put(6, 250);
        put(7, 250);
        assertThat(heard)
                .filteredOn(text -> text.startsWith("-"))
                .containsExactly("-3", "-4", "-1");
        assertThat(engine.statistics().evictions()).isEqualTo(3);
    }

    @Test
    void objectsOfNoBytesWork() {
        ObjectView view = session.create(new Request(id(1), 0, 0));
        assertThat(view.data().byteSize()).isZero();
        session.seal(id(1), 0);
        assertThat(got(other.get(List.of(id(1)), ObjectEngineTest::nobody), 0)).isTrue();
    }

    @Test
    void getTakesTheSameNameTwice() {
        put(1, 1);
        ObjectWait wait =
                session.get(List.of(id(1), id(1), id(2), id(2)), ObjectEngineTest::nobody);
        assertThat(wait.complete()).isFalse();
        wait.end();
        assertThat(List.of(got(wait, 0), got(wait, 1), got(wait, 2), got(wait, 3)))
                .containsExactly(true, true, false, false);
        assertThat(engine.find(id(1)).orElseThrow().references()).isEqualTo(1);
        put(2, 1);
        assertThat(engine.find(id(2)).orElseThrow().references()).isZero();
    }

    @Test
    void waitIsWokenOnceByTheLastObject() {
        AtomicInteger woken = new AtomicInteger();
        ObjectWait wait = session.get(List.of(id(1), id(2), id(1)), woken::incrementAndGet);
        other.createAndSeal(List.of(content(1, 1)));
        assertThat(woken).hasValue(0);
        assertThat(engine.find(id(1)).orElseThrow().references()).isEqualTo(1);
        other.create(new Request(id(2), 1, 0));
        assertThat(woken).hasValue(0);
        other.seal(id(2), 0);
        assertThat(woken).hasValue(1);
        assertThat(wait.complete()).isTrue();
        assertThat(List.of(got(wait, 0), got(wait, 1), got(wait, 2))).containsOnly(true);
        wait.end();
        assertThat(engine.find(id(2)).orElseThrow().references()).isEqualTo(2);
    }

    @Test
    void releaseOfWhatOneDoesNotHoldDoesNothing() {
        put(1, 1);
        assertThat(session.release(id(1))).isFalse();
        assertThat(session.release(id(9))).isFalse();
        other.get(List.of(id(1)), ObjectEngineTest::nobody);
        assertThat(session.release(id(1))).isFalse();
        assertThat(engine.find(id(1)).orElseThrow().references()).isEqualTo(1);
    }

    @Test
    void deleteWaitsForTheLastReference() {
        listen();
        put(1, 10);
        session.get(List.of(id(1)), ObjectEngineTest::nobody);
        other.get(List.of(id(1)), ObjectEngineTest::nobody);
        assertThat(session.delete(id(1))).isEqualTo(Deletion.IN_USE);
        assertThat(session.contains(id(1))).isTrue();
        session.release(id(1));
        assertThat(heard).containsExactly("+1");
        other.release(id(1));
        assertThat(heard).containsExactly("+1", "-1");
        assertThat(session.delete(id(1))).isEqualTo(Deletion.NOT_FOUND);
        assertThat(arena.used()).isZero();
    }

    @Test
    void deleteOfAnUnsealedObjectWaitsForSealAndRelease() {
        session.create(new Request(id(1), 10, 0));
        assertThat(other.delete(id(1))).isEqualTo(Deletion.NOT_SEALED);
        session.seal(id(1), 0);
        assertThat(session.contains(id(1))).isTrue();
        session.release(id(1));
        assertThat(session.contains(id(1))).isFalse();
        assertThat(arena.used()).isZero();
    }

    @Test
    void pendingDeleteDoesNotOutliveAnAbort() {
        session.create(new Request(id(1), 10, 0));
        other.delete(id(1));
        assertThat(session.abort(id(1))).isTrue();
        put(1, 10);
        assertThat(session.contains(id(1))).isTrue();
    }

    @Test
    void abortIsForTheCreatorOfAnUnsealedObject() {
        listen();
        session.create(new Request(id(1), 10, 0));
        assertThat(other.abort(id(1))).isFalse();
        assertThat(session.abort(id(1))).isTrue();
        assertThat(session.abort(id(1))).isFalse();
        put(2, 1);
        assertThat(session.abort(id(2))).isFalse();
        assertThat(heard).containsExactly("+2");
        assertThat(arena.used()).isEqualTo(1);
    }

    @Test
    void batchIsStoredAsAWholeOrNotAtAll() {
        listen();
        put(3, 1);
        assertThatThrownBy(
                        () ->
                                session.createAndSeal(
                                        List.of(content(1, 10), content(2, 10), content(3, 10))))
                .isInstanceOf(AlreadyExists.class);
        assertThatThrownBy(() -> session.createAndSeal(List.of(content(1, 10), content(1, 10))))
                .isInstanceOf(AlreadyExists.class);
        session.get(List.of(id(3)), ObjectEngineTest::nobody);
        assertThatThrownBy(() -> session.createAndSeal(List.of(content(1, 500), content(2, 500))))
                .isInstanceOf(OutOfSpace.class);
        assertThat(heard).containsExactly("+3");
        assertThat(arena.used()).isEqualTo(1);
        session.createAndSeal(List.of(content(1, 10), content(2, 10)));
        assertThat(heard).containsExactly("+3", "+1", "+2");
    }

    @Test
    void evictAnswersWhatWentAndTakesNoFileBlocks() {
        Object holder = new Object();
        arena.allocate(
                        Arena.Request.fixed(Arena.Kind.FILE_BLOCK, 100),
                        holder,
                        ObjectEngineTest::nobody)
                .seal();
        put(1, 100);
        put(2, 0);
        put(3, 100);
        put(4, 100);
        assertThat(engine.evict(150)).isEqualTo(200);
        assertThat(engine.list()).extracting(ObjectStatus::id).containsExactly(id(4));
        assertThat(arena.used()).isEqualTo(200);
        assertThat(engine.evict(0)).isZero();
    }

    @Test
    void endOfASessionGivesEverythingBack() {
        listen();
        put(1, 10);
        put(2, 10);
        session.get(List.of(id(1), id(2)), ObjectEngineTest::nobody);
        other.get(List.of(id(2)), ObjectEngineTest::nobody);
        session.delete(id(1));
        session.create(new Request(id(3), 10, 0));
        ObjectWait wait = session.get(List.of(id(4)), () -> heard.add("woken"));
        session.close();
        session.close();

        assertThat(heard).containsExactly("+1", "+2", "-1");
        assertThat(engine.find(id(3))).isEmpty();
        assertThat(engine.find(id(2)).orElseThrow().references()).isEqualTo(1);
        other.createAndSeal(List.of(content(4, 1)));
        assertThat(wait.complete()).isFalse();
        assertThat(heard).doesNotContain("woken");
        assertThatThrownBy(() -> put(9, 1)).isInstanceOf(Closed.class);
        assertThat(engine.statistics().sessions()).isEqualTo(1);
    }

    @Test
    void subscriberHearsFirstWhatIsThere() {
        put(1, 1);
        session.create(new Request(id(2), 1, 0));
        listen();
        session.seal(id(2), 0);
        assertThat(heard).containsExactly("+1", "+2");
    }

    @Test
    void reservedObjectsAreEvictedOnlyByTheirSession() {
        session.reserve(500);
        put(1, 250);
        put(2, 250);
        other.createAndSeal(List.of(content(3, 500)));
        assertThatThrownBy(() -> other.createAndSeal(List.of(content(4, 501))))
                .isInstanceOf(OutOfSpace.class);
        put(5, 250);
        assertThat(engine.list())
                .extracting(ObjectStatus::id)
                .containsExactlyInAnyOrder(id(2), id(5), id(3));
        assertThatThrownBy(() -> put(6, 501)).isInstanceOf(QuotaExceeded.class);
    }

    @Test
    void reservedObjectsInUseLeaveTheQuota() {
        session.reserve(300);
        put(1, 300);
        session.get(List.of(id(1)), ObjectEngineTest::nobody);
        put(2, 300);
        assertThat(session.contains(id(1))).isTrue();
        session.release(id(1));
        other.createAndSeal(List.of(content(3, 700)));
        assertThat(session.contains(id(1))).isFalse();
        assertThat(session.contains(id(2))).isTrue();
    }

    @Test
    void reservationsLeaveThirtyPercentAndComeOnce() {
        session.reserve(300);
        assertThatThrownBy(() -> session.reserve(1)).isInstanceOf(QuotaExceeded.class);
        assertThatThrownBy(() -> other.reserve(401)).isInstanceOf(QuotaExceeded.class);
        put(1, 300);
        session.close();
        other.reserve(700);
        other.createAndSeal(List.of(content(2, 700)));
        assertThat(other.contains(id(1))).isTrue();
        engine.open(Principal.node("three")).createAndSeal(List.of(content(3, 300)));
        assertThat(other.contains(id(1))).isFalse();
    }

    private static ObjectsConfig quota(long bytes) {
        return new ObjectsConfig(
                new DataSize(bytes), Optional.empty(), ObjectsConfig.DEFAULT.spillMax());
    }

    @Test
    void userQuotaCountsAllSessionsOfAUser() {
        engine = NodeObjectEngine.open(arena, quota(300), clock);
        ObjectSession first = engine.open(Principal.node("user"));
        ObjectSession second = engine.open(Principal.node("user"));
        ObjectSession stranger = engine.open(Principal.node("stranger"));
        first.createAndSeal(List.of(content(1, 200)));
        second.createAndSeal(List.of(content(2, 100)));
        stranger.createAndSeal(List.of(content(3, 300)));
        second.get(List.of(id(2)), ObjectEngineTest::nobody);
        second.createAndSeal(List.of(content(4, 200)));
        assertThat(engine.list())
                .extracting(ObjectStatus::id)
                .containsExactlyInAnyOrder(id(2), id(3), id(4));
        assertThatThrownBy(() -> first.createAndSeal(List.of(content(5, 201))))
                .isInstanceOf(QuotaExceeded.class);
        assertThat(first.contains(id(4))).isTrue();
    }
}
