package dev.forebay.block;

import dev.forebay.base.BlockId;
import dev.forebay.base.Clock;
import dev.forebay.base.error.Corrupt;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.InvalidState;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.Unavailable;
import dev.forebay.base.error.Unsupported;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Reads all sealed blocks slowly and compares their checksums, so that damage is found before
 * somebody needs the bytes. It finds what the system reads back: bytes that are in its page cache
 * are checked there.
 *
 * <p>One pass at a time; the counts may be read by any thread.
 */
public final class Scrubber {
    // without a bound a pass that was held up would go on at full speed until it caught up
    private static final long ARREARS_NANOS_MAX = 1_000_000_000;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final Logger log = LoggerFactory.getLogger(Scrubber.class);

    private final DiskBlockStore store;
    private final Clock clock;
    private final double nanosPerByte;
    private final LongAdder blocksChecked = new LongAdder();
    private final LongAdder bytesChecked = new LongAdder();
    private final LongAdder blocksDamaged = new LongAdder();
    private long dueNanos;

    /**
     * A damaged block.
     *
     * @param id its id
     * @param error {@link Corrupt}, or {@link Unavailable} when the disk fails to read it
     */
    public record Finding(BlockId id, ForebayException error) {}

    /**
     * A scrubber that has not begun.
     *
     * @param bytesPerSecond the rate that a pass keeps to, 1 or more
     */
    public Scrubber(DiskBlockStore store, Clock clock, long bytesPerSecond) {
        this.store = store;
        this.clock = clock;
        this.nanosPerByte = NANOS_PER_SECOND / Math.max(1, bytesPerSecond);
    }

    /**
     * Checks each sealed block once. Blocks that come or go meanwhile may be left out.
     *
     * @param findings called for each damaged block, in the thread of the caller
     * @throws InterruptedException when the thread is interrupted; the pass ends
     * @throws dev.forebay.base.error.Closed when the store is closed meanwhile
     */
    public void pass(Consumer<Finding> findings) throws InterruptedException {
        dueNanos = clock.nanos();
        for (int folder = 0; folder < BlockFolders.COUNT; folder++) {
            for (BlockId id : store.ids(folder)) {
                checkOne(id, findings);
            }
        }
    }

    private void checkOne(BlockId id, Consumer<Finding> findings) throws InterruptedException {
        try {
            check(id);
            blocksChecked.increment();
        } catch (NotFound | InvalidState _) {
            // deleted meanwhile, or not sealed yet
        } catch (Unsupported e) {
            log.warn("block cannot be scrubbed block={}", id, e);
        } catch (Corrupt | Unavailable e) {
            blocksChecked.increment();
            blocksDamaged.increment();
            log.error("block is damaged block={}", id, e);
            findings.accept(new Finding(id, e));
        }
    }

    private void check(BlockId id) throws InterruptedException {
        CheckedFile file = store.openFile(id);
        try {
            for (int chunk = 0; chunk < file.chunkCount(); chunk++) {
                int count = file.verify(chunk);
                bytesChecked.add(count);
                pace(count);
            }
        } finally {
            file.release();
        }
    }

    private void pace(int count) throws InterruptedException {
        long now = clock.nanos();
        dueNanos = Math.max(dueNanos, now - ARREARS_NANOS_MAX) + (long) (count * nanosPerByte);
        if (dueNanos > now) {
            clock.sleep(Duration.ofNanos(dueNanos - now));
        }
    }

    /** Blocks read to the end or found damaged, in all passes. */
    public long blocksChecked() {
        return blocksChecked.sum();
    }

    /** Bytes of data that matched, in all passes. */
    public long bytesChecked() {
        return bytesChecked.sum();
    }

    /** Blocks found damaged, in all passes; one that stays damaged counts in each. */
    public long blocksDamaged() {
        return blocksDamaged.sum();
    }
}
