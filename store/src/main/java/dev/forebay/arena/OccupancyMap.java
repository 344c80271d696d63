package dev.forebay.arena;

import dev.forebay.base.error.Invalid;

import java.util.ArrayList;
import java.util.List;

/** Counts what is taken of each of the equal pieces of an address space. */
final class OccupancyMap {
    private static final int CELLS_MAX = 4096;

    private final long span;
    private final int cells;
    private final long[] taken;

    /**
     * Begins with nothing taken.
     *
     * @param span bytes in all, 0 or more
     */
    OccupancyMap(long span, int cells) {
        if (cells < 1 || cells > CELLS_MAX) {
            throw new Invalid("not a number of pieces of a map", cells);
        }
        this.span = span;
        this.cells = cells;
        this.taken = new long[cells];
    }

    /** Counts a range, which overlaps no other. */
    void add(long offset, long length) {
        long end = offset + length;
        for (int cell = cellOf(offset); cell < cells && start(cell) < end; cell++) {
            taken[cell] += Math.min(end, start(cell + 1)) - Math.max(offset, start(cell));
        }
    }

    List<Integer> percentages() {
        List<Integer> result = new ArrayList<>(cells);
        for (int cell = 0; cell < cells; cell++) {
            long length = start(cell + 1) - start(cell);
            long percent = length == 0 ? 0 : taken[cell] * 100 / length;
            result.add((int) (taken[cell] > 0 ? Math.max(1, percent) : 0));
        }
        return List.copyOf(result);
    }

    private long start(int cell) {
        return cell * (span / cells) + cell * (span % cells) / cells;
    }

    /** A cell at or before the one that holds the byte. */
    private int cellOf(long offset) {
        int cell = (int) Math.min(cells - 1L, offset / Math.max(1, Math.ceilDiv(span, cells)));
        while (cell > 0 && start(cell) > offset) {
            cell--;
        }
        return cell;
    }
}
