package dev.forebay.arena;

import dev.forebay.arena.Range.Use;
import dev.forebay.base.error.OutOfSpace;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Deals out ranges of sparse memory and keeps them backed. Not safe for use by several threads.
 *
 * <h2>Where a range goes</h2>
 *
 * The lower half of the address space is for ranges of a fixed length: the youngest warm range that
 * fits closely, else a warm one with enough cold space above it, else cold space. The upper half is
 * for ranges that grow. Those take far more address space than they will need, so a new one goes
 * right above one that has stopped growing; if there is no such place, to the middle of the longest
 * free range, so that its neighbour has room behind it for the one that follows. Growing ranges
 * begin at a page and end at a page.
 *
 * <h2>What is backed</h2>
 *
 * Backed memory is kept at {@code backedMax} by giving back warm ranges, oldest first, then what
 * growing ranges have left over. It can be more only when residents themselves keep more pages
 * busy, by lying in them apart; it is never more than {@code memoryMax}.
 */
final class RangeAllocator {
    /** Bytes backed at a time where small ranges come from cold space, to save system calls. */
    static final int BACKING_STEP = 64 << 10;

    /** Fresh bytes from which on others get the lock while the system makes them. */
    static final int UNLOCKED_MIN = 256 << 10;

    /** Bytes given back at least, where any are given back, to save system calls. */
    private static final long DISCARD_STEP = 1 << 20;

    /** Warm ranges looked at for one with enough cold space above. */
    private static final int LOOKS_MAX = 16;

    private final Backing backing;
    private final BackedPages pages;
    private final WarmQueue queue = new WarmQueue();
    private final Zone fixed;
    private final Zone growable;
    private final long backedMax;
    private final long memoryMax;
    private final Set<Range> growing = new LinkedHashSet<>();
    private final Consumer<Runnable> unlocked;

    /** Bytes that are being backed while others have the lock. */
    private long pending;

    /**
     * Creates an allocator of an empty memory.
     *
     * @param unlocked runs what it is given while others may call this allocator
     */
    RangeAllocator(Backing backing, long backedMax, long memoryMax, Consumer<Runnable> unlocked) {
        this.backing = backing;
        this.unlocked = unlocked;
        this.backedMax = backedMax;
        this.memoryMax = memoryMax;
        long addressSpace = backing.memory().byteSize();
        pages = new BackedPages(addressSpace, backing.pageSize());
        long middle = pages.floor(addressSpace / 2);
        fixed = new Zone(0, middle, pages, queue);
        growable = new Zone(middle, addressSpace, pages, queue);
    }

    /** Bytes of memory taken from the system. */
    long backed() {
        return pages.bytes();
    }

    long freeRanges() {
        return fixed.freeRanges() + growable.freeRanges();
    }

    /** How full the used parts of both zones are, one part behind the other. */
    List<Integer> occupancy(int cells) {
        OccupancyMap map =
                new OccupancyMap(
                        fixed.takenEnd() - fixed.start() + growable.takenEnd() - growable.start(),
                        cells);
        long before = 0;
        for (Zone zone : List.of(fixed, growable)) {
            for (Range range = zone.lowest(); range != zone.ceiling(); range = range.higher) {
                if (range.use == Use.TAKEN) {
                    map.add(before + range.offset - zone.start(), range.length);
                }
            }
            before += zone.takenEnd() - zone.start();
        }
        return map.percentages();
    }

    /**
     * Takes and backs a range that does not grow.
     *
     * @param length bytes, at least 1
     * @return empty when no free range is long enough
     * @throws OutOfSpace when it cannot be backed; nothing changed
     */
    Optional<Range> allocate(long length) {
        long rounded = roundUp(length);
        return findFixed(rounded).map(first -> takeFixed(first, rounded));
    }

    /**
     * Takes a range that can grow, and backs its first bytes.
     *
     * @param length bytes to back, 0 or more
     * @param lengthMax bytes to set aside, more than {@code length}
     * @return empty when no free range is long enough
     * @throws OutOfSpace when it cannot be backed; nothing changed
     */
    Optional<Range> allocate(long length, long lengthMax) {
        long aside = pages.ceiling(lengthMax);
        Optional<Range> found =
                growable.findWarm(aside, range -> fits(range, aside))
                        .or(() -> findWarmBelowCold(growable, aside))
                        .or(() -> growable.findCold(aside, range -> !range.lower.growing))
                        .or(() -> growable.findLongCold().filter(range -> fits(range, aside)))
                        .or(() -> growable.findCold(aside));
        return found.map(first -> takeGrowable(first, length, aside));
    }

    /**
     * Backs more of a growing range.
     *
     * @param length bytes backed afterwards, at most what was set aside
     * @throws OutOfSpace when it cannot be backed; nothing changed
     */
    void extend(Range range, long length) {
        long end = range.offset + length;
        long filled = range.filled;
        long from = pages.floor(range.offset + filled);
        if (pages.unbackedBytes(from, end) > 0) {
            // Set first, or the search for memory would take what is being backed.
            range.filled = length;
            boolean backed = false;
            try {
                back(from, aheadOf(from, end, range.end()));
                backed = true;
            } finally {
                range.filled = backed ? length : filled;
            }
        }
        range.filled = length;
    }

    /** Ends growth and frees what lies above the length, which is not 0. */
    void settle(Range range) {
        growing.remove(range);
        range.growing = false;
        growable.release(range, range.offset + roundUp(range.filled));
    }

    /** Frees a range. */
    void free(Range range) {
        growing.remove(range);
        range.growing = false;
        zoneOf(range).release(range, range.offset);
    }

    /**
     * Gives back warm ranges that were free before the last call of {@link #countTrim}.
     *
     * @param bytesMax about how much to give back
     * @return bytes given back, 0 when there is no such range
     */
    long trim(long bytesMax) {
        Optional<Range> idle = queue.idle();
        return idle.isEmpty() ? 0 : discard(idle.get(), bytesMax);
    }

    /** Ends a trim. */
    void countTrim() {
        queue.countTrim();
    }

    /** Gives back all warm pages that are free, so that free space joins. */
    void trimAll() {
        discardWarm(Long.MAX_VALUE);
    }

    /** The zone where such a request is dealt out. */
    Zone zone(boolean grows) {
        return grows ? growable : fixed;
    }

    /** The whole pages of free space that a request may need at most. */
    long spaceFor(long length) {
        return pages.ceiling(length) + pages.pageSize();
    }

    private Optional<Range> findFixed(long rounded) {
        Optional<Range> warm = fixed.findWarm(rounded);
        if (warm.isPresent()) {
            return warm;
        }
        Optional<Range> warmBelowCold = findWarmBelowCold(fixed, rounded);
        if (warmBelowCold.isPresent()) {
            return warmBelowCold;
        }
        return fixed.findCold(rounded)
                .map(range -> range.lower.use == Use.WARM ? range.lower : range);
    }

    private Range takeFixed(Range first, long rounded) {
        long from = first.offset;
        long to = from + rounded;
        Range range = fixed.take(first, from, to);
        Range next = range.higher;
        if (next.use == Use.COLD && next.offset == to) {
            fixed.widen(range, aheadOf(from, to, next.end()));
        }
        boolean backed = false;
        try {
            backNew(pages.floor(from), pages.ceiling(range.end()));
            backed = true;
        } finally {
            fixed.release(range, backed ? to : from);
        }
        return range;
    }

    private Range takeGrowable(Range first, long length, long aside) {
        Range range = growable.take(first, start(first, aside), start(first, aside) + aside);
        boolean backed = false;
        try {
            if (length > 0) {
                long end = range.offset + length;
                backNew(range.offset, aheadOf(range.offset, end, range.end()));
            }
            backed = true;
        } finally {
            if (!backed) {
                growable.release(range, range.offset);
            }
        }
        range.filled = length;
        range.growing = true;
        growing.add(range);
        return range;
    }

    /** Where in a free range a growing one begins. */
    private long start(Range free, long aside) {
        long start = pages.ceiling(free.offset);
        long middle = pages.floor(free.offset + free.length / 2);
        return free.lower.growing && free.end() - middle >= aside ? middle : start;
    }

    private boolean fits(Range free, long aside) {
        return free.end() - pages.ceiling(free.offset) >= aside;
    }

    private Optional<Range> findWarmBelowCold(Zone zone, long length) {
        Optional<Range> warm = queue.youngest();
        for (int looks = 0; looks < LOOKS_MAX && warm.isPresent(); looks++) {
            Range range = warm.get();
            Range next = range.higher;
            if (zone.contains(range)
                    && next.use == Use.COLD
                    && next.end() - pages.ceiling(range.offset) >= length) {
                return warm;
            }
            warm = queue.olderThan(range);
        }
        return Optional.empty();
    }

    /** Where backing should stop that must reach {@code end}: a little later if that is free. */
    private long aheadOf(long from, long end, long limit) {
        long ahead = Math.min(Math.ceilDiv(end, (long) BACKING_STEP) * BACKING_STEP, limit);
        boolean small = pages.unbackedBytes(from, end) < BACKING_STEP;
        boolean roomy =
                pages.bytes() + pages.unbackedBytes(from, ahead) <= Math.min(backedMax, memoryMax);
        return small && roomy ? ahead : pages.ceiling(end);
    }

    /** Backs the pages of a range that nobody else knows yet, which can take its time. */
    private void backNew(long from, long to) {
        long missing = pages.unbackedBytes(from, to);
        if (missing >= UNLOCKED_MIN) {
            makeRoom(missing);
            backUnlocked(unbackedRuns(from, to), missing);
        }
        // What is left to do, or everything once more if that failed.
        back(from, to);
    }

    /** Backs whole pages that lie in a taken range, or beside one in its pages. */
    private void back(long from, long to) {
        long missing = pages.unbackedBytes(from, to);
        if (missing > 0) {
            makeRoom(missing);
            unbackedRuns(from, to).forEach(run -> backRun(run.from, run.to));
        }
    }

    private void makeRoom(long missing) {
        long wanted = pages.bytes() + pending + missing;
        discardWarm(wanted - Math.min(backedMax, memoryMax));
        if (pages.bytes() + pending + missing > memoryMax) {
            throw new OutOfSpace("the arena may take no more memory", memoryMax);
        }
    }

    /**
     * Nobody else backs or discards these pages meanwhile: they lie in a taken range that is not
     * growing yet, and a page it shares with a neighbour is backed already.
     */
    private void backUnlocked(List<Run> runs, long missing) {
        pending += missing;
        try {
            unlocked.accept(() -> runs.forEach(run -> backing.back(run.from, run.to - run.from)));
            runs.forEach(run -> pages.add(run.from, run.to));
        } catch (OutOfSpace _) {
            runs.forEach(run -> backing.discard(run.from, run.to - run.from));
        } finally {
            pending -= missing;
        }
    }

    private record Run(long from, long to) {}

    private List<Run> unbackedRuns(long from, long to) {
        List<Run> runs = new ArrayList<>();
        long limit = pages.ceiling(to);
        for (long at = pages.floor(from); at < limit; ) {
            long end = pages.runEnd(at, limit);
            if (!pages.contains(at)) {
                runs.add(new Run(at, end));
            }
            at = end;
        }
        return runs;
    }

    private void backRun(long from, long to) {
        try {
            backing.back(from, to - from);
        } catch (OutOfSpace _) {
            trimAll();
            backAgain(from, to);
        }
        pages.add(from, to);
    }

    /** The last try; leaves nothing backed in part. */
    private void backAgain(long from, long to) {
        boolean backed = false;
        try {
            backing.back(from, to - from);
            backed = true;
        } finally {
            if (!backed) {
                backing.discard(from, to - from);
            }
        }
    }

    /** Gives back about so many bytes, as far as there are any. */
    private void discardWarm(long bytes) {
        long left = bytes;
        while (left > 0 && queue.oldest().isPresent()) {
            left -= discard(queue.oldest().get(), Math.max(left, DISCARD_STEP));
        }
        var ranges = growing.iterator();
        while (left > 0 && ranges.hasNext()) {
            left -= discardAbove(ranges.next());
        }
    }

    /** Gives back the upper whole pages of a warm range. */
    private long discard(Range warm, long bytesMax) {
        Zone zone = zoneOf(warm);
        long to = pages.floor(warm.end());
        long lowest = pages.ceiling(warm.offset);
        long from = bytesMax >= to - lowest ? lowest : pages.floor(to - bytesMax);
        Range range = zone.take(warm, from, warm.end());
        try {
            backing.discard(from, to - from);
            pages.remove(from, to);
        } finally {
            zone.release(range, range.offset);
        }
        return to - from;
    }

    /** Gives back what a growing range has backed beyond its length. */
    private long discardAbove(Range range) {
        long sum = 0;
        for (long at = pages.ceiling(range.offset + range.filled); at < range.end(); ) {
            long end = pages.runEnd(at, range.end());
            if (pages.contains(at)) {
                backing.discard(at, end - at);
                pages.remove(at, end);
                sum += end - at;
            }
            at = end;
        }
        return sum;
    }

    private Zone zoneOf(Range range) {
        return growable.contains(range) ? growable : fixed;
    }

    private static long roundUp(long length) {
        return Math.ceilDiv(length, (long) Arena.ALIGNMENT) * Arena.ALIGNMENT;
    }
}
