package dev.forebay.meta;

import dev.forebay.base.Disk;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Writes zeros to the write-ahead log ahead of RocksDB, so that the sync of a small write need not
 * make a new length of the file durable, too: one write to the disk instead of three. RocksDB goes
 * on writing where it was, its replay takes zeros for the end of a log, and it cuts them off when
 * it closes the log. Used by the one thread that writes, before it does.
 */
final class WalLayout {
    private static final Logger LOG = LoggerFactory.getLogger(WalLayout.class);

    /** Bytes laid out at a time. */
    private static final int STEP = 1 << 20;

    /** A longer write takes so long by itself that nothing is gained. */
    private static final int SMALL_MAX = 16 << 10;

    /** What RocksDB adds to a small write: a header, and the rest of a block. */
    private static final int OVERHEAD = 32;

    private final Disk disk;
    private final Path directory;
    private final ByteBuffer zeros = ByteBuffer.allocateDirect(STEP);

    /** Bytes that may be written before the end of what is laid out is near. */
    private long room;

    WalLayout(Disk disk, Path directory) {
        this.disk = disk;
        this.directory = directory;
    }

    /** Makes room for a write of {@code bytes}, if that is worth it. */
    void beforeWrite(long bytes) {
        room -= bytes + OVERHEAD;
        if (room < 0 && bytes <= SMALL_MAX) {
            layOut();
            room = STEP - SMALL_MAX;
        }
    }

    private void layOut() {
        try {
            var log = new WalInspection(disk, directory).newestLog();
            if (log.isPresent()) {
                layOut(log.get());
            }
        } catch (IOException e) {
            // Only speed is lost: the next write says whether the disk is full.
            LOG.debug("log not laid out directory={}", directory, e);
        }
    }

    private void layOut(Path log) throws IOException {
        try (Disk.File file = disk.open(log, Disk.Mode.WRITE)) {
            // Never before its end: RocksDB may have written up to there.
            long end = file.length();
            boolean done = false;
            try {
                file.write(end, zeros.clear());
                file.sync();
                done = true;
            } finally {
                if (!done) {
                    file.truncate(end);
                }
            }
        }
    }
}
