package dev.forebay.meta;

import dev.forebay.base.error.Corrupt;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Internal;
import dev.forebay.base.error.InvalidState;
import dev.forebay.base.error.OutOfSpace;

import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** The one place that turns errors of RocksDB into ours. */
final class RocksErrors {
    private RocksErrors() {}

    /**
     * Translates.
     *
     * @param failure what RocksDB threw; kept as the cause
     * @param subject the directory of the store
     */
    static ForebayException of(RocksDBException failure, Object subject) {
        Status status = failure.getStatus();
        if (status == null) {
            return new Internal("the key-value store failed", subject, failure);
        }
        return switch (status.getCode()) {
            case Corruption -> new Corrupt("the metadata store is damaged", subject, failure);
            case IOError -> ofInputOutput(status, failure, subject);
            default -> new Internal("the key-value store failed", subject, failure);
        };
    }

    private static ForebayException ofInputOutput(
            Status status, RocksDBException failure, Object subject) {
        if (status.getSubCode() == Status.SubCode.NoSpace) {
            return new OutOfSpace("no space for metadata", subject, failure);
        }
        // RocksDB only opens files that its manifest names, and has a code for it in C++ only.
        return state(status).contains("No such file or directory")
                ? new Corrupt("a file of the metadata store is missing", subject, failure)
                : new Internal("metadata could not be read or written", subject, failure);
    }

    private static String state(Status status) {
        String state = status.getState();
        return state == null ? "" : state;
    }

    /** Translates an error of opening, where another process may have the directory. */
    static ForebayException ofOpening(RocksDBException failure, Object subject) {
        Status status = failure.getStatus();
        String state = status == null ? "" : state(status);
        // RocksDB has no code for it: "While lock file: ..." is another process, "lock hold by
        // current process ..." another store of this one.
        boolean locked = state.contains("lock file") || state.contains("lock hold by");
        return locked
                ? new InvalidState("the metadata store is in use elsewhere", subject, failure)
                : of(failure, subject);
    }
}
