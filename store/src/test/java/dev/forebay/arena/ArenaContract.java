package dev.forebay.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.forebay.arena.Arena.Kind;
import dev.forebay.arena.Arena.Request;
import dev.forebay.base.error.Closed;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.InvalidState;
import dev.forebay.base.error.OutOfSpace;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** What each arena does. */
abstract class ArenaContract {
    static final long CAPACITY = 10_000_000;

    final Object holder = new Object();
    final List<String> evicted = new ArrayList<>();
    Arena arena;

    abstract Arena open(ArenaOptions options);

    @BeforeEach
    final void openArena() {
        arena = open(ArenaOptions.of(CAPACITY));
    }

    @AfterEach
    final void closeArena() {
        arena.close();
    }

    @Test
    void residentIsUnsealedAndHeldOnce() {
        Resident resident = allocate(Kind.OBJECT, 100, "a");

        assertThat(resident.length()).isEqualTo(100);
        assertThat(resident.kind()).isEqualTo(Kind.OBJECT);
        assertThat(resident.sealed()).isFalse();
        assertThat(resident.holders()).isEqualTo(1);
        assertThat(resident.segment().byteSize()).isEqualTo(100);
    }

    @Test
    void mapShowsWhatIsTaken() {
        assertThat(arena.occupancy(3)).containsExactly(0, 0, 0);
        List<Resident> four = new ArrayList<>();
        for (int index = 0; index < 4; index++) {
            four.add(allocate(Kind.OBJECT, 64_000, "a"));
        }
        assertThat(arena.occupancy(4)).containsExactly(100, 100, 100, 100);
        four.get(1).release(holder);
        assertThat(arena.occupancy(4)).containsExactly(100, 0, 100, 100);
        assertThat(arena.occupancy(2)).containsExactly(50, 100);
        four.get(3).release(holder);
        assertThat(arena.occupancy(1)).containsExactly(66);
    }

    @Test
    void mapTellsAlsoOfRoomToGrow() {
        allocate(Kind.OBJECT, 64, "a");
        arena.allocate(new Request(Kind.FILE_BLOCK, 10, 1 << 20), holder, () -> {});
        List<Integer> map = arena.occupancy(64);
        assertThat(map).hasSize(64);
        assertThat(map.getFirst()).isPositive();
        assertThat(map.getLast()).isEqualTo(100);
    }

    @Test
    void mapHasOneToFourThousandPieces() {
        allocate(Kind.OBJECT, 64, "a");
        assertThat(arena.occupancy(4096)).hasSize(4096).contains(100);
        assertThatThrownBy(() -> arena.occupancy(0)).isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> arena.occupancy(4097)).isInstanceOf(Invalid.class);
        arena.close();
        assertThatThrownBy(() -> arena.occupancy(1)).isInstanceOf(Closed.class);
    }

    @Test
    void residentsBeginAtMultiplesOfTheAlignment() {
        for (int length : new int[] {0, 1, 63, 64, 65, 4095, 4096, 4097, 100_000}) {
            Resident resident = allocate(Kind.OBJECT, length, "a");
            assertThat(resident.offset() % Arena.ALIGNMENT).isZero();
            assertThat(resident.segment().byteSize()).isEqualTo(length);
        }
    }

    @Test
    void residentsDoNotOverlap() {
        List<Resident> residents = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            residents.add(allocate(Kind.OBJECT, 1 + i * 37 % 5000, "a"));
            residents.getLast().segment().fill((byte) i);
        }
        for (int i = 0; i < residents.size(); i++) {
            assertFilled(residents.get(i), (byte) i);
        }
    }

    @Test
    void usedIsTheSumOfLengths() {
        allocate(Kind.OBJECT, 1, "a");
        Resident second = allocate(Kind.FILE_BLOCK, 1000, "b");
        allocate(Kind.OBJECT, 0, "c");
        assertThat(arena.used()).isEqualTo(1001);

        second.release(holder);
        assertThat(arena.used()).isEqualTo(1);
        assertThat(arena.capacity()).isEqualTo(CAPACITY);
    }

    @Test
    void residentOfTheCapacityFits() {
        sealed(Kind.OBJECT, 1_000_000, "small");

        Resident whole = allocate(Kind.OBJECT, CAPACITY, "whole");

        assertThat(evicted).containsExactly("small");
        assertThat(arena.used()).isEqualTo(CAPACITY);
        whole.segment().set(JAVA_BYTE, CAPACITY - 1, (byte) 1);
    }

    @Test
    void oneByteMoreThanTheCapacityFailsAndEvictsNothing() {
        sealed(Kind.OBJECT, 1000, "a");

        assertThatThrownBy(() -> allocate(Kind.OBJECT, CAPACITY + 1, "b"))
                .isInstanceOf(OutOfSpace.class);

        assertThat(evicted).isEmpty();
        assertThat(arena.used()).isEqualTo(1000);
    }

    @Test
    void candidatesThatAreTooSmallTogetherStay() {
        sealed(Kind.OBJECT, 1000, "a");
        allocate(Kind.OBJECT, CAPACITY - 1000, "held");

        assertThatThrownBy(() -> allocate(Kind.OBJECT, 1001, "b")).isInstanceOf(OutOfSpace.class);
        assertThat(evicted).isEmpty();

        allocate(Kind.OBJECT, 1000, "c");
        assertThat(evicted).containsExactly("a");
    }

    @Test
    void evictsInTheOrderOfTheLastRelease() {
        Resident first = allocate(Kind.OBJECT, 10, "first");
        Resident second = allocate(Kind.OBJECT, 10, "second");
        Resident third = sealed(Kind.OBJECT, 10, "third");
        first.seal();
        second.seal();
        second.release(holder);
        first.release(holder);
        third.hold(this);
        third.release(this);

        assertThat(arena.evict(CAPACITY, Kind.OBJECT)).isEqualTo(30);
        assertThat(evicted).containsExactly("second", "first", "third");
    }

    @Test
    void fileBlocksGoBeforeObjects() {
        sealed(Kind.OBJECT, 10, "object");
        sealed(Kind.FILE_BLOCK, 10, "block");
        sealed(Kind.FILE_BLOCK, 10, "younger block");

        allocate(Kind.OBJECT, CAPACITY, "all");

        assertThat(evicted).containsExactly("block", "younger block", "object");
    }

    @Test
    void evictTakesOneKindOnly() {
        sealed(Kind.OBJECT, 10, "object");
        sealed(Kind.FILE_BLOCK, 20, "block");
        sealed(Kind.OBJECT, 10, "younger object");

        assertThat(arena.evict(1, Kind.OBJECT)).isEqualTo(10);
        assertThat(evicted).containsExactly("object");
        assertThat(arena.evict(100, Kind.FILE_BLOCK)).isEqualTo(20);
        assertThat(evicted).containsExactly("object", "block");
        assertThat(arena.evict(0, Kind.OBJECT)).isZero();
        assertThat(arena.used()).isEqualTo(10);
    }

    @Test
    void evictsNoMoreThanNeeded() {
        for (int i = 0; i < 10; i++) {
            sealed(Kind.OBJECT, CAPACITY / 10, "object " + i);
        }
        allocate(Kind.OBJECT, 1, "one more");

        assertThat(evicted).containsExactly("object 0");
    }

    @Test
    void residentsOfNoBytesGoOnTheWay() {
        sealed(Kind.OBJECT, 0, "empty");
        sealed(Kind.OBJECT, 10, "ten");

        assertThat(arena.evict(1, Kind.OBJECT)).isEqualTo(10);
        assertThat(evicted).containsExactly("empty", "ten");
        assertThat(arena.statistics().residents()).isZero();
    }

    @Test
    void heldAndPinnedResidentsAreNotEvicted() {
        allocate(Kind.OBJECT, 10, "unsealed");
        Resident held = sealed(Kind.OBJECT, 10, "held");
        assertThat(held.hold(this)).isTrue();
        Resident pinned = sealed(Kind.OBJECT, 10, "pinned");
        pinned.pin();
        pinned.pin();
        pinned.unpin();

        assertThat(arena.evict(CAPACITY, Kind.OBJECT)).isZero();

        pinned.unpin();
        held.release(this);
        assertThat(arena.evict(CAPACITY, Kind.OBJECT)).isEqualTo(20);
        assertThat(evicted).containsExactly("pinned", "held");
    }

    @Test
    void touchMakesTheYoungest() {
        Resident first = sealed(Kind.OBJECT, 10, "first");
        sealed(Kind.OBJECT, 10, "second");
        first.touch();

        arena.evict(CAPACITY, Kind.OBJECT);

        assertThat(evicted).containsExactly("second", "first");
    }

    @Test
    void touchOfAHeldResidentDoesNothing() {
        Resident held = allocate(Kind.OBJECT, 10, "held");
        held.seal();
        held.touch();

        assertThat(arena.evict(CAPACITY, Kind.OBJECT)).isZero();
        assertThat(arena.statistics().evictable()).isZero();
    }

    @Test
    void aHolderHoldsOnce() {
        Resident resident = sealed(Kind.OBJECT, 10, "a");
        assertThat(resident.hold(this)).isTrue();
        assertThat(resident.hold(this)).isTrue();
        assertThat(resident.holders()).isEqualTo(1);

        resident.release(holder);
        assertThat(resident.holders()).isEqualTo(1);
        resident.release(this);
        assertThat(resident.holders()).isZero();
    }

    @Test
    void manyHoldersAreToldApartByIdentity() {
        Resident resident = sealed(Kind.OBJECT, 10, "a");
        List<String> holders = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            holders.add(new String("equal"));
            assertThat(resident.hold(holders.getLast())).isTrue();
        }
        assertThat(resident.holders()).isEqualTo(20);

        holders.forEach(resident::release);
        assertThat(resident.holders()).isZero();
        assertThat(arena.evict(1, Kind.OBJECT)).isEqualTo(10);
    }

    @Test
    void releaseOfAnUnsealedResidentEndsIt() {
        Resident resident = allocate(Kind.OBJECT, 10, "a");
        resident.release(holder);

        assertThat(resident.hold(holder)).isFalse();
        assertThat(arena.used()).isZero();
        assertThat(evicted).isEmpty();
        assertThatThrownBy(resident::seal).isInstanceOf(InvalidState.class);
        assertThatThrownBy(resident::pin).isInstanceOf(InvalidState.class);
        assertThatThrownBy(() -> resident.extend(10)).isInstanceOf(InvalidState.class);
    }

    @Test
    void freeOfAnUnheldResidentEndsItAtOnce() {
        Resident resident = sealed(Kind.OBJECT, 10, "a");
        resident.pin();
        resident.free();
        resident.free();

        assertThat(resident.hold(holder)).isFalse();
        assertThat(arena.used()).isZero();
        assertThat(evicted).isEmpty();
        resident.unpin();
        resident.touch();
        resident.release(holder);
    }

    @Test
    void freeOfAHeldResidentWaitsForTheLastRelease() {
        Resident resident = sealed(Kind.OBJECT, 10, "a");
        resident.hold(holder);
        resident.hold(this);
        resident.segment().fill((byte) 7);
        resident.free();

        assertThat(resident.hold(new Object())).isFalse();
        resident.release(this);
        assertThat(arena.used()).isEqualTo(10);
        assertFilled(resident, (byte) 7);
        resident.release(holder);
        assertThat(arena.used()).isZero();
        assertThat(evicted).isEmpty();
    }

    @Test
    void evictedResidentCannotBeHeld() {
        Resident resident = sealed(Kind.OBJECT, 10, "a");
        arena.evict(1, Kind.OBJECT);

        assertThat(resident.hold(holder)).isFalse();
        resident.release(holder);
        resident.free();
        assertThat(arena.used()).isZero();
        assertThat(evicted).containsExactly("a");
    }

    @Test
    void residentGrowsInPlace() {
        Resident resident =
                arena.allocate(new Request(Kind.FILE_BLOCK, 0, 5_000_000), holder, () -> {});
        Resident other =
                arena.allocate(new Request(Kind.FILE_BLOCK, 0, 5_000_000), holder, () -> {});
        long offset = resident.offset();
        for (int length = 50_000; length <= 5_000_000; length += 50_000) {
            resident.extend(length);
            resident.segment().asSlice(length - 50_000).fill((byte) (length / 50_000));
            other.extend(length);
            other.segment().asSlice(length - 50_000).fill((byte) -1);
        }

        assertThat(resident.offset()).isEqualTo(offset);
        assertThat(arena.used()).isEqualTo(10_000_000);
        for (int i = 0; i < 100; i++) {
            assertFilled(resident.segment().asSlice(i * 50_000L, 50_000), (byte) (i + 1));
        }
    }

    @Test
    void growthIsChecked() {
        Resident resident = arena.allocate(new Request(Kind.FILE_BLOCK, 10, 20), holder, () -> {});
        assertThatThrownBy(() -> resident.extend(9)).isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> resident.extend(21)).isInstanceOf(Invalid.class);
        resident.extend(20);
        resident.seal();
        assertThatThrownBy(() -> resident.extend(20)).isInstanceOf(InvalidState.class);
        assertThatThrownBy(() -> new Request(Kind.OBJECT, 2, 1)).isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> new Request(Kind.OBJECT, -1, 1)).isInstanceOf(Invalid.class);
    }

    @Test
    void growthEvictsOthers() {
        sealed(Kind.OBJECT, CAPACITY / 2, "a");
        Resident growing =
                arena.allocate(new Request(Kind.FILE_BLOCK, 0, 2 * CAPACITY), holder, () -> {});
        growing.extend(CAPACITY / 2);
        assertThat(evicted).isEmpty();

        growing.extend(CAPACITY);
        assertThat(evicted).containsExactly("a");
        assertThatThrownBy(() -> growing.extend(CAPACITY + 1)).isInstanceOf(OutOfSpace.class);
        assertThat(growing.length()).isEqualTo(CAPACITY);
        assertThat(arena.used()).isEqualTo(CAPACITY);
    }

    @Test
    void sealGivesBackWhatWasSetAside() {
        List<Resident> residents = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            residents.add(
                    arena.allocate(new Request(Kind.FILE_BLOCK, 0, CAPACITY), holder, () -> {}));
            residents.getLast().extend(i % 3 * 1000L);
            residents.getLast().segment().fill((byte) i);
            residents.getLast().seal();
            residents.getLast().seal();
        }
        for (int i = 0; i < 5000; i++) {
            assertFilled(residents.get(i), (byte) i);
        }
    }

    @Test
    void callbackMayUseTheArena() {
        List<Long> seen = new ArrayList<>();
        Resident first =
                arena.allocate(
                        Request.fixed(Kind.OBJECT, CAPACITY),
                        holder,
                        () -> {
                            seen.add(arena.used());
                            allocate(Kind.OBJECT, 5, "inner");
                        });
        first.seal();
        first.release(holder);

        allocate(Kind.OBJECT, 10, "second");

        assertThat(seen).containsExactly(10L);
        assertThat(arena.used()).isEqualTo(15);
    }

    @Test
    void callbackThatFailsHarmsNobody() {
        Resident first =
                arena.allocate(
                        Request.fixed(Kind.OBJECT, CAPACITY),
                        holder,
                        () -> {
                            throw new IllegalStateException("planted");
                        });
        first.seal();
        first.release(holder);

        assertThat(allocate(Kind.OBJECT, 10, "second").holders()).isEqualTo(1);
    }

    @Test
    void fragmentationCostsNoCapacity() {
        List<Resident> residents = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            residents.add(sealed(Kind.OBJECT, 20_000, "object " + i));
        }
        for (int i = 0; i < 500; i += 2) {
            residents.get(i).free();
        }

        Resident large = allocate(Kind.OBJECT, 4_500_000, "large");

        large.segment().fill((byte) 1);
        assertThat(evicted).isEmpty();
        assertThat(arena.used()).isEqualTo(9_500_000);
        assertThat(arena.statistics().backed()).isLessThan(CAPACITY * 33 / 32 + (1 << 20));
    }

    @Test
    void warmMemoryIsUsedAgain() {
        for (int i = 0; i < 100; i++) {
            allocate(Kind.OBJECT, 1 + i * 131 % 50_000, "a").release(holder);
        }
        long backed = arena.statistics().backed();

        for (int i = 0; i < 10_000; i++) {
            allocate(Kind.OBJECT, 1 + i * 131 % 50_000, "a").release(holder);
        }

        assertThat(arena.statistics().backed()).isEqualTo(backed);
    }

    @Test
    void statisticsAddUp() {
        sealed(Kind.OBJECT, 100, "a");
        allocate(Kind.OBJECT, 200, "b");
        sealed(Kind.OBJECT, 50, "c").pin();
        sealed(Kind.FILE_BLOCK, 25, "d");
        arena.evict(1, Kind.FILE_BLOCK);

        Arena.Statistics statistics = arena.statistics();
        assertThat(statistics.residents()).isEqualTo(3);
        assertThat(statistics.pinned()).isEqualTo(250);
        assertThat(statistics.evictable()).isEqualTo(100);
        assertThat(statistics.evictions()).isEqualTo(1);
        assertThat(statistics.evictedBytes()).isEqualTo(25);
        assertThat(statistics.backed()).isGreaterThanOrEqualTo(350);
        assertThat(statistics.freeRanges()).isGreaterThanOrEqualTo(1);
    }

    @Test
    void residentsAreLimitedInNumber() {
        try (Arena small = open(new ArenaOptions(1000, java.util.Optional.empty(), 1 << 30, 2))) {
            Resident first = small.allocate(Request.fixed(Kind.OBJECT, 1), this, () -> {});
            Resident second = small.allocate(Request.fixed(Kind.OBJECT, 1), this, () -> {});
            assertThatThrownBy(() -> small.allocate(Request.fixed(Kind.OBJECT, 1), this, () -> {}))
                    .isInstanceOf(OutOfSpace.class);
            second.seal();
            second.release(this);

            small.allocate(Request.fixed(Kind.OBJECT, 1), this, () -> {});

            assertThat(first.hold(holder)).isTrue();
            assertThat(second.hold(holder)).isFalse();
        }
    }

    @Test
    void lessMemoryThanCapacityEvictsThenFails() {
        ArenaOptions options =
                new ArenaOptions(CAPACITY, java.util.Optional.empty(), 1 << 20, 1000);
        try (Arena poor = open(options)) {
            Resident first = poor.allocate(Request.fixed(Kind.OBJECT, 1 << 19), this, () -> {});
            Resident second = poor.allocate(Request.fixed(Kind.OBJECT, 1 << 19), this, () -> {});
            assertThatThrownBy(() -> poor.allocate(Request.fixed(Kind.OBJECT, 1), this, () -> {}))
                    .isInstanceOf(OutOfSpace.class);
            assertThat(poor.used()).isEqualTo(1 << 20);
            first.seal();
            first.release(this);

            poor.allocate(Request.fixed(Kind.OBJECT, 1 << 18), this, () -> {})
                    .segment()
                    .fill((byte) 1);

            assertThat(first.hold(this)).isFalse();
            assertThat(second.hold(this)).isTrue();
            assertThat(poor.statistics().backed()).isLessThanOrEqualTo(1 << 20);
        }
    }

    @Test
    void closeKeepsTheBytesAndRefusesTheRest() {
        Resident resident = sealed(Kind.OBJECT, 10, "a");
        resident.hold(holder);
        resident.segment().fill((byte) 3);
        arena.close();
        arena.close();

        assertFilled(resident, (byte) 3);
        resident.release(holder);
        assertThatThrownBy(() -> allocate(Kind.OBJECT, 1, "b")).isInstanceOf(Closed.class);
        assertThatThrownBy(() -> arena.evict(1, Kind.OBJECT)).isInstanceOf(Closed.class);
        assertThatThrownBy(() -> arena.used()).isInstanceOf(Closed.class);
        assertThatThrownBy(() -> arena.sharedFile()).isInstanceOf(Closed.class);
    }

    final Resident allocate(Kind kind, long length, String name) {
        return arena.allocate(Request.fixed(kind, length), holder, () -> evicted.add(name));
    }

    final Resident sealed(Kind kind, long length, String name) {
        Resident resident = allocate(kind, length, name);
        resident.seal();
        resident.release(holder);
        return resident;
    }

    static void assertFilled(Resident resident, byte value) {
        assertFilled(resident.segment(), value);
    }

    static void assertFilled(MemorySegment segment, byte value) {
        long index = 0;
        while (index < segment.byteSize() && segment.get(JAVA_BYTE, index) == value) {
            index++;
        }
        assertThat(index).isEqualTo(segment.byteSize());
    }
}
