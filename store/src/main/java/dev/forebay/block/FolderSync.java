package dev.forebay.block;

import dev.forebay.base.Disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes the names in one folder durable. Threads that ask while a sync runs share the next one.
 * Safe for use by many threads.
 */
final class FolderSync {
    private final Disk disk;
    private final Path folder;
    private final Lock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private long asked;
    private long synced;
    private boolean running;

    FolderSync(Disk disk, Path folder) {
        this.disk = disk;
        this.folder = folder;
    }

    /**
     * Returns when a sync that began after the call is done.
     *
     * @throws IOException when the sync of this thread failed; others that waited then try their
     *     own
     */
    void sync() throws IOException {
        long covered = begin();
        if (covered == 0) {
            return;
        }
        boolean done = false;
        try {
            disk.syncDirectory(folder);
            done = true;
        } finally {
            end(done ? covered : 0);
        }
    }

    /** The last request that this thread's sync covers, or 0 when another thread's covered ours. */
    private long begin() {
        lock.lock();
        try {
            long mine = ++asked;
            while (running && synced < mine) {
                ended.awaitUninterruptibly();
            }
            if (synced >= mine) {
                return 0;
            }
            running = true;
            return asked;
        } finally {
            lock.unlock();
        }
    }

    /** Calls of {@link #sync} that have begun. */
    long askedCount() {
        lock.lock();
        try {
            return asked;
        } finally {
            lock.unlock();
        }
    }

    private void end(long covered) {
        lock.lock();
        try {
            running = false;
            synced = Math.max(synced, covered);
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
