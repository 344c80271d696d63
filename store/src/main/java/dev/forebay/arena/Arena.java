package dev.forebay.arena;

/**
 * One shared-memory file, mapped once for life, and the residents in it.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>{@link #used} is exactly the sum of the lengths of all residents, and never exceeds {@link
 *       #capacity}. There is no overhead and no rounding: a resident of exactly the capacity fits
 *       an empty arena.
 *   <li>Fragmentation costs no capacity: the address space is sparse and several times the
 *       capacity.
 *   <li>Every byte of a resident is backed by memory before {@link #allocate} or {@link
 *       Resident#extend} returns, so nobody ever meets SIGBUS.
 *   <li>Each resident begins at a multiple of {@value #ALIGNMENT}, also one of zero bytes.
 *   <li>The file is never truncated, also not at close.
 * </ul>
 *
 * <p>Eviction: residents that are sealed, not pinned and held by nobody are candidates. {@link
 * Kind#FILE_BLOCK} goes before {@link Kind#OBJECT}; within a kind the order is that of the last
 * release, oldest first. A request that could not be met even by evicting all candidates evicts
 * nothing. Where the system has less memory than the capacity that cannot be known in advance: then
 * candidates go until the memory is there or none is left.
 *
 * <p>Implementations: {@code SharedArena} (memfd or a file in a folder), {@code HeapArena} (memory
 * of this process only).
 */
public interface Arena extends AutoCloseable {
    /** Each resident begins at a multiple of this. */
    int ALIGNMENT = 64;

    /** What a resident is, in the order of eviction. */
    enum Kind {
        /** A cached block of a file, which can be read again. */
        FILE_BLOCK,
        /** A Plasma object. */
        OBJECT
    }

    /**
     * Makes a resident, evicting others if need be. It is unsealed and held once by {@code holder}.
     *
     * @param request kind, length and room to grow
     * @param holder who holds it, compared by identity
     * @param onEvict called once, without any lock of the arena held, after the resident was
     *     evicted to make room; not called for {@link Resident#free}
     * @throws dev.forebay.base.error.OutOfSpace when it does not fit even after eviction, or memory
     *     cannot be backed; nothing was evicted if the candidates together were too small
     */
    Resident allocate(Request request, Object holder, Runnable onEvict);

    /**
     * What to allocate.
     *
     * @param kind what it is
     * @param length bytes accounted and backed at once, 0 or more
     * @param lengthMax bytes of address space set aside, so that {@link Resident#extend} never
     *     moves the resident; at least {@code length}
     */
    record Request(Kind kind, long length, long lengthMax) {
        /** Checks the ranges. */
        public Request {
            if (length < 0 || lengthMax < length) {
                throw new dev.forebay.base.error.Invalid("not a length to allocate", lengthMax);
            }
        }

        /** A resident that does not grow. */
        public static Request fixed(Kind kind, long length) {
            return new Request(kind, length, length);
        }
    }

    /**
     * Evicts candidates of one kind, oldest first, until at least {@code bytes} are gone or none is
     * left. Those of no bytes go on the way.
     *
     * @return bytes gone
     */
    long evict(long bytes, Kind kind);

    /** Bytes that residents may take together. */
    long capacity();

    /** Bytes that residents take now. */
    long used();

    /** Figures for metrics and the status page. */
    Statistics statistics();

    /**
     * A map of the used part of the address space, which ends with the last byte that is taken or
     * set aside for growth. Takes time in proportion to the residents.
     *
     * @param cells equal pieces to tell of, 1 to 4096
     * @return for each piece the percentage that is taken: 0 only when nothing is, 100 only when
     *     all is
     * @throws dev.forebay.base.error.Invalid for another number of pieces
     */
    java.util.List<Integer> occupancy(int cells);

    /**
     * The shared file, for handing to other processes; empty when the memory is this process's own.
     */
    java.util.Optional<SharedFile> sharedFile();

    /**
     * Unmaps nothing and truncates nothing: readers in other processes keep their bytes. Later
     * calls throw Closed.
     */
    @Override
    void close();

    /**
     * The file that other processes map.
     *
     * @param descriptor this process's descriptor of it, open for reading and writing
     * @param length bytes, a page multiple
     */
    record SharedFile(int descriptor, long length) {}

    /**
     * Figures.
     *
     * @param residents number of residents
     * @param pinned bytes of residents that are pinned or held
     * @param evictable bytes of candidates
     * @param backed bytes of memory taken from the system, warm free ranges included
     * @param evictions residents evicted since start
     * @param evictedBytes their bytes
     * @param freeRanges number of free ranges in the address space, a measure of fragmentation
     */
    record Statistics(
            long residents,
            long pinned,
            long evictable,
            long backed,
            long evictions,
            long evictedBytes,
            long freeRanges) {}
}
