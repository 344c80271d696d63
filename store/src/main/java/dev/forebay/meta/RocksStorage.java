package dev.forebay.meta;

import dev.forebay.base.Closer;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Invalid;

import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Entries in a RocksDB, one column family for each space. */
final class RocksStorage implements Storage {
    private static final Logger LOG = LoggerFactory.getLogger(RocksStorage.class);

    /** Names of our figures and RocksDB's properties behind them, summed over the spaces. */
    private static final Map<String, String> SUMS =
            Map.of(
                    "memtables_bytes", "rocksdb.size-all-mem-tables",
                    "table_files_bytes", "rocksdb.total-sst-files-size",
                    "blob_files_bytes", "rocksdb.total-blob-file-size",
                    "blob_garbage_bytes", "rocksdb.live-blob-file-garbage-size",
                    "keys_estimate_count", "rocksdb.estimate-num-keys",
                    "compaction_pending_bytes", "rocksdb.estimate-pending-compaction-bytes");

    private final Path directory;
    private final RocksDB database;
    private final Map<Space, ColumnFamilyHandle> families;
    private final Closer closer;
    private final WriteOptions durable;
    private final RocksReader latest;

    /**
     * Takes over an open database.
     *
     * @param closer closes the database and what belongs to it
     */
    RocksStorage(
            Path directory,
            RocksDB database,
            Map<Space, ColumnFamilyHandle> families,
            Closer closer) {
        this.directory = directory;
        this.database = database;
        this.families = Map.copyOf(families);
        this.closer = closer;
        this.durable = closer.register(new WriteOptions()).setSync(true);
        this.latest = closer.register(new RocksReader(this, database, null));
    }

    @Override
    public void require(Space space) {
        family(space);
    }

    ColumnFamilyHandle family(Space space) {
        ColumnFamilyHandle family = families.get(space);
        if (family == null) {
            throw new Invalid("a space that was not declared at opening", space.name());
        }
        return family;
    }

    ForebayException error(RocksDBException failure) {
        return RocksErrors.of(failure, directory);
    }

    @Override
    public Reader latest() {
        return latest;
    }

    @Override
    public View snapshot() {
        return openReader();
    }

    private RocksReader openReader() {
        return new RocksReader(this, database, database.getSnapshot());
    }

    @Override
    public void write(List<WriteSet> group) {
        try (var batch = new WriteBatch()) {
            for (WriteSet writes : group) {
                writes.forEach((space, key, change) -> add(batch, family(space), key, change));
            }
            database.write(durable, batch);
        } catch (RocksDBException e) {
            throw error(e);
        }
    }

    private static void add(
            WriteBatch batch, ColumnFamilyHandle family, byte[] key, WriteSet.Change change)
            throws RocksDBException {
        if (change.value().isPresent()) {
            batch.put(family, key, change.value().get());
        } else {
            batch.delete(family, key);
        }
    }

    /** Reads everything on disk and compares checksums; see {@link Verifiable#verify}. */
    void verify(Verifiable.Progress progress) {
        try {
            // Reads each table file, but follows no reference into blob files; the scans do.
            database.verifyChecksum();
        } catch (RocksDBException e) {
            throw error(e);
        }
        try (RocksReader reader = openReader()) {
            families.keySet().forEach(space -> verify(space, reader, progress));
        }
    }

    private static void verify(Space space, RocksReader reader, Verifiable.Progress progress) {
        long[] totals = new long[2];
        reader.scanOnce(
                space,
                (key, value) -> {
                    totals[0]++;
                    totals[1] += key.length + value.length;
                    return true;
                });
        progress.verified(space.name(), totals[0], totals[1]);
    }

    @Override
    public Map<String, Long> statistics() {
        Map<String, Long> figures = new HashMap<>();
        try {
            for (var sum : SUMS.entrySet()) {
                figures.put(sum.getKey(), database.getAggregatedLongProperty(sum.getValue()));
            }
            figures.put("block_cache_bytes", database.getLongProperty("rocksdb.block-cache-usage"));
        } catch (RocksDBException e) {
            throw error(e);
        }
        return figures;
    }

    @Override
    public void close() {
        try (var options = new FlushOptions().setWaitForFlush(true)) {
            // The next opening then has no log to replay.
            database.flush(options, List.copyOf(families.values()));
        } catch (RocksDBException e) {
            LOG.warn("entries stay in the write-ahead log directory={}", directory, e);
        }
        closer.close();
    }
}
