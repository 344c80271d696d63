package dev.forebay.arena;

/**
 * Which pages of the address space are backed: one bit per page, in leaves that exist only while
 * one of their bits is set. Not safe for use by several threads.
 */
final class BackedPages {
    private static final int LEAF_WORDS = 1024;
    private static final int LEAF_BITS = LEAF_WORDS * Long.SIZE;
    private static final long[] EMPTY = new long[LEAF_WORDS];

    private final int pageBits;
    private final long[][] leaves;
    private final int[] counts;
    private long backed;

    BackedPages(long addressSpace, int pageSize) {
        this.pageBits = Integer.numberOfTrailingZeros(pageSize);
        int leafCount = Math.toIntExact(Math.ceilDiv(addressSpace >>> pageBits, (long) LEAF_BITS));
        this.leaves = new long[leafCount][];
        this.counts = new int[leafCount];
        java.util.Arrays.fill(leaves, EMPTY);
    }

    int pageSize() {
        return 1 << pageBits;
    }

    /** Bytes backed in all. */
    long bytes() {
        return backed << pageBits;
    }

    /** The start of the page that holds the byte. */
    long floor(long offset) {
        return (offset >>> pageBits) << pageBits;
    }

    /** The first start of a page at or after the byte. */
    long ceiling(long offset) {
        return floor(offset + pageSize() - 1);
    }

    /** Whether the byte's page is backed. */
    boolean contains(long offset) {
        long page = offset >>> pageBits;
        long word = leaves[leaf(page)][word(page)];
        return ((word >>> page) & 1) != 0;
    }

    /**
     * Where the run of pages ends that are like the one of the first byte.
     *
     * @param limit where to stop looking
     * @return more than {@code from}, at most {@code limit}
     */
    long runEnd(long from, long limit) {
        long flip = contains(from) ? -1L : 0L;
        long page = from >>> pageBits;
        long pageLimit = ceiling(limit) >>> pageBits;
        while (page < pageLimit) {
            long differing = (leaves[leaf(page)][word(page)] ^ flip) >>> page;
            if (differing != 0) {
                page += Long.numberOfTrailingZeros(differing);
                return Math.min(limit, page << pageBits);
            }
            page = (page | (Long.SIZE - 1)) + 1;
        }
        return limit;
    }

    /** Bytes of the pages that overlap the range and are not backed. */
    long unbackedBytes(long from, long to) {
        long sum = 0;
        long limit = ceiling(to);
        for (long at = floor(from); at < limit; ) {
            long end = runEnd(at, limit);
            sum += contains(at) ? 0 : end - at;
            at = end;
        }
        return sum;
    }

    /** Marks pages that were not backed; both bounds are page starts. */
    void add(long from, long to) {
        for (long page = from >>> pageBits; page < to >>> pageBits; ) {
            int leaf = leaf(page);
            if (counts[leaf] == 0) {
                leaves[leaf] = new long[LEAF_WORDS];
            }
            long mask = mask(page, to);
            assert (leaves[leaf][word(page)] & mask) == 0 : "backed twice";
            leaves[leaf][word(page)] |= mask;
            counts[leaf] += Long.bitCount(mask);
            backed += Long.bitCount(mask);
            page += Long.bitCount(mask);
        }
    }

    /** Takes the mark from pages that were backed; both bounds are page starts. */
    void remove(long from, long to) {
        for (long page = from >>> pageBits; page < to >>> pageBits; ) {
            int leaf = leaf(page);
            long mask = mask(page, to);
            assert (leaves[leaf][word(page)] & mask) == mask : "discarded twice";
            leaves[leaf][word(page)] &= ~mask;
            counts[leaf] -= Long.bitCount(mask);
            backed -= Long.bitCount(mask);
            page += Long.bitCount(mask);
            if (counts[leaf] == 0) {
                leaves[leaf] = EMPTY;
            }
        }
    }

    /** The bits of one word from the page on and before the byte {@code to}. */
    private long mask(long page, long to) {
        long count = Math.min((to >>> pageBits) - page, Long.SIZE - (page & (Long.SIZE - 1)));
        return (-1L >>> (Long.SIZE - count)) << page;
    }

    private static int leaf(long page) {
        return (int) (page / LEAF_BITS);
    }

    private static int word(long page) {
        return (int) (page % LEAF_BITS / Long.SIZE);
    }
}
