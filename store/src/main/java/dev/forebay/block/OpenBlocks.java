package dev.forebay.block;

import dev.forebay.base.BlockId;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the files of recently read blocks open. It is one holder of each; a file that falls out is
 * closed when its last reader is. Safe for use by many threads.
 */
final class OpenBlocks {
    private final int countMax;
    private final Map<BlockId, CheckedFile> files = new LinkedHashMap<>(16, 0.75f, true);
    private boolean closed;

    /**
     * An empty cache.
     *
     * @param countMax files kept open though nobody reads them, 0 or more
     */
    OpenBlocks(int countMax) {
        this.countMax = countMax;
    }

    /** The file of a block, with one hold for the caller; empty when it is not kept. */
    synchronized Optional<CheckedFile> find(BlockId id) {
        CheckedFile file = files.get(id);
        return file != null && file.retain() ? Optional.of(file) : Optional.empty();
    }

    /**
     * Keeps a file, unless one of the same block is kept already.
     *
     * @param opened a file of which the caller has the only hold, which passes to the cache
     * @return the kept file, with one hold for the caller
     */
    CheckedFile keep(CheckedFile opened) {
        List<CheckedFile> dropped = new ArrayList<>();
        CheckedFile kept = keep(opened, dropped);
        dropped.forEach(CheckedFile::release);
        return kept;
    }

    private synchronized CheckedFile keep(CheckedFile opened, List<CheckedFile> dropped) {
        CheckedFile present = files.get(opened.id());
        if (present != null && present.retain()) {
            dropped.add(opened);
            return present;
        }
        if (closed) {
            return opened;
        }
        opened.retain();
        files.put(opened.id(), opened);
        if (files.size() > countMax) {
            CheckedFile eldest = files.values().iterator().next();
            files.remove(eldest.id());
            dropped.add(eldest);
        }
        return opened;
    }

    /** Drops the file of a block. */
    void remove(BlockId id) {
        CheckedFile file;
        synchronized (this) {
            file = files.remove(id);
        }
        if (file != null) {
            file.release();
        }
    }

    /** Drops all files, and keeps none from now on. */
    void close() {
        List<CheckedFile> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(files.values());
            files.clear();
        }
        all.forEach(CheckedFile::release);
    }

    synchronized int count() {
        return files.size();
    }
}
