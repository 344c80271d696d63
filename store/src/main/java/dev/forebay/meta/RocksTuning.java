package dev.forebay.meta;

import dev.forebay.base.Closer;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.ConfigOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.WALRecoveryMode;

import java.util.Properties;

/**
 * All options of RocksDB that differ from its own defaults, with why. The native objects live until
 * the closer given is closed.
 */
final class RocksTuning {
    private static final double BLOOM_BITS_PER_KEY = 10;
    private static final long BLOCK_LENGTH = 16L << 10;
    private static final int OPEN_FILES_MAX = 1000;
    private static final int BACKGROUND_JOBS_MAX = 2;
    private static final long LOG_FILE_LENGTH_MAX = 1L << 20;
    private static final long LOG_FILES_MAX = 2;

    /** Values from this length on go to blob files; shorter ones stay beside their keys. */
    private static final long BLOB_LENGTH_MIN = 512;

    private static final long BLOB_FILE_LENGTH = 64L << 20;

    private final RocksSettings settings;
    private final Closer closer;
    private final BlockBasedTableConfig tables;

    RocksTuning(RocksSettings settings, Closer closer) {
        this.settings = settings;
        this.closer = closer;
        this.tables =
                new BlockBasedTableConfig()
                        .setBlockCache(closer.register(new LRUCache(settings.blockCache().bytes())))
                        .setFilterPolicy(closer.register(new BloomFilter(BLOOM_BITS_PER_KEY)))
                        .setBlockSize(BLOCK_LENGTH)
                        // Otherwise indexes and filters are memory on top of the cache.
                        .setCacheIndexAndFilterBlocks(true)
                        .setCacheIndexAndFilterBlocksWithHighPriority(true)
                        .setPinL0FilterAndIndexBlocksInCache(true);
    }

    /** Options of the database as a whole. */
    DBOptions database() {
        return closer.register(checkedWal())
                .setCreateMissingColumnFamilies(true)
                .setParanoidChecks(true)
                // Stops at a record that does not check. Whether that is the torn tail of the last
                // write, or damage in the middle, WalInspection has decided before.
                .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
                .setMaxTotalWalSize(2 * settings.memtables().bytes())
                .setDbWriteBufferSize(settings.memtables().bytes())
                .setMaxOpenFiles(OPEN_FILES_MAX)
                .setMaxBackgroundJobs(BACKGROUND_JOBS_MAX)
                // Both only serve to open faster.
                .setSkipStatsUpdateOnDbOpen(true)
                .setAvoidUnnecessaryBlockingIO(true)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setKeepLogFileNum(LOG_FILES_MAX)
                .setMaxLogFileSize(LOG_FILE_LENGTH_MAX)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0);
    }

    /** Has RocksDB note each finished log in its manifest, so that a missing one is an error. */
    private static DBOptions checkedWal() {
        var properties = new Properties();
        properties.setProperty("track_and_verify_wals_in_manifest", "true");
        try (var options = new ConfigOptions()) {
            return DBOptions.getDBOptionsFromProps(options, properties);
        }
    }

    /** Options of one space. */
    ColumnFamilyOptions space(Space space) {
        var options =
                closer.register(new ColumnFamilyOptions())
                        .setTableFormatConfig(tables)
                        .setCompressionType(CompressionType.LZ4_COMPRESSION)
                        .setLevelCompactionDynamicLevelBytes(true)
                        .setWriteBufferSize(settings.memtables().bytes() / 2);
        if (space.prefixLength() > 0) {
            options.useFixedLengthPrefixExtractor(space.prefixLength());
        }
        if (space.largeValues()) {
            // File bytes: written once into blob files and not again at each compaction. They are
            // not compressed, since many files already are.
            options.setEnableBlobFiles(true)
                    .setMinBlobSize(BLOB_LENGTH_MIN)
                    .setBlobFileSize(BLOB_FILE_LENGTH)
                    .setBlobCompressionType(CompressionType.NO_COMPRESSION)
                    .setEnableBlobGarbageCollection(true);
        }
        return options;
    }
}
