package dev.forebay.block;

/**
 * The checksums of a block as far as it was written at some moment: one CRC32C for each whole chunk
 * of {@value #CHUNK_LENGTH} bytes, and one for the part of a chunk at the end. Immutable.
 *
 * <p>RFC 3385 compared checksums for iSCSI and preferred CRC32C (Castagnoli), and processors
 * compute it faster than a disk reads. 64 KiB make 0.006 % of overhead, and are the least that is
 * read to check one byte.
 */
final class ChunkChecksums {
    /** Bytes that one checksum covers. */
    static final int CHUNK_LENGTH = 64 * 1024;

    /** Those of a block that nothing was written to. */
    static final ChunkChecksums EMPTY = growing(0, new int[0], 0);

    private final long length;
    private final int[] whole;
    private final int tail;
    private final boolean complete;

    private ChunkChecksums(long length, int[] whole, int tail, boolean complete) {
        this.length = length;
        this.whole = whole;
        this.tail = tail;
        this.complete = complete;
    }

    /**
     * Those of a block that may grow.
     *
     * @param whole taken over: elements below {@code length / CHUNK_LENGTH} must not change again
     * @param tail the checksum of the last {@code length % CHUNK_LENGTH} bytes
     */
    static ChunkChecksums growing(long length, int[] whole, int tail) {
        return new ChunkChecksums(length, whole, tail, false);
    }

    /**
     * Those of a sealed block.
     *
     * @param each one for each chunk, also for a short last one; taken over
     */
    static ChunkChecksums complete(long length, int[] each) {
        int tail = each.length == 0 ? 0 : each[each.length - 1];
        return new ChunkChecksums(length, each, tail, true);
    }

    /** Bytes covered. */
    long length() {
        return length;
    }

    /** The number of chunks, the last of which may be short. */
    int count() {
        return chunkCount(length);
    }

    /** Bytes of one chunk. */
    int chunkLength(int chunk) {
        return (int) Math.min(CHUNK_LENGTH, length - start(chunk));
    }

    /** The checksum of one chunk. */
    int checksum(int chunk) {
        return start(chunk + 1) <= length ? whole[chunk] : tail;
    }

    /** Whether the chunk will never have more bytes. */
    boolean isSettled(int chunk) {
        return complete || start(chunk + 1) <= length;
    }

    /** Where a chunk begins. */
    static long start(int chunk) {
        return (long) chunk * CHUNK_LENGTH;
    }

    /** The chunk that holds the byte at {@code position}. */
    static int chunkAt(long position) {
        return (int) (position / CHUNK_LENGTH);
    }

    /** Chunks of a block of {@code length} bytes. */
    static int chunkCount(long length) {
        return (int) ((length + CHUNK_LENGTH - 1) / CHUNK_LENGTH);
    }
}
