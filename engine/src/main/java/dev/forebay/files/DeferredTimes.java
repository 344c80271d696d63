package dev.forebay.files;

import dev.forebay.base.Clock;
import dev.forebay.base.InodeId;
import dev.forebay.meta.MetaStore;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Times that change too often to be part of each transaction: last change of directories, last
 * access of files. They are seen at once by whoever asks, written at most once a second, and the
 * last second of them is lost in a crash.
 */
final class DeferredTimes {
    /** Access times are kept to the hour, as HDFS keeps them. */
    private static final long ACCESS_PRECISION_MILLIS = 3_600_000;

    private static final int BATCH = 500;

    private final Map<InodeId, Pending> pending = new ConcurrentHashMap<>();
    private final MetaStore store;
    private final Clock clock;

    DeferredTimes(MetaStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    private record Pending(long modified, long accessed) {
        Pending merge(Pending other) {
            return new Pending(
                    Math.max(modified, other.modified), Math.max(accessed, other.accessed));
        }
    }

    /** Notes that children of a directory changed. */
    void childrenChanged(InodeId directory) {
        pending.merge(directory, new Pending(clock.millis(), 0), Pending::merge);
    }

    /** Notes that a file was opened for reading. */
    void accessed(Inode file) {
        long now = clock.millis();
        if (now - file.times().accessed() >= ACCESS_PRECISION_MILLIS) {
            pending.merge(file.id(), new Pending(0, now), Pending::merge);
        }
    }

    /** The times of an inode with what is not yet written. */
    FileStatus.Times overlay(Inode inode) {
        Pending noted = pending.get(inode.id());
        return noted == null ? inode.times() : merged(inode.times(), noted);
    }

    private static FileStatus.Times merged(FileStatus.Times times, Pending noted) {
        return new FileStatus.Times(
                times.created(),
                Math.max(times.modified(), noted.modified()),
                Math.max(times.accessed(), noted.accessed()));
    }

    /** Writes what was noted. */
    void flush() {
        List<Map.Entry<InodeId, Pending>> entries = List.copyOf(pending.entrySet());
        for (int from = 0; from < entries.size(); from += BATCH) {
            var batch = entries.subList(from, Math.min(from + BATCH, entries.size()));
            store.update(
                    tx -> {
                        for (var entry : batch) {
                            Tree.lock(tx, entry.getKey())
                                    .ifPresent(
                                            inode ->
                                                    Tree.put(
                                                            tx,
                                                            inode.withTimes(
                                                                    merged(
                                                                            inode.times(),
                                                                            entry.getValue()))));
                        }
                    });
            for (var entry : batch) {
                pending.remove(entry.getKey(), entry.getValue());
            }
        }
    }
}
