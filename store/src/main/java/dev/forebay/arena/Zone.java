package dev.forebay.arena;

import dev.forebay.arena.Range.Use;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * A contiguous part of the address space, cut into ranges.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>The ranges cover the zone without gap or overlap, in the order of addresses.
 *   <li>Two neighbours are never both warm or both cold.
 *   <li>Each page that a warm range touches is backed, no page of a cold one is, and a cold one
 *       begins and ends at a page.
 *   <li>Each free range is in the bins of its use; a warm one with a whole page is in the queue.
 * </ul>
 *
 * <p>Not safe for use by several threads.
 */
final class Zone {
    private final Range floor;
    private final Range ceiling;
    private final BackedPages pages;
    private final WarmQueue queue;
    private final Bins warm = new Bins();
    private final Bins cold = new Bins();
    private long freeRanges;

    /** A zone that is one cold range; both bounds are page starts. */
    Zone(long from, long to, BackedPages pages, WarmQueue queue) {
        this.pages = pages;
        this.queue = queue;
        floor = new Range(Use.TAKEN, from, 0);
        ceiling = new Range(Use.TAKEN, to, 0);
        ceiling.linkBelow(floor);
        insertFree(ceiling, from, to, Use.COLD);
    }

    long freeRanges() {
        return freeRanges;
    }

    boolean contains(Range range) {
        return range.offset >= floor.offset && range.offset < ceiling.offset;
    }

    /** The lowest range, which may be {@link #ceiling}. */
    Range lowest() {
        return floor.higher;
    }

    /** The end of the zone, a taken range of no bytes. */
    Range ceiling() {
        return ceiling;
    }

    /** Where the zone begins. */
    long start() {
        return floor.offset;
    }

    /** The end of the highest range that is taken, or the start. */
    long takenEnd() {
        Range range = ceiling.lower;
        while (range.use != Use.TAKEN) {
            range = range.lower;
        }
        return range.end();
    }

    Optional<Range> findWarm(long length) {
        return warm.find(length);
    }

    Optional<Range> findWarm(long length, Predicate<Range> pleases) {
        return warm.find(length, pleases);
    }

    Optional<Range> findCold(long length) {
        return cold.find(length);
    }

    Optional<Range> findCold(long length, Predicate<Range> pleases) {
        return cold.find(length, pleases);
    }

    Optional<Range> findLongCold() {
        return cold.findLong();
    }

    /**
     * Takes bytes out of one or several neighbouring free ranges. When {@code to} lies inside a
     * cold page, the caller widens, backs and trims before anything else.
     *
     * @param first the free range that holds {@code from}
     */
    Range take(Range first, long from, long to) {
        Range next = first;
        if (from > first.offset) {
            next = splitOff(first, from);
        }
        while (next.use != Use.TAKEN && next.end() <= to) {
            Range gone = next;
            next = gone.higher;
            remove(gone);
        }
        if (next.offset < to) {
            resize(next, to, next.end());
        }
        Range taken = new Range(Use.TAKEN, from, to - from);
        taken.linkBelow(next);
        return taken;
    }

    /** Moves the end of a taken range up into the free range above. */
    void widen(Range taken, long to) {
        Range next = taken.higher;
        if (next.end() == to) {
            remove(next);
        } else {
            resize(next, to, next.end());
        }
        taken.length = to - taken.offset;
    }

    /** Frees a taken range from a byte on; what is backed becomes warm, the rest cold. */
    void release(Range taken, long from) {
        long to = taken.end();
        Range next = taken.higher;
        if (from == taken.offset) {
            taken.unlink();
        }
        taken.length = from - taken.offset;
        for (long at = from; at < to; ) {
            long end = pages.runEnd(at, to);
            insertFree(next, at, end, pages.contains(at) ? Use.WARM : Use.COLD);
            at = end;
        }
    }

    private Range splitOff(Range range, long at) {
        Range upper = new Range(range.use, at, range.end() - at);
        resize(range, range.offset, at);
        upper.linkBelow(range.higher);
        file(upper);
        freeRanges++;
        return upper;
    }

    private void insertFree(Range next, long from, long to, Use use) {
        Range lower = next.lower;
        boolean joinsLower = lower.use == use;
        // There may be more to free between this piece and the next range.
        boolean joinsNext = next.use == use && next.offset == to;
        if (joinsLower && joinsNext) {
            join(lower, next, to - from);
        } else if (joinsLower) {
            absorb(lower, lower.offset, to);
        } else if (joinsNext) {
            absorb(next, from, next.end());
        } else {
            Range range = new Range(use, from, to - from);
            range.linkBelow(next);
            file(range);
            freeRanges++;
        }
    }

    /** Joins two free ranges and the bytes between; the longer one keeps its age. */
    private void join(Range lower, Range higher, long between) {
        long from = lower.offset;
        long to = higher.end();
        boolean lowerStays = lower.length >= higher.length;
        Range gone = lowerStays ? higher : lower;
        Range stays = lowerStays ? lower : higher;
        boolean fresh = between > stays.length;
        remove(gone);
        resize(stays, from, to);
        if (fresh) {
            refresh(stays);
        }
    }

    private void absorb(Range range, long from, long to) {
        boolean fresh = to - from - range.length > range.length;
        resize(range, from, to);
        if (fresh) {
            refresh(range);
        }
    }

    private void refresh(Range range) {
        if (queue.contains(range)) {
            queue.add(range);
        }
    }

    private void resize(Range range, long from, long to) {
        bins(range).remove(range);
        range.offset = from;
        range.length = to - from;
        file(range);
    }

    private void file(Range range) {
        bins(range).add(range);
        boolean punchable =
                range.use == Use.WARM && pages.ceiling(range.offset) < pages.floor(range.end());
        if (!punchable) {
            queue.remove(range);
        } else if (!queue.contains(range)) {
            queue.add(range);
        }
    }

    private void remove(Range range) {
        bins(range).remove(range);
        queue.remove(range);
        range.unlink();
        freeRanges--;
    }

    private Bins bins(Range range) {
        return range.use == Use.WARM ? warm : cold;
    }
}
