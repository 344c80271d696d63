package dev.forebay.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.arena.Arena;
import dev.forebay.arena.ArenaOptions;
import dev.forebay.arena.HeapArena;
import dev.forebay.base.Clock;
import dev.forebay.base.DataSize;
import dev.forebay.base.ObjectId;
import dev.forebay.base.Principal;
import dev.forebay.base.error.AlreadyExists;
import dev.forebay.base.error.OutOfSpace;
import dev.forebay.objects.ObjectSession.Deletion;
import dev.forebay.objects.ObjectSession.Request;
import dev.forebay.testkit.FaultyDisk;
import dev.forebay.testkit.Generator;
import dev.forebay.testkit.SeededTest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Objects that go to disk instead of being evicted. */
class SpillTest {
    private static final long CAPACITY = 1000;
    private static final Path FOLDER = Path.of("/spilled");

    private final FaultyDisk disk = new FaultyDisk();
    private final Arena arena = HeapArena.open(ArenaOptions.of(CAPACITY));
    private final NodeObjectEngine engine = open(1 << 20);
    private final ObjectSession session = engine.open(Principal.node("one"));
    private final List<String> heard = new ArrayList<>();

    private NodeObjectEngine open(long spillMax) {
        return NodeObjectEngine.open(
                arena,
                new ObjectsConfig(new DataSize(0), Optional.of(FOLDER), new DataSize(spillMax)),
                Clock.system(),
                disk);
    }

    @AfterEach
    void close() {
        engine.close();
        arena.close();
    }

    private static ObjectId id(int number) {
        return new ObjectId(0, 0, number);
    }

    private static void put(ObjectSession session, int number, int length) {
        byte[] data = new byte[length];
        Arrays.fill(data, (byte) number);
        session.createAndSeal(
                List.of(
                        new ObjectContent(
                                id(number),
                                MemorySegment.ofArray(data),
                                MemorySegment.ofArray(new byte[] {9}),
                                number)));
    }

    private void put(int number, int length) {
        put(session, number, length);
    }

    private static Optional<ObjectView> get(ObjectSession session, int number) {
        ObjectWait wait = session.get(List.of(id(number)), () -> {});
        wait.end();
        return wait.find(0);
    }

    private static void requireBytes(ObjectView view, int number) {
        byte[] expected = new byte[(int) view.dataLength()];
        Arrays.fill(expected, (byte) number);
        assertThat(view.data().toArray(ValueLayout.JAVA_BYTE)).isEqualTo(expected);
        assertThat(view.metadata().toArray(ValueLayout.JAVA_BYTE)).containsExactly(9);
        assertThat(view.digest()).isEqualTo(number);
    }

    private List<String> files() throws IOException {
        return disk.list(FOLDER);
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
    void objectsGoToDiskAndComeBack() throws IOException {
        listen();
        for (int number = 1; number <= 20; number++) {
            put(number, 299);
        }
        assertThat(arena.used()).isEqualTo(900);
        assertThat(files()).hasSize(17);
        assertThat(engine.statistics().spilled()).isEqualTo(17);
        assertThat(engine.statistics().evictions()).isZero();
        assertThat(heard).hasSize(20).noneMatch(text -> text.startsWith("-"));
        for (int number = 1; number <= 20; number++) {
            assertThat(session.contains(id(number))).isTrue();
            requireBytes(get(session, number).orElseThrow(), number);
            session.release(id(number));
        }
        assertThat(engine.list()).hasSize(20);
        assertThat(heard).hasSize(20);
        assertThat(files()).hasSize(17);
    }

    @Test
    void statusSaysWhereAnObjectIs() {
        put(1, 699);
        put(2, 699);
        assertThat(engine.find(id(1)).orElseThrow().state()).isEqualTo(ObjectStatus.State.SPILLED);
        assertThat(engine.find(id(1)).orElseThrow().digest()).isEqualTo(1);
        assertThat(engine.statistics().bytes()).isEqualTo(700);
        assertThatThrownBy(() -> put(1, 1)).isInstanceOf(AlreadyExists.class);
    }

    @Test
    void whatIsReferencedStaysInMemory() {
        put(1, 499);
        assertThat(get(session, 1)).isPresent();
        put(2, 499);
        put(3, 499);
        assertThat(engine.find(id(1)).orElseThrow().state()).isEqualTo(ObjectStatus.State.SEALED);
        assertThat(engine.find(id(2)).orElseThrow().state()).isEqualTo(ObjectStatus.State.SPILLED);
        assertThat(get(session, 3)).isPresent();
        assertThat(get(session, 2)).isEmpty();
        session.release(id(3));
        requireBytes(get(session, 2).orElseThrow(), 2);
    }

    @Test
    void spilledObjectIsDeletedWithItsFile() throws IOException {
        listen();
        put(1, 699);
        put(2, 699);
        assertThat(session.delete(id(1))).isEqualTo(Deletion.DONE);
        assertThat(session.contains(id(1))).isFalse();
        assertThat(files()).isEmpty();
        assertThat(heard).containsExactly("+1", "+2", "-1");
        put(1, 10);
        requireBytes(get(session, 1).orElseThrow(), 1);
    }

    @Test
    void evictMovesToDisk() throws IOException {
        put(1, 99);
        put(2, 99);
        assertThat(engine.evict(0)).isZero();
        assertThat(engine.evict(1)).isEqualTo(100);
        assertThat(engine.evict(CAPACITY)).isEqualTo(100);
        assertThat(engine.evict(CAPACITY)).isZero();
        assertThat(arena.used()).isZero();
        assertThat(files()).hasSize(2);
        requireBytes(get(session, 1).orElseThrow(), 1);
    }

    @Test
    void fullDiskIsAFullStoreAndLosesNothing() throws IOException {
        put(1, 599);
        disk.limitCapacity(100);
        assertThatThrownBy(() -> put(2, 599)).isInstanceOf(OutOfSpace.class);
        assertThat(files()).isEmpty();
        requireBytes(get(session, 1).orElseThrow(), 1);
        session.release(id(1));
        disk.limitCapacity(Long.MAX_VALUE);
        put(2, 599);
        requireBytes(get(session, 2).orElseThrow(), 2);
    }

    @Test
    void folderHasALimit() {
        try (NodeObjectEngine small = open(700)) {
            ObjectSession other = small.open(Principal.node("two"));
            put(other, 1, 599);
            put(other, 2, 599);
            assertThatThrownBy(() -> put(other, 3, 599)).isInstanceOf(OutOfSpace.class);
            other.delete(id(1));
            put(other, 3, 599);
            assertThatThrownBy(() -> put(other, 4, (int) CAPACITY)).isInstanceOf(OutOfSpace.class);
            requireBytes(get(other, 3).orElseThrow(), 3);
        }
    }

    @Test
    void damagedBytesAreNeverHandedOut() throws IOException {
        listen();
        put(1, 599);
        put(2, 599);
        disk.flipBit(FOLDER.resolve(id(1) + ".object"), 1234);
        session.delete(id(2));
        assertThat(get(session, 1)).isEmpty();
        assertThat(session.contains(id(1))).isFalse();
        assertThat(heard).containsExactly("+1", "+2", "-2", "-1");
        assertThat(arena.used()).isZero();
    }

    @Test
    void startAndEndLeaveNothingBehind() throws IOException {
        put(1, 599);
        put(2, 599);
        assertThat(files()).hasSize(1);
        engine.close();
        assertThat(files()).isEmpty();
        disk.open(FOLDER.resolve(id(7) + ".object"), FaultyDisk.Mode.CREATE).close();
        open(1 << 20).close();
        assertThat(files()).isEmpty();
    }

    @Test
    void waitIsServedByAnObjectThatComesBack() {
        put(1, 599);
        put(2, 599);
        List<String> woken = new ArrayList<>();
        ObjectWait wait = session.get(List.of(id(1), id(1), id(3)), () -> woken.add("woken"));
        assertThat(wait.complete()).isFalse();
        assertThat(engine.find(id(1)).orElseThrow().references()).isEqualTo(1);
        put(3, 1);
        assertThat(woken).containsExactly("woken");
        requireBytes(wait.find(1).orElseThrow(), 1);
    }

    @SeededTest
    void nothingIsLost(long seed) {
        Generator generator = new Generator(seed);
        Map<Integer, Integer> lengths = new HashMap<>();
        for (int step = 0; step < 500; step++) {
            int number = generator.randomness().below(30);
            switch (generator.weighted(30, 30, 20, 10)) {
                case 0 -> {
                    if (!lengths.containsKey(number)) {
                        int length = generator.randomness().below(400);
                        try {
                            put(number, length);
                            lengths.put(number, length);
                        } catch (OutOfSpace e) {
                            assertThat(arena.statistics().pinned()).isPositive();
                        }
                    }
                }
                case 1 -> get(session, number).ifPresent(view -> requireBytes(view, number));
                case 2 -> session.release(id(number));
                default -> {
                    session.release(id(number));
                    session.delete(id(number));
                    lengths.remove(number);
                }
            }
            assertThat(engine.list()).hasSize(lengths.size());
        }
        for (int number = 0; number < 30; number++) {
            session.release(id(number));
        }
        lengths.forEach(
                (number, length) -> {
                    ObjectView view = get(session, number).orElseThrow();
                    assertThat(view.dataLength()).isEqualTo(length.longValue());
                    requireBytes(view, number);
                    session.release(id(number));
                });
    }

    @Test
    void severalClientsMoveObjectsBackAndForth() throws InterruptedException, ExecutionException {
        for (int number = 0; number < 20; number++) {
            put(number, 150);
        }
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int thread = 0; thread < 4; thread++) {
                Generator generator = new Generator(thread);
                running.add(threads.submit(() -> readAll(generator)));
            }
        }
        for (Future<?> thread : running) {
            thread.get();
        }
        assertThat(engine.list()).hasSize(20);
        assertThat(engine.statistics().referenced()).isZero();
    }

    private void readAll(Generator generator) {
        try (ObjectSession mine = engine.open(Principal.node("reader"))) {
            for (int step = 0; step < 500; step++) {
                int number = generator.randomness().below(20);
                requireBytes(get(mine, number).orElseThrow(), number);
                mine.release(id(number));
            }
        }
    }

    @Test
    void unsealedObjectsStay() {
        session.create(new Request(id(1), 600, 0));
        assertThatThrownBy(() -> put(2, 600)).isInstanceOf(OutOfSpace.class);
        assertThat(engine.evict(CAPACITY)).isZero();
    }
}
