package dev.forebay.arena;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.arena.Arena.Kind;
import dev.forebay.arena.Arena.Request;
import dev.forebay.base.Randomness;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A long life of residents of all lengths, some of which grow and a share of which stays for long,
 * never runs out of address space, and never has much more memory than the capacity.
 */
class FragmentationTest {
    private static final long CAPACITY = 1L << 30;
    private static final long GROWING_MAX = 128L << 20;
    private static final int OPEN_MAX = 16;

    private final ArenaOptions options = ArenaOptions.of(CAPACITY);
    private final FaultyBacking backing = new FaultyBacking(options.addressSpace());
    private final ResidentTable table = new ResidentTable(backing, options);
    private final Deque<Resident> open = new ArrayDeque<>();
    private final Deque<Resident> staying = new ArrayDeque<>();
    private long stayingBytes;
    private long backedMost;

    @Test
    void addressSpaceLasts() {
        run(30_000);
    }

    @Test
    @Tag("slow")
    void addressSpaceLastsLong() {
        run(3_000_000);
    }

    private void run(int residents) {
        Randomness random = Randomness.seeded(1);
        for (int i = 0; i < residents; i++) {
            if (random.below(4) == 0) {
                open.add(grow(random));
            } else {
                long length = length(random, 24);
                settle(random, table.allocate(Request.fixed(kind(random), length), this, () -> {}));
            }
            if (open.size() > OPEN_MAX) {
                settle(random, open.remove());
            }
            backedMost = Math.max(backedMost, backing.bytes());
        }
        assertThat(table.statistics().evictions()).isGreaterThan(residents / 2);
        assertThat(backedMost).isLessThan(CAPACITY + CAPACITY / 8);
    }

    private Resident grow(Randomness random) {
        Request request = new Request(kind(random), 0, GROWING_MAX);
        Resident resident = table.allocate(request, this, () -> {});
        long length = length(random, 26);
        resident.extend(length / 2);
        resident.extend(length);
        return resident;
    }

    /** Seals it; one in a hundred stays pinned until it is the oldest of many. */
    private void settle(Randomness random, Resident resident) {
        resident.seal();
        if (random.below(100) == 0) {
            resident.pin();
            staying.add(resident);
            stayingBytes += resident.length();
        }
        resident.release(this);
        while (staying.size() > 2000 || stayingBytes > CAPACITY / 4) {
            Resident oldest = staying.remove();
            stayingBytes -= oldest.length();
            oldest.unpin();
        }
    }

    private static Kind kind(Randomness random) {
        return random.below(2) == 0 ? Kind.OBJECT : Kind.FILE_BLOCK;
    }

    private static long length(Randomness random, int bits) {
        return random.below(1 << random.below(bits));
    }
}
