package dev.forebay.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.arena.Range.Use;
import dev.forebay.base.Randomness;
import dev.forebay.base.error.OutOfSpace;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

class RangeAllocatorTest {
    private static final long SPACE = 64L << 30;
    private static final long BACKED_MAX = 2 << 20;
    private static final int CALLS = 2000;

    private final FaultyBacking backing = new FaultyBacking(SPACE);
    private final RangeAllocator allocator =
            new RangeAllocator(backing, BACKED_MAX, Long.MAX_VALUE, Runnable::run);

    static LongStream seeds() {
        return Seeds.all();
    }

    @Test
    void freedRangeIsUsedAgainAtOnce() {
        allocate(5000);
        Range second = allocate(70_000);
        allocate(5000);
        allocator.free(second);

        assertThat(allocate(70_000).offset).isEqualTo(second.offset);
    }

    @Test
    void youngestFreedRangeComesFirst() {
        List<Range> ranges = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            ranges.add(allocate(8192));
        }
        allocator.free(ranges.get(1));
        allocator.free(ranges.get(4));
        allocator.free(ranges.get(2 - 2));

        assertThat(allocate(8192).offset).isEqualTo(ranges.get(4).offset);
    }

    @Test
    void smallRangesShareSystemCalls() {
        for (int i = 0; i < 1024; i++) {
            allocate(1024);
        }
        assertThat(backing.backCalls).isEqualTo((1 << 20) / RangeAllocator.BACKING_STEP);
    }

    @Test
    void backedMemoryStaysAtTheLimit() {
        for (int i = 1; i < 100; i++) {
            Range range = allocate(i * 20_000L);
            assertThat(backing.bytes()).isLessThanOrEqualTo(BACKED_MAX);
            allocator.free(range);
        }
    }

    @Test
    void memoryLeftOverByGrowingRangesGoesBackLast() {
        Range growing = allocator.allocate(2 << 20, 64 << 20).orElseThrow();
        allocator.free(growing);
        Range again = allocator.allocate(0, 64 << 20).orElseThrow();
        assertThat(again.offset).isEqualTo(growing.offset);
        assertThat(backing.bytes()).isEqualTo(2 << 20);

        allocate(1 << 20);

        assertThat(backing.bytes()).isLessThanOrEqualTo(BACKED_MAX);
        allocator.extend(again, 1 << 20);
        assertBacked(again.offset, again.offset + (1 << 20));
    }

    @Test
    void failureToBackChangesNothing() {
        Range first = allocate(10_000);
        long freeRanges = allocator.freeRanges();
        long backed = backing.bytes();
        backing.bytesMax = 100_000;

        assertThatThrownBy(() -> allocate(1_000_000)).isInstanceOf(OutOfSpace.class);
        assertThatThrownBy(() -> allocator.allocate(1_000_000, 2_000_000))
                .isInstanceOf(OutOfSpace.class);

        assertThat(allocator.freeRanges()).isEqualTo(freeRanges);
        assertThat(allocator.backed()).isEqualTo(backing.bytes()).isLessThanOrEqualTo(backed);
        check(Map.of(first.offset, first));
    }

    @Test
    void failureToExtendChangesNothing() {
        Range range = allocator.allocate(10_000, 2_000_000).orElseThrow();
        backing.bytesMax = 100_000;

        assertThatThrownBy(() -> allocator.extend(range, 1_000_000)).isInstanceOf(OutOfSpace.class);

        assertThat(range.filled).isEqualTo(10_000);
        assertBacked(range.offset, range.offset + 10_000);
        backing.bytesMax = Long.MAX_VALUE;
        allocator.extend(range, 1_000_000);
        assertBacked(range.offset, range.offset + 1_000_000);
    }

    @Test
    void warmMemoryIsGivenBackBeforeBackingFails() {
        allocator.free(allocate(1_000_000));
        backing.bytesMax = 1_200_000;

        Range range = allocator.allocate(1_000_000, 2_000_000).orElseThrow();

        assertBacked(range.offset, range.offset + 1_000_000);
    }

    @Test
    void growingRangesThatSealShortArePackedClosely() {
        Deque<Range> open = new ArrayDeque<>();
        for (int i = 0; i < 20_000; i++) {
            open.add(allocator.allocate(4096, 128 << 20).orElseThrow());
            if (open.size() > 20) {
                allocator.settle(open.remove());
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void rangesNeverOverlapAndAreBacked(long seed) {
        Randomness random = Randomness.seeded(seed);
        Map<Long, Range> live = new TreeMap<>();
        for (int call = 0; call < CALLS; call++) {
            if (random.below(20) == 0) {
                backing.callsUntilFailure = 1 + random.below(3);
            }
            try {
                step(random, live);
            } catch (OutOfSpace _) {
                assertThat(backing.callsUntilFailure).isLessThanOrEqualTo(0);
            }
            backing.callsUntilFailure = Integer.MAX_VALUE;
            if (call % 20 == 0) {
                check(live);
            }
        }
    }

    private void step(Randomness random, Map<Long, Range> live) {
        int choice = live.size() > 50 ? 99 : random.below(100);
        if (choice < 30) {
            put(live, allocate(length(random)));
        } else if (choice < 45) {
            long length = random.below(2) * length(random);
            put(live, allocator.allocate(length, length + length(random)).orElseThrow());
        } else if (choice < 47) {
            allocator.trim(1 + random.below(1 << 20));
            allocator.countTrim();
        } else if (choice < 48) {
            allocator.trimAll();
        } else if (!live.isEmpty()) {
            change(random, live, choice);
        }
    }

    private void change(Randomness random, Map<Long, Range> live, int choice) {
        Range range = new ArrayList<>(live.values()).get(random.below(live.size()));
        if (!range.growing || choice >= 80) {
            live.remove(range.offset);
            allocator.free(range);
        } else if (choice < 70 || range.filled == 0) {
            allocator.extend(range, Math.min(range.length, range.filled + length(random)));
        } else {
            allocator.settle(range);
        }
    }

    private Range allocate(long length) {
        return allocator.allocate(length).orElseThrow();
    }

    private static void put(Map<Long, Range> live, Range range) {
        assertThat(range.offset % Arena.ALIGNMENT).isZero();
        assertThat(live.put(range.offset, range)).isNull();
    }

    private void check(Map<Long, Range> live) {
        assertThat(allocator.backed()).isEqualTo(backing.bytes());
        int seen = 0;
        long free = 0;
        for (Zone zone : List.of(allocator.zone(false), allocator.zone(true))) {
            for (Range range = zone.lowest(); range != zone.ceiling(); range = range.higher) {
                assertThat(range.higher.offset).isEqualTo(range.end());
                assertThat(range.length).isPositive();
                if (range.use == Use.TAKEN) {
                    assertThat(live.get(range.offset)).isSameAs(range);
                    assertBacked(
                            range.offset,
                            range.offset + (range.growing ? range.filled : range.length));
                    seen++;
                } else {
                    assertThat(range.higher.use).isNotEqualTo(range.use);
                    assertUse(range);
                    free++;
                }
            }
        }
        assertThat(seen).isEqualTo(live.size());
        assertThat(allocator.freeRanges()).isEqualTo(free);
    }

    private void assertUse(Range range) {
        if (range.use == Use.WARM) {
            assertBacked(range.offset, range.end());
            return;
        }
        int pageSize = backing.pageSize();
        assertThat(range.offset % pageSize).isZero();
        assertThat(range.end() % pageSize).isZero();
        int from = Math.toIntExact(range.offset / pageSize);
        int backed = backing.pages.nextSetBit(from);
        assertThat(backed < 0 || backed >= range.end() / pageSize).isTrue();
    }

    private void assertBacked(long from, long to) {
        long pageSize = backing.pageSize();
        for (long page = from / pageSize; page * pageSize < to; page++) {
            assertThat(backing.backed(page * pageSize)).isTrue();
        }
    }

    private static long length(Randomness random) {
        return 1L + random.below(1 << random.below(21));
    }
}
