package dev.forebay.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.arena.Arena.Kind;
import dev.forebay.arena.Arena.Request;
import dev.forebay.base.error.OutOfSpace;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** What happens when the address space is cut to pieces, which takes an absurdly small one. */
class EvictionWindowTest {
    private static final long SPACE = 4 << 20;
    private static final int PIECES = 32;
    private static final long PIECE = SPACE / 2 / PIECES;
    private static final long LENGTH = PIECE - 4096;

    private final ResidentTable table =
            new ResidentTable(new FaultyBacking(SPACE), ArenaOptions.of(8 << 20));
    private final List<Resident> residents = new ArrayList<>();
    private final List<Integer> evicted = new ArrayList<>();

    @BeforeEach
    void cutToPieces() {
        for (int i = 0; i < PIECES; i++) {
            int number = i;
            Request request = new Request(Kind.FILE_BLOCK, LENGTH, PIECE);
            residents.add(table.allocate(request, this, () -> evicted.add(number)));
            residents.getLast().seal();
        }
    }

    @Test
    void clearsTheCheapestStretchOnly() {
        residents.get(1).pin();
        residents.get(17).pin();
        residents.forEach(resident -> resident.release(this));

        allocateHalf();

        assertThat(evicted.size()).isBetween(10, 12);
        assertThat(residents.get(1).hold(this)).isTrue();
        assertThat(residents.get(17).hold(this)).isTrue();
    }

    @Test
    void evictsNothingWhenThatWouldNotHelp() {
        for (int i = 0; i < PIECES; i += 8) {
            residents.get(i).pin();
        }
        residents.forEach(resident -> resident.release(this));

        assertThatThrownBy(this::allocateHalf).isInstanceOf(OutOfSpace.class);

        assertThat(evicted).isEmpty();
        assertThat(table.used()).isEqualTo(PIECES * LENGTH);
    }

    private void allocateHalf() {
        table.allocate(new Request(Kind.FILE_BLOCK, 0, 12 * PIECE), this, () -> {});
    }
}
