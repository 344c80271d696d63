package dev.forebay.meta;

import dev.forebay.base.DataSize;
import dev.forebay.base.error.Invalid;

/**
 * What a node may tune about its {@link RocksMetaStore}.
 *
 * @param blockCache most memory for cached blocks, indexes and filters, 1 MB or more
 * @param memtables most memory for entries that are not yet in table files, 4 MB or more; the
 *     write-ahead log, and so the time to open after a crash, is bounded by twice this
 */
public record RocksSettings(DataSize blockCache, DataSize memtables) {
    private static final long BLOCK_CACHE_MIN = 1L << 20;
    private static final long MEMTABLES_MIN = 4L << 20;

    /** Checks the ranges. */
    public RocksSettings {
        if (blockCache.bytes() < BLOCK_CACHE_MIN) {
            throw new Invalid("the block cache is too small", blockCache);
        }
        if (memtables.bytes() < MEMTABLES_MIN) {
            throw new Invalid("the memtables are too small", memtables);
        }
    }

    /** What suits a node with a few million files: 64 MB and 32 MB. */
    public static RocksSettings standard() {
        return new RocksSettings(new DataSize(64L << 20), new DataSize(32L << 20));
    }
}
