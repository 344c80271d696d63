package dev.forebay.meta;

import dev.forebay.base.Clock;
import dev.forebay.base.Closer;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.Unavailable;

import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

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

    /** Longest wait for RocksDB to merge what was written, before a write fails. */
    private static final Duration STALL_MAX = Duration.ofSeconds(10);

    private static final Duration STALL_PAUSE = Duration.ofMillis(2);

    private final Path directory;
    private final Clock clock;
    private final RocksDB database;
    private final Map<Space, ColumnFamilyHandle> families;
    private final Closer closer;
    private final WriteOptions durable;
    private final RocksReader latest;
    private final WalLayout layout;
    private final RowCache cache = new RowCache();
    private final AtomicLong stalls = new AtomicLong();

    /**
     * Takes over an open database.
     *
     * @param opening where it is
     * @param closer closes the database and what belongs to it
     */
    RocksStorage(
            RocksOpening opening,
            RocksDB database,
            Map<Space, ColumnFamilyHandle> families,
            Closer closer) {
        this.directory = opening.directory();
        this.clock = opening.clock();
        this.database = database;
        this.families = Map.copyOf(families);
        this.closer = closer;
        this.durable = closer.register(durableOptions());
        this.latest = closer.register(new RocksReader(this, database, null, RowCache.LATEST));
        this.layout = new WalLayout(opening.disk(), directory);
    }

    private static WriteOptions durableOptions() {
        // RocksDB would make a write wait in native code when it merges too slowly, without end
        // when the disk is full, and hold the thread's carrier. So it shall say so, and we wait.
        return new WriteOptions().setSync(true).setNoSlowdown(true);
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

    RowCache cache() {
        return cache;
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
        long epoch = cache.epoch();
        return new RocksReader(this, database, database.getSnapshot(), epoch);
    }

    @Override
    public void write(List<WriteSet> group) {
        try (var batch = new WriteBatch()) {
            for (WriteSet writes : group) {
                writes.forEach((space, key, change) -> add(batch, family(space), key, change));
            }
            layout.beforeWrite(batch.getDataSize());
            boolean done = false;
            cache.beginWrite(group);
            try {
                write(batch);
                done = true;
            } finally {
                cache.endWrite(group, done);
            }
        } catch (RocksDBException e) {
            throw error(e);
        }
    }

    /** Writes as soon as RocksDB takes it. Nothing was written when this throws Unavailable. */
    private void write(WriteBatch batch) throws RocksDBException {
        long end = clock.nanos() + STALL_MAX.toNanos();
        boolean interrupted = false;
        try {
            while (!tryWrite(batch)) {
                if (clock.nanos() - end > 0) {
                    throw new Unavailable("metadata is not merged as fast as written", directory);
                }
                interrupted |= pause();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean tryWrite(WriteBatch batch) throws RocksDBException {
        try {
            database.write(durable, batch);
            return true;
        } catch (RocksDBException e) {
            Status status = e.getStatus();
            if (status != null && status.getCode() == Status.Code.Incomplete) {
                stalls.incrementAndGet();
                return false;
            }
            throw e;
        }
    }

    /** Pauses; returns whether the thread was interrupted, which must not fail the whole group. */
    private boolean pause() {
        try {
            clock.sleep(STALL_PAUSE);
            return false;
        } catch (InterruptedException e) {
            return true;
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
        figures.put("write_stalls_count", stalls.get());
        figures.putAll(cache.statistics());
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
