package dev.forebay.arena;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.arena.Arena.Kind;
import dev.forebay.arena.Arena.Request;
import dev.forebay.arena.ArenaModel.Entry;
import dev.forebay.base.Randomness;
import dev.forebay.base.error.OutOfSpace;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;

/** Random calls give what the model gives, and each resident keeps its bytes. */
class ArenaModelTest {
    private static final long CAPACITY = 1_000_000;
    private static final int CALLS = 2000;
    private static final int HOLDERS = 5;

    private final List<Object> holders = new ArrayList<>();
    private final Map<Entry, TrackedResident> residents = new HashMap<>();
    private final List<Integer> evicted = new ArrayList<>();
    private final ArenaModel model = new ArenaModel(CAPACITY);
    private int ids;

    static LongStream seeds() {
        return Seeds.all();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void sharedArenaDoesWhatTheModelDoes(long seed) {
        try (Arena arena = SharedArena.open(ArenaOptions.of(CAPACITY))) {
            run(arena, Randomness.seeded(seed));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void heapArenaDoesWhatTheModelDoes(long seed) {
        try (Arena arena = HeapArena.open(ArenaOptions.of(CAPACITY))) {
            run(arena, Randomness.seeded(seed));
        }
    }

    private void run(Arena arena, Randomness random) {
        for (int i = 0; i < HOLDERS; i++) {
            holders.add(new Object());
        }
        for (int call = 0; call < CALLS; call++) {
            step(arena, random);
            assertThat(arena.used()).isEqualTo(model.used());
            assertThat(arena.statistics().residents()).isEqualTo(model.there.size());
            assertThat(arena.statistics().evictable())
                    .isEqualTo(model.candidates().stream().mapToLong(entry -> entry.length).sum());
            if (call % 100 == 0) {
                model.there.forEach(this::checkBytes);
            }
        }
    }

    private void step(Arena arena, Randomness random) {
        int choice = random.below(100);
        if (choice < 25 || model.there.isEmpty()) {
            allocate(arena, random);
            return;
        }
        Entry entry = model.there.get(random.below(model.there.size()));
        Resident resident = resident(entry);
        Object holder = holders.get(random.below(HOLDERS));
        if (choice < 40) {
            extend(entry, random);
        } else if (choice < 55) {
            resident.seal();
            entry.sealed = true;
        } else if (choice < 65) {
            boolean held = resident.hold(holder);
            assertThat(held).isEqualTo(!entry.freed);
            if (held) {
                entry.holders.add(holder);
            }
        } else if (choice < 88) {
            release(entry, holder);
        } else if (choice < 90) {
            resident.pin();
            entry.pins++;
        } else if (choice < 93) {
            unpin(entry);
        } else if (choice < 95) {
            resident.touch();
            if (entry.candidate()) {
                model.settle(entry);
            }
        } else if (choice < 98) {
            free(entry);
        } else {
            evict(arena, random);
        }
    }

    private void allocate(Arena arena, Randomness random) {
        Kind kind = random.below(2) == 0 ? Kind.OBJECT : Kind.FILE_BLOCK;
        long length = length(random);
        long lengthMax = random.below(3) == 0 ? length + length(random) * 20 : length;
        Object holder = holders.get(random.below(HOLDERS));
        Entry entry = new Entry(ids++, kind, length);
        Optional<List<Entry>> gone = model.makeRoom(length);
        Request request = new Request(kind, length, lengthMax);
        Runnable onEvict = () -> evicted.add(entry.id);
        boolean done = attempt(() -> put(entry, arena.allocate(request, holder, onEvict)));
        checkEvicted(gone, done);
        if (done) {
            entry.holders.add(holder);
            model.there.add(entry);
            resident(entry).segment().fill((byte) entry.id);
        }
    }

    private void put(Entry entry, Resident resident) {
        residents.put(entry, (TrackedResident) resident);
    }

    private void extend(Entry entry, Randomness random) {
        TrackedResident resident = resident(entry);
        long length = Math.min(resident.lengthMax(), entry.length + length(random));
        if (entry.sealed) {
            return;
        }
        Optional<List<Entry>> gone = model.makeRoom(length - entry.length);
        boolean done = attempt(() -> resident.extend(length));
        checkEvicted(gone, done);
        if (done) {
            resident.segment().asSlice(entry.length).fill((byte) entry.id);
            entry.length = length;
        }
    }

    private void release(Entry entry, Object holder) {
        checkBytes(entry);
        resident(entry).release(holder);
        if (entry.holders.remove(holder) && entry.holders.isEmpty()) {
            model.settle(entry);
        }
    }

    private void unpin(Entry entry) {
        if (entry.pins > 0) {
            resident(entry).unpin();
            entry.pins--;
            if (entry.candidate()) {
                model.settle(entry);
            }
        }
    }

    private void free(Entry entry) {
        resident(entry).free();
        entry.freed = true;
        if (entry.holders.isEmpty()) {
            model.settle(entry);
        }
    }

    private void evict(Arena arena, Randomness random) {
        long bytes = length(random);
        Kind kind = random.below(2) == 0 ? Kind.FILE_BLOCK : Kind.OBJECT;
        long sum = 0;
        List<Entry> gone = new ArrayList<>();
        for (Entry candidate : model.candidates()) {
            if (candidate.kind == kind && sum < bytes) {
                gone.add(candidate);
                sum += candidate.length;
            }
        }
        model.there.removeAll(gone);
        assertThat(arena.evict(bytes, kind)).isEqualTo(sum);
        checkEvicted(Optional.of(gone), true);
    }

    private void checkEvicted(Optional<List<Entry>> expected, boolean done) {
        assertThat(done).isEqualTo(expected.isPresent());
        assertThat(evicted)
                .isEqualTo(expected.orElse(List.of()).stream().map(entry -> entry.id).toList());
        evicted.clear();
    }

    private void checkBytes(Entry entry) {
        MemorySegment segment = resident(entry).segment();
        assertThat(segment.byteSize()).isEqualTo(entry.length);
        ArenaContract.assertFilled(segment, (byte) entry.id);
    }

    private TrackedResident resident(Entry entry) {
        return Objects.requireNonNull(residents.get(entry));
    }

    private static boolean attempt(Runnable work) {
        try {
            work.run();
            return true;
        } catch (OutOfSpace _) {
            return false;
        }
    }

    private static long length(Randomness random) {
        return random.below(1 << random.below(19));
    }
}
