package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.Clock;
import dev.forebay.base.ObjectId;
import dev.forebay.client.ObjectBuilder;
import dev.forebay.client.ObjectClient;
import dev.forebay.client.ObjectClient.ObjectContent;
import dev.forebay.client.ObjectEvents;
import dev.forebay.client.ObjectEvents.ObjectEvent;
import dev.forebay.client.ObjectHandle;
import dev.forebay.client.ObjectInfo;
import dev.forebay.client.ObjectsException.InvalidArgument;
import dev.forebay.client.ObjectsException.ObjectExists;
import dev.forebay.client.ObjectsException.StoreFull;
import dev.forebay.client.ObjectsException.Unavailable;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** What the Java API of objects does, whatever is behind it. */
// opened before each test, which the null checker does not follow
@SuppressWarnings("NullAway.Init")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ObjectClientContract {
    /** Bytes of objects that the store takes. */
    static final long CAPACITY = 64 << 20;

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir static Path folder;

    private final List<ObjectClient> opened = new ArrayList<>();
    private ObjectClient objects;

    /** Another client of the same store, which is empty. */
    abstract ObjectClient connect();

    @BeforeEach
    void connectFirst() {
        objects = open();
    }

    @AfterEach
    void closeAll() {
        opened.forEach(ObjectClient::close);
        opened.clear();
        try (ObjectClient last = connect()) {
            while (last.evict(CAPACITY) > 0 || !last.list().isEmpty()) {
                // the store may hear of the end of the connections a moment later
                Thread.onSpinWait();
            }
        }
    }

    private ObjectClient open() {
        ObjectClient client = connect();
        opened.add(client);
        return client;
    }

    private static ObjectId id(int number) {
        return new ObjectId(-1, number, 7);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] pattern(int length) {
        byte[] bytes = new byte[length];
        for (int index = 0; index < length; index++) {
            bytes[index] = (byte) (index * 31 ^ index >> 8);
        }
        return bytes;
    }

    private static byte[] copy(MemorySegment segment) {
        return segment.toArray(ValueLayout.JAVA_BYTE);
    }

    private void put(int number, byte[] data) {
        objects.createAndSeal(ObjectContent.of(id(number), data));
    }

    private static List<ObjectId> ids(ObjectClient client) {
        return client.list().stream().map(ObjectInfo::id).sorted().toList();
    }

    private static ObjectInfo info(ObjectClient client, int number) {
        return client.list().stream()
                .filter(info -> info.id().equals(id(number)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void objectWrittenInPlaceIsReadByAnother() {
        try (ObjectBuilder builder = objects.create(id(1), 1000, bytes("about it"))) {
            MemorySegment.copy(MemorySegment.ofArray(pattern(1000)), 0, builder.data(), 0, 1000);
            assertThat(objects.find(id(1))).isEmpty();
            assertThat(info(objects, 1).state()).isEqualTo(ObjectInfo.State.CREATED);
            assertThat(info(objects, 1).construction()).isEmpty();
            builder.seal();
            builder.seal();
        }
        ObjectClient other = open();
        try (ObjectHandle handle = other.find(id(1)).orElseThrow()) {
            assertThat(handle.id()).isEqualTo(id(1));
            assertThat(copy(handle.data())).isEqualTo(pattern(1000));
            assertThat(copy(handle.metadata())).isEqualTo(bytes("about it"));
            assertThat(handle.data().isReadOnly()).isTrue();
            assertThat(handle.data().address() % 64).isZero();
        }
        ObjectInfo info = info(other, 1);
        assertThat(info.dataLength()).isEqualTo(1000);
        assertThat(info.metadataLength()).isEqualTo(8);
        assertThat(info.state()).isEqualTo(ObjectInfo.State.SEALED);
        assertThat(info.construction()).isPresent();
    }

    @Test
    void nameIsTakenFromCreationOn() {
        try (ObjectBuilder builder = objects.create(id(1), 1)) {
            assertThatThrownBy(() -> open().create(id(1), 1)).isInstanceOf(ObjectExists.class);
            builder.seal();
        }
        assertThatThrownBy(() -> put(1, bytes("x"))).isInstanceOf(ObjectExists.class);
        assertThatThrownBy(() -> put(1, pattern(100_000))).isInstanceOf(ObjectExists.class);
        objects.delete(id(1));
        put(1, bytes("y"));
    }

    @Test
    void unsealedObjectVanishesWithItsBuilderOrClient() {
        objects.create(id(1), 10).close();
        objects.create(id(1), 10).abort();
        ObjectClient other = open();
        other.create(id(2), 10);
        assertThat(ids(objects)).containsExactly(id(2));
        other.close();
        assertThat(soon(() -> objects.list().isEmpty())).isTrue();
    }

    private static boolean soon(BooleanSupplier condition) {
        Clock clock = Clock.system();
        long end = clock.nanos() + SOON.toNanos();
        boolean met = condition.getAsBoolean();
        while (!met && clock.nanos() < end) {
            met = condition.getAsBoolean();
        }
        return met;
    }

    @Test
    void smallAndLargeObjectsAreStoredAsAWhole() {
        for (int length : new int[] {0, 1, 65_536, 65_537, 20_000_000}) {
            put(length, pattern(length));
            try (ObjectHandle handle = objects.find(id(length)).orElseThrow()) {
                assertThat(MemorySegment.ofArray(pattern(length)).mismatch(handle.data()))
                        .isEqualTo(-1);
            }
            assertThat(info(objects, length).references()).isZero();
        }
    }

    @Test
    void batchIsStoredAsAWholeOrNotAtAll() {
        put(3, bytes("there"));
        List<ObjectContent> batch =
                List.of(
                        ObjectContent.of(id(1), bytes("one")),
                        ObjectContent.of(id(2), bytes("two")),
                        ObjectContent.of(id(3), bytes("three")));
        assertThatThrownBy(() -> objects.createAndSeal(batch)).isInstanceOf(ObjectExists.class);
        assertThat(ids(objects)).containsExactly(id(3));
        objects.createAndSeal(batch.subList(0, 2));
        assertThat(ids(objects)).containsExactly(id(1), id(2), id(3));
    }

    @Test
    void getAnswersInTheOrderOfTheNames() {
        put(1, bytes("one"));
        put(2, bytes("two"));
        List<Optional<ObjectHandle>> found =
                objects.get(List.of(id(2), id(9), id(1)), Duration.ofMillis(10));
        assertThat(found.get(1)).isEmpty();
        assertThat(copy(found.get(0).orElseThrow().data())).isEqualTo(bytes("two"));
        assertThat(copy(found.get(2).orElseThrow().data())).isEqualTo(bytes("one"));
        assertThat(info(objects, 1).references()).isEqualTo(1);
        found.forEach(handle -> handle.ifPresent(ObjectHandle::close));
        assertThat(soon(() -> info(objects, 1).references() == 0)).isTrue();
        assertThat(objects.get(List.of(), Duration.ZERO)).isEmpty();
    }

    @Test
    void getWaitsForObjects() {
        ObjectClient other = open();
        var waiting =
                CompletableFuture.supplyAsync(
                        () -> other.get(List.of(id(1), id(2)), SOON), Thread::startVirtualThread);
        put(1, bytes("one"));
        put(2, bytes("two"));
        List<Optional<ObjectHandle>> found = waiting.join();
        assertThat(found).hasSize(2).allMatch(Optional::isPresent);
    }

    @Test
    void referenceGoesWithTheLastHandle() {
        put(1, bytes("one"));
        ObjectHandle first = objects.find(id(1)).orElseThrow();
        ObjectHandle second = objects.find(id(1)).orElseThrow();
        first.close();
        first.close();
        assertThat(info(objects, 1).references()).isEqualTo(1);
        objects.delete(id(1));
        assertThat(copy(second.data())).isEqualTo(bytes("one"));
        assertThat(objects.contains(id(1))).isTrue();
        second.close();
        assertThat(soon(() -> !objects.contains(id(1)))).isTrue();
    }

    @Test
    void containsAndDeleteTakeAnyName() {
        put(1, bytes("one"));
        assertThat(objects.contains(id(1))).isTrue();
        assertThat(objects.contains(id(2))).isFalse();
        objects.delete(List.of(id(1), id(2)));
        objects.delete(List.of());
        assertThat(objects.contains(id(1))).isFalse();
    }

    @Test
    void hashIsThatOfTheContent() {
        put(1, pattern(3_000_000));
        put(2, pattern(3_000_000));
        put(3, pattern(3_000_001));
        assertThat(objects.hash(id(1)).orElseThrow()).hasSize(8);
        assertThat(objects.hash(id(2)).orElseThrow())
                .isEqualTo(objects.hash(id(1)).orElseThrow())
                .isNotEqualTo(objects.hash(id(3)).orElseThrow());
        assertThat(objects.hash(id(4))).isEmpty();
        assertThat(soon(() -> info(objects, 1).references() == 0)).isTrue();
    }

    @Test
    void fullStoreSaysSo() {
        assertThat(objects.capacity()).isEqualTo(CAPACITY);
        assertThatThrownBy(() -> objects.create(id(1), CAPACITY + 1)).isInstanceOf(StoreFull.class);
        put(1, new byte[(int) CAPACITY]);
        put(2, new byte[1]);
        assertThat(objects.contains(id(1))).isFalse();
        try (ObjectBuilder builder = objects.create(id(3), CAPACITY - 1)) {
            assertThat(builder.data().byteSize()).isEqualTo(CAPACITY - 1);
            assertThatThrownBy(() -> put(4, new byte[2])).isInstanceOf(StoreFull.class);
        }
    }

    @Test
    void evictTakesTheOldestUnreferenced() {
        for (int number = 1; number <= 3; number++) {
            put(number, pattern(1000));
        }
        ObjectHandle held = objects.find(id(1)).orElseThrow();
        objects.refresh(List.of(id(2), id(9)));
        assertThat(objects.evict(1)).isEqualTo(1000);
        assertThat(ids(objects)).containsExactly(id(1), id(2));
        assertThat(objects.evict(CAPACITY)).isEqualTo(1000);
        assertThat(objects.evict(CAPACITY)).isZero();
        assertThat(copy(held.data())).isEqualTo(pattern(1000));
        assertThatThrownBy(() -> objects.evict(-1)).isInstanceOf(InvalidArgument.class);
    }

    @Test
    void reservedMemoryIsASmallStoreOfItsOwn() {
        ObjectClient other = open();
        other.reserve("other", CAPACITY / 2);
        assertThatThrownBy(() -> other.reserve("other", 1)).isInstanceOf(StoreFull.class);
        assertThatThrownBy(() -> objects.reserve("first", CAPACITY / 2))
                .isInstanceOf(StoreFull.class);
        assertThatThrownBy(() -> other.create(id(1), CAPACITY / 2 + 1))
                .isInstanceOf(StoreFull.class);
        other.create(id(1), CAPACITY / 2).seal();
        other.create(id(2), CAPACITY / 2).seal();
        assertThat(ids(other)).contains(id(2)).doesNotContain(id(1));
    }

    @Test
    void eventsComeInOrder() {
        put(1, bytes("there before"));
        try (ObjectEvents events = open().subscribe()) {
            put(2, bytes("22"));
            objects.delete(id(1));
            objects.createAndSeal(
                    List.of(
                            ObjectContent.of(id(3), bytes("3")),
                            ObjectContent.of(id(4), bytes("4"))));
            assertThat(events.next()).hasValueSatisfying(event -> assertSealed(event, 1));
            assertThat(events.next())
                    .hasValue(
                            new ObjectEvent.Sealed(
                                    List.of(new ObjectEvents.SealedObject(id(2), 2, 0))));
            assertThat(events.next()).hasValue(new ObjectEvent.Gone(id(1)));
            assertThat(events.next()).hasValueSatisfying(event -> assertSealed(event, 3, 4));
        }
    }

    private static void assertSealed(ObjectEvent event, int... numbers) {
        List<ObjectId> expected = new ArrayList<>();
        for (int number : numbers) {
            expected.add(id(number));
        }
        assertThat(event).isInstanceOf(ObjectEvent.Sealed.class);
        assertThat(((ObjectEvent.Sealed) event).objects())
                .extracting(ObjectEvents.SealedObject::id)
                .containsExactlyElementsOf(expected);
    }

    @Test
    void closeEndsThoseWhoWait() throws Exception {
        ObjectClient other = open();
        ObjectEvents events = other.subscribe();
        var waiting = CompletableFuture.supplyAsync(events::next, Thread::startVirtualThread);
        other.close();
        assertThat(waiting.get(SOON.toSeconds(), TimeUnit.SECONDS)).isEmpty();
        assertThatThrownBy(() -> other.contains(id(1))).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> other.create(id(1), 1)).isInstanceOf(Unavailable.class);
        other.close();
    }

    @Test
    void handlesAreReadableAfterTheClientIsClosed() {
        put(1, pattern(1000));
        ObjectClient other = open();
        ObjectHandle handle = other.find(id(1)).orElseThrow();
        other.close();
        assertThat(copy(handle.data())).isEqualTo(pattern(1000));
        handle.close();
        assertThat(soon(() -> info(objects, 1).references() == 0)).isTrue();
    }

    @Test
    void clientsUseOneStoreTogether() {
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (int client = 0; client < 4; client++) {
            int first = client * 1000;
            ObjectClient mine = open();
            running.add(
                    CompletableFuture.runAsync(
                            () -> work(mine, first), task -> new Thread(task).start()));
        }
        running.forEach(CompletableFuture::join);
        assertThat(ids(objects)).hasSize(4 * 100);
    }

    private static void work(ObjectClient mine, int first) {
        for (int number = first; number < first + 100; number++) {
            byte[] data = pattern(number * 7 % 5000);
            mine.createAndSeal(ObjectContent.of(id(number), data));
            try (ObjectHandle handle = mine.find(id(number)).orElseThrow()) {
                assertThat(copy(handle.data())).isEqualTo(data);
            }
        }
    }

    @Test
    void storeTellsAboutItself() {
        assertThat(objects.debugText()).isNotBlank();
        assertThat(objects.endpoint()).isNotBlank();
    }
}
