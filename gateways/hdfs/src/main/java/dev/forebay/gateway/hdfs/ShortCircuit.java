package dev.forebay.gateway.hdfs;

import dev.forebay.base.BlockId;
import dev.forebay.base.Clock;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.unix.UnixDescriptor;
import dev.forebay.files.SharesBlockFiles;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;

/**
 * What connections of the domain socket share: files of blocks, and the memory in which clients are
 * told that a block is gone. What a client gets was compared with its checksums before.
 */
final class ShortCircuit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShortCircuit.class);

    /** How long a client may hold a block for valid that is gone; its bytes are those it was. */
    private static final Duration SWEEP_PAUSE = Duration.ofSeconds(1);

    private final SharesBlockFiles files;
    private final SlotRegistry slots = new SlotRegistry();
    private final ChecksumFiles checksums = new ChecksumFiles();
    private final Thread sweeper;
    private volatile boolean closing;

    ShortCircuit(SharesBlockFiles files, Clock clock) {
        this.files = files;
        this.sweeper = Thread.ofVirtual().name("hdfs-slots").unstarted(() -> sweep(clock));
    }

    void start() {
        sweeper.start();
    }

    private void sweep(Clock clock) {
        while (!closing) {
            try {
                clock.sleep(SWEEP_PAUSE);
                slots.sweep(files);
            } catch (InterruptedException e) {
                return;
            } catch (ForebayException e) {
                LOG.error("blocks that clients have not looked for", e);
            }
        }
    }

    SlotRegistry slots() {
        return slots;
    }

    /** The file of a block; errors as {@link SharesBlockFiles#openDescriptor}. */
    UnixDescriptor open(BlockId block) {
        return files.openDescriptor(block);
    }

    ChecksumFiles checksums() {
        return checksums;
    }

    @Override
    public void close() {
        closing = true;
        sweeper.interrupt();
        checksums.close();
    }
}
