package dev.forebay.files;

import dev.forebay.base.InodeId;
import dev.forebay.meta.MetaStore;
import dev.forebay.meta.Transaction;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands out inode ids from ranges that it fetches from the store, so that the row of the counter is
 * never hot.
 */
final class IdRange {
    private static final int RANGE = 1024;
    private static final byte[] KEY = "inode".getBytes(StandardCharsets.US_ASCII);

    /** Ids below are the root, the trash and reserved. */
    private static final long FIRST = 16;

    private final MetaStore store;
    private final ReentrantLock lock = new ReentrantLock();
    private long next;
    private long limit;

    IdRange(MetaStore store) {
        this.store = store;
    }

    InodeId next() {
        lock.lock();
        try {
            if (next == limit) {
                next = store.transact(IdRange::fetch);
                limit = next + RANGE;
            }
            return new InodeId(next++);
        } finally {
            lock.unlock();
        }
    }

    private static long fetch(Transaction tx) {
        long from =
                tx.getForUpdate(FileSpaces.ID_RANGE, KEY)
                        .map(bytes -> ByteBuffer.wrap(bytes).getLong())
                        .orElse(FIRST);
        tx.put(FileSpaces.ID_RANGE, KEY, FileSpaces.key(from + RANGE));
        return from;
    }
}
