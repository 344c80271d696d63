package dev.forebay.meta;

import dev.forebay.base.Clock;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A {@link MetaStore} on the local disk, in a RocksDB. Its files are described in {@code
 * docs/formats/metastore.md}.
 */
public final class RocksMetaStore implements MetaStore, Verifiable {
    private final RocksStorage storage;
    private final LockingMetaStore store;

    private RocksMetaStore(RocksStorage storage, Clock clock) {
        this.storage = storage;
        this.store = new LockingMetaStore(storage, clock);
    }

    /**
     * Opens a store, making it when the directory is empty or missing.
     *
     * @param directory where all its files are; nobody else may use it
     * @param spaces all spaces that will be used, each with its own name; others are refused with
     *     {@link dev.forebay.base.error.Invalid}. Spaces that exist and are not named are kept
     * @param settings how much memory it may use
     * @param clock for pauses between the tries of a transaction or of a write
     * @throws dev.forebay.base.error.InvalidState when it is open already, here or in another
     *     process
     * @throws dev.forebay.base.error.Corrupt when files are damaged or missing. That includes a
     *     write-ahead log with damage before its last record: nothing is then dropped or changed
     * @throws dev.forebay.base.error.OutOfSpace when the disk is full
     * @throws dev.forebay.base.error.Internal when the directory cannot be read or written
     */
    public static RocksMetaStore open(
            Path directory, List<Space> spaces, RocksSettings settings, Clock clock) {
        return new RocksMetaStore(
                new RocksOpening(directory, Space.distinct(spaces), settings, clock).open(), clock);
    }

    @Override
    public <T> T read(Function<Reader, T> work) {
        return store.read(work);
    }

    @Override
    public <T> T transact(Function<Transaction, T> work) {
        return store.transact(work);
    }

    @Override
    public void verify(Progress progress) {
        store.whileOpen(() -> storage.verify(progress));
    }

    @Override
    public Map<String, Long> statistics() {
        return store.statistics();
    }

    @Override
    public void close() {
        store.close();
    }
}
