package dev.forebay.meta;

import dev.forebay.base.Disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks through the write-ahead logs before RocksDB replays them, for damage that is not just a
 * torn tail.
 *
 * <p>RocksDB cannot tell the two apart: it either refuses any record that does not check, and so a
 * store that lost nothing but an unacknowledged write, or it ends the replay there, and so drops
 * acknowledged writes behind the damage without a word. But our writes are synced one by one
 * ({@link CommitQueue} lets one thread write at a time, and each write is a single one for
 * RocksDB). So: when a write begins anywhere behind a place that does not check, that place was
 * synced once, and it is damage. When none does, the place is the last write, which nobody need
 * have been told of.
 *
 * <p>For the same reason sequence numbers run on from one write to the next, over all logs.
 */
final class WalInspection {
    private static final Pattern LOG_NAME = Pattern.compile("([0-9]{1,18})\\.log");

    private final Disk disk;
    private final Path directory;
    private boolean withinWrite;
    private boolean hole;
    private long holeLog;
    private long lastLog;
    private OptionalLong damagedLog = OptionalLong.empty();
    private OptionalLong expectedSequence = OptionalLong.empty();

    WalInspection(Disk disk, Path directory) {
        this.disk = disk;
        this.directory = directory;
    }

    /**
     * Reads all logs.
     *
     * @return the number of the last log with damage, or empty. It does not matter when RocksDB no
     *     longer needs that log
     */
    OptionalLong findDamagedLog() throws IOException {
        for (long log : logs()) {
            inspect(log);
        }
        return damagedLog;
    }

    /** The log that is written to; empty when there is none. */
    Optional<Path> newestLog() throws IOException {
        List<Long> logs = logs();
        return logs.isEmpty() ? Optional.empty() : Optional.of(path(logs.getLast()));
    }

    private Path path(long log) {
        return directory.resolve("%06d.log".formatted(log));
    }

    /** Whether the last write is incomplete. */
    boolean hasTornTail() {
        return hole;
    }

    private List<Long> logs() throws IOException {
        return disk.list(directory).stream()
                .map(LOG_NAME::matcher)
                .filter(Matcher::matches)
                .map(matcher -> Long.valueOf(matcher.group(1)))
                .sorted()
                .toList();
    }

    private void inspect(long log) throws IOException {
        try (Disk.File file = disk.open(path(log), Disk.Mode.READ)) {
            long length = file.length();
            var block = ByteBuffer.allocate(WalRecords.BLOCK_LENGTH);
            for (long at = 0; at < length; at += WalRecords.BLOCK_LENGTH) {
                block.clear();
                file.read(at, block);
                inspectBlock(log, new WalRecords(block.flip()));
            }
        }
        if (withinWrite) {
            openHole(log);
        }
    }

    private void inspectBlock(long log, WalRecords records) {
        while (records.hasNext()) {
            if (records.isBlank()) {
                // Laid out and not written. Where writes were, the next numbers do not fit.
                if (withinWrite) {
                    openHole(log);
                }
                return;
            }
            if (records.isValid()) {
                inspectRecord(log, records);
                records.skipRecord();
            } else {
                openHole(log);
                records.skipByte();
            }
        }
        if (!records.isBlank()) {
            openHole(log);
        }
    }

    private void openHole(long log) {
        hole = true;
        holeLog = log;
        withinWrite = false;
    }

    private void inspectRecord(long log, WalRecords records) {
        if (!records.carriesEntries()) {
            return;
        }
        if (records.begins() == withinWrite) {
            // A first record where a middle one has to be, or the other way round.
            openHole(log);
        }
        if (records.begins()) {
            begin(log, records);
        }
        withinWrite = !hole && !records.ends();
    }

    private void begin(long log, WalRecords records) {
        boolean numbered = records.hasSequence() && records.count() > 0;
        // Bytes of a file within a torn write may look like a record; its numbers would not fit.
        if (hole && numbered && isLater(records.sequence())) {
            damagedLog = OptionalLong.of(holeLog);
            hole = false;
            expectedSequence = OptionalLong.empty();
        }
        if (hole) {
            return;
        }
        if (numbered) {
            if (expectedSequence.isPresent() && records.sequence() > expectedSequence.getAsLong()) {
                damagedLog = OptionalLong.of(lastLog);
            }
            expectedSequence = OptionalLong.of(records.sequence() + records.count());
        } else if (!records.hasSequence()) {
            // Too little of it stands in this block to tell where the next write goes on.
            expectedSequence = OptionalLong.empty();
        }
        lastLog = log;
    }

    private boolean isLater(long sequence) {
        return expectedSequence.isEmpty() || sequence >= expectedSequence.getAsLong();
    }
}
