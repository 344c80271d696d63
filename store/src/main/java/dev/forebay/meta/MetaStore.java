package dev.forebay.meta;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Ordered keys and values in named spaces, with snapshot reads and durable, atomic transactions.
 *
 * <p>Implementations: {@code RocksMetaStore} on disk, {@code MemoryMetaStore}. The rules are in the
 * contract test that runs on each.
 */
public interface MetaStore extends AutoCloseable {
    /**
     * Runs work that only reads, on one consistent snapshot.
     *
     * @throws dev.forebay.base.error.Corrupt when stored bytes fail their checksum
     * @throws dev.forebay.base.error.Closed after {@link #close}
     */
    <T> T read(Function<Reader, T> work);

    /**
     * Runs work in a transaction. When this returns, all of it is durable and visible; when this
     * throws, whatever the reason, none of it is, but for {@link dev.forebay.base.error.Internal}
     * from the storage below, whose outcome is unknown until the store is opened again.
     *
     * <p>Transactions that wait for the disk at the same time share one sync. Work may run several
     * times and must not call {@code transact} itself. An exception of the work undoes the
     * transaction and is thrown as it is.
     *
     * @throws dev.forebay.base.error.Conflict when deadlocks or lock waits used up all retries
     * @throws dev.forebay.base.error.OutOfSpace when the disk is full
     * @throws dev.forebay.base.error.Unavailable when the storage could not take the write for some
     *     seconds, or the thread was interrupted while it waited
     * @throws dev.forebay.base.error.Closed after {@link #close}
     */
    <T> T transact(Function<Transaction, T> work);

    /** As {@link #read}, for work that gives nothing back. */
    default void visit(Consumer<Reader> work) {
        boolean done =
                read(
                        reader -> {
                            work.accept(reader);
                            return true;
                        });
        assert done;
    }

    /** As {@link #transact}, for work that gives nothing back. */
    default void update(Consumer<Transaction> work) {
        boolean done =
                transact(
                        tx -> {
                            work.accept(tx);
                            return true;
                        });
        assert done;
    }

    /** Figures for metrics: names are stable, values in the unit that the name ends with. */
    Map<String, Long> statistics();

    /**
     * Waits for running work and closes. Calls after it throw {@link
     * dev.forebay.base.error.Closed}.
     */
    @Override
    void close();
}
