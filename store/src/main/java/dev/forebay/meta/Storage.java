package dev.forebay.meta;

import java.util.List;
import java.util.Map;

/**
 * What {@link LockingMetaStore} keeps its entries in. It knows no locks and no transactions.
 *
 * <p>Reads may come from many threads; {@link #write} from one at a time.
 */
interface Storage {
    /**
     * Checks that a space was declared at opening.
     *
     * @throws dev.forebay.base.error.Invalid when it was not
     */
    void require(Space space);

    /** Reads, each of which sees what is written at the moment of the call. */
    Reader latest();

    /** Opens a view of what is written now; later writes do not show in it. */
    View snapshot();

    /**
     * Writes all of the group or nothing, and returns when it is durable and visible.
     *
     * @throws dev.forebay.base.error.OutOfSpace when the disk is full; nothing is visible
     * @throws dev.forebay.base.error.Unavailable when it cannot keep up; nothing is written
     * @throws dev.forebay.base.error.Corrupt when the storage has met damage and takes no writes
     * @throws dev.forebay.base.error.Internal on any other failure; nothing is visible, but it may
     *     become so when the storage is opened again
     */
    void write(List<WriteSet> group);

    /** Figures for metrics. */
    Map<String, Long> statistics();

    /** Frees everything. Nobody reads or writes any more. */
    void close();

    /** A consistent state that stays readable until closed. */
    interface View extends Reader, AutoCloseable {
        @Override
        void close();
    }
}
