package dev.forebay.protocol.plasma;

import java.lang.foreign.MemorySegment;

/**
 * What a client calls the digest of an object: client.cc, ComputeObjectHashCPU. Stores keep it and
 * never check it.
 */
public final class PlasmaDigest {
    private static final long CHUNKED_MIN = 1 << 20;
    private static final int CHUNKS = 8;
    private static final int BLOCK = 64;

    private PlasmaDigest() {}

    /**
     * The digest of an object.
     *
     * @return eight bytes, the first one least significant
     */
    public static long of(MemorySegment data, MemorySegment metadata) {
        XxHash64 hash = new XxHash64();
        if (data.byteSize() < CHUNKED_MIN) {
            hash.update(data);
        } else {
            hash.update(chunkHashes(data));
        }
        return hash.update(metadata).value();
    }

    /** The hashes of eight equal chunks and of what is left. */
    private static MemorySegment chunkHashes(MemorySegment data) {
        MemorySegment hashes = MemorySegment.ofArray(new byte[(CHUNKS + 1) * Long.BYTES]);
        long chunk = data.byteSize() / BLOCK / CHUNKS * BLOCK;
        for (int i = 0; i <= CHUNKS; i++) {
            long start = i * chunk;
            long length = i < CHUNKS ? chunk : data.byteSize() - start;
            long hash = XxHash64.of(data.asSlice(start, length));
            hashes.set(FlatTable.LONG, (long) i * Long.BYTES, hash);
        }
        return hashes;
    }
}
