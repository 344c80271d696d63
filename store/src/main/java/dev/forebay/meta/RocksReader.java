package dev.forebay.meta;

import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;

import java.util.Arrays;
import java.util.Optional;

/** Reads of one snapshot, or of whatever is latest. Checksums are verified on each read. */
final class RocksReader implements Storage.View {
    private final RocksStorage storage;
    private final RocksDB database;
    private final @Nullable Snapshot snapshot;
    private final ReadOptions options;
    private final long epoch;

    /**
     * Creates a reader.
     *
     * @param snapshot what to read, released at closing; null for the latest
     * @param epoch of the cache, from before the snapshot was taken
     */
    RocksReader(RocksStorage storage, RocksDB database, @Nullable Snapshot snapshot, long epoch) {
        this.storage = storage;
        this.database = database;
        this.snapshot = snapshot;
        this.epoch = epoch;
        this.options = readOptions();
    }

    private ReadOptions readOptions() {
        var made = new ReadOptions();
        if (snapshot != null) {
            made.setSnapshot(snapshot);
        }
        return made;
    }

    @Override
    public Optional<byte[]> get(Space space, byte[] key) {
        ColumnFamilyHandle family = storage.family(space);
        RowCache cache = storage.cache();
        Optional<RowCache.Known> cached = cache.find(space, key, epoch);
        if (cached.isPresent()) {
            return cached.get().value();
        }
        long now = epoch == RowCache.LATEST ? cache.epoch() : epoch;
        try {
            Optional<byte[]> value = Optional.ofNullable(database.get(family, options, key));
            cache.add(space, key, value, now);
            return value;
        } catch (RocksDBException e) {
            throw storage.error(e);
        }
    }

    @Override
    public void scan(Space space, KeyRange range, Visitor visitor) {
        scan(space, range, visitor, true);
    }

    /** Scans without leaving what was read in the block cache. */
    void scanOnce(Space space, Visitor visitor) {
        scan(space, KeyRange.all(), visitor, false);
    }

    private void scan(Space space, KeyRange range, Visitor visitor, boolean fillCache) {
        ColumnFamilyHandle family = storage.family(space);
        byte[] to = range.to();
        if (to != null && Arrays.compareUnsigned(range.from(), to) >= 0) {
            return;
        }
        // RocksDB reads the bound through a pointer, so the slice lives as long as the iterator.
        try (Slice bound = new Slice(to == null ? new byte[0] : to);
                ReadOptions scanning = readOptions()) {
            scanning.setFillCache(fillCache);
            boolean withinPrefix = withinPrefix(space.prefixLength(), range);
            scanning.setTotalOrderSeek(!withinPrefix).setPrefixSameAsStart(withinPrefix);
            if (to != null) {
                scanning.setIterateUpperBound(bound);
            }
            try (RocksIterator entries = database.newIterator(family, scanning)) {
                visit(entries, range.from(), visitor);
            }
        } catch (RocksDBException e) {
            throw storage.error(e);
        }
    }

    private static void visit(RocksIterator entries, byte[] from, Visitor visitor)
            throws RocksDBException {
        entries.seek(from);
        while (entries.isValid() && visitor.visit(entries.key(), entries.value())) {
            entries.next();
        }
        // An iterator that met damage just ends; only the status tells.
        entries.status();
    }

    /**
     * Whether all keys of the range begin with the prefix that its first key has, so that filters
     * of prefixes may be asked. A wrong yes would lose entries.
     */
    private static boolean withinPrefix(int prefixLength, KeyRange range) {
        byte[] to = range.to();
        if (prefixLength == 0 || to == null || range.from().length < prefixLength) {
            return false;
        }
        byte[] behind = KeyRange.prefix(Arrays.copyOf(range.from(), prefixLength)).to();
        return behind == null || Arrays.compareUnsigned(to, behind) <= 0;
    }

    @Override
    public void close() {
        options.close();
        if (snapshot != null) {
            database.releaseSnapshot(snapshot);
            snapshot.close();
        }
    }
}
