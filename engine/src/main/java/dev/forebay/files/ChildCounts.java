package dev.forebay.files;

import dev.forebay.base.InodeId;
import dev.forebay.meta.KeyRange;
import dev.forebay.meta.Reader;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts the entries of directories, and keeps counts until an entry of the directory changes.
 * Changes are noted by stripe, so a kept count may be given up without need, but is never used when
 * it could be wrong.
 */
final class ChildCounts {
    private static final int STRIPES = 4096;
    private static final int KEPT_MAX = 100_000;

    private final AtomicLongArray changes = new AtomicLongArray(STRIPES);
    private final Map<InodeId, Count> counts = new ConcurrentHashMap<>();

    private record Count(long change, long entries) {}

    /** Notes a committed change of a directory's entries. */
    void changed(InodeId directory) {
        changes.incrementAndGet(stripe(directory));
    }

    long count(Reader reader, InodeId directory) {
        long change = changes.get(stripe(directory));
        Count kept = counts.get(directory);
        if (kept != null && kept.change() == change) {
            return kept.entries();
        }
        long entries = counted(reader, directory);
        if (counts.size() >= KEPT_MAX) {
            counts.clear();
        }
        counts.put(directory, new Count(change, entries));
        return entries;
    }

    static long counted(Reader reader, InodeId directory) {
        long[] entries = new long[1];
        reader.scan(
                FileSpaces.DENTRY,
                KeyRange.prefix(FileSpaces.key(directory)),
                (_, _) -> {
                    entries[0]++;
                    return true;
                });
        return entries[0];
    }

    private static int stripe(InodeId directory) {
        return (int) (directory.value() % STRIPES);
    }
}
