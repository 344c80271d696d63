package dev.forebay.arena;

import dev.forebay.arena.Range.Use;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the stretch of address space that can be cleared by evicting the fewest bytes. Walks all
 * ranges of a zone; only for the moment when no free range is long enough, which takes thousands of
 * residents that never leave, spread over many times the capacity.
 */
final class EvictionWindow {
    private final long space;
    private Range first;
    private long evicted;
    private Range bestFirst;
    private Range bestEnd;
    private long bestEvicted = Long.MAX_VALUE;

    private EvictionWindow(Zone zone, long space) {
        this.space = space;
        this.first = zone.lowest();
        this.bestFirst = zone.ceiling();
        this.bestEnd = zone.ceiling();
    }

    /**
     * Returns the owners to evict; empty when there is no such stretch.
     *
     * @param space bytes, at least 1
     */
    static List<Range.Owner> find(Zone zone, long space) {
        EvictionWindow window = new EvictionWindow(zone, space);
        for (Range range = zone.lowest(); range != zone.ceiling(); range = range.higher) {
            window.append(range);
        }
        return window.owners();
    }

    private void append(Range last) {
        if (last.use == Use.TAKEN && !last.owner.evictable()) {
            first = last.higher;
            evicted = 0;
            return;
        }
        evicted += cost(last);
        while (last.end() - first.end() >= space) {
            evicted -= cost(first);
            first = first.higher;
        }
        if (last.end() - first.offset >= space && evicted < bestEvicted) {
            bestEvicted = evicted;
            bestFirst = first;
            bestEnd = last.higher;
        }
    }

    private List<Range.Owner> owners() {
        List<Range.Owner> owners = new ArrayList<>();
        for (Range range = bestFirst; range != bestEnd; range = range.higher) {
            if (range.use == Use.TAKEN) {
                owners.add(range.owner);
            }
        }
        return owners;
    }

    private static long cost(Range range) {
        return range.use == Use.TAKEN ? range.length : 0;
    }
}
