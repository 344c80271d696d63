package dev.forebay.arena;

import java.util.BitSet;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Free ranges by length: eight bins for each power of two, so that the range found is at most an
 * eighth longer than need be while such a one exists. The youngest of a bin comes first. The
 * principle is that of TLSF (Masmano and others, "TLSF: a new dynamic memory allocator for
 * real-time systems", 2004).
 */
final class Bins {
    private static final int GRANULE_BITS = Integer.numberOfTrailingZeros(Arena.ALIGNMENT);
    private static final int SPLIT_BITS = 3;
    private static final int SPLIT = 1 << SPLIT_BITS;
    private static final int COUNT = (Long.SIZE - GRANULE_BITS - SPLIT_BITS + 1) << SPLIT_BITS;

    /** Ranges looked at in one bin, or over all bins, before giving up on them. */
    private static final int LOOKS_MAX = 16;

    private final Range[] heads = new Range[COUNT];
    private final BitSet occupied = new BitSet(COUNT);

    Bins() {
        for (int i = 0; i < COUNT; i++) {
            heads[i] = new Range(Range.Use.TAKEN, 0, 0);
        }
    }

    void add(Range range) {
        int bin = bin(range.length);
        Range head = heads[bin];
        range.binPrevious = head;
        range.binNext = head.binNext;
        head.binNext.binPrevious = range;
        head.binNext = range;
        occupied.set(bin);
    }

    void remove(Range range) {
        range.binPrevious.binNext = range.binNext;
        range.binNext.binPrevious = range.binPrevious;
        range.binPrevious = range;
        range.binNext = range;
        int bin = bin(range.length);
        if (heads[bin].binNext == heads[bin]) {
            occupied.clear(bin);
        }
    }

    /** A short range that is long enough. */
    Optional<Range> find(long length) {
        int bin = bin(length);
        Range head = heads[bin];
        Range range = head.binNext;
        for (int looks = 0; looks < LOOKS_MAX && range != head; looks++) {
            if (range.length >= length) {
                return Optional.of(range);
            }
            range = range.binNext;
        }
        int longer = occupied.nextSetBit(bin + 1);
        return longer < 0 ? Optional.empty() : Optional.of(heads[longer].binNext);
    }

    /** A short range that is at least so long and pleases, if one is found soon. */
    Optional<Range> find(long length, Predicate<Range> pleases) {
        int looks = 0;
        int bin = occupied.nextSetBit(bin(length));
        while (bin >= 0 && looks < LOOKS_MAX) {
            Range head = heads[bin];
            for (Range range = head.binNext;
                    range != head && looks < LOOKS_MAX;
                    range = range.binNext) {
                if (range.length >= length && pleases.test(range)) {
                    return Optional.of(range);
                }
                looks++;
            }
            bin = occupied.nextSetBit(bin + 1);
        }
        return Optional.empty();
    }

    /** One of the longest. */
    Optional<Range> findLong() {
        int bin = occupied.length() - 1;
        return bin < 0 ? Optional.empty() : Optional.of(heads[bin].binNext);
    }

    private static int bin(long length) {
        long granules = length >>> GRANULE_BITS;
        int top = Long.SIZE - 1 - Long.numberOfLeadingZeros(granules | SPLIT);
        if (granules < SPLIT) {
            return (int) granules;
        }
        int shift = top - SPLIT_BITS;
        return ((shift + 1) << SPLIT_BITS) + (int) ((granules >>> shift) & (SPLIT - 1));
    }
}
