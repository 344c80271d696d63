package dev.forebay.meta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.Disk;
import dev.forebay.base.MemoryDisk;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/** Logs made by hand, so that each kind of damage has its place. */
class WalInspectionTest {
    private static final int FULL = 1;
    private static final int FIRST = 2;
    private static final int MIDDLE = 3;
    private static final int LAST = 4;

    private final Disk disk = new MemoryDisk(64L << 20);
    private final Path directory = Path.of("/store");
    private boolean torn;

    WalInspectionTest() throws IOException {
        disk.createDirectories(directory);
    }

    /** A log in the making. */
    private static final class Log {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        /** Adds a write of {@code count} entries, cut at the ends of blocks as RocksDB does. */
        Log write(long sequence, int count, int length) {
            ByteBuffer payload = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
            payload.putLong(sequence).putInt(count).rewind();
            for (boolean first = true; first || payload.hasRemaining(); first = false) {
                int room = WalRecords.BLOCK_LENGTH - bytes.size() % WalRecords.BLOCK_LENGTH;
                if (room < 7) {
                    bytes.writeBytes(new byte[room]);
                    room = WalRecords.BLOCK_LENGTH;
                }
                byte[] part = new byte[Math.min(room - 7, payload.remaining())];
                payload.get(part);
                boolean last = !payload.hasRemaining();
                record(first ? (last ? FULL : FIRST) : (last ? LAST : MIDDLE), part);
            }
            return this;
        }

        private void record(int type, byte[] payload) {
            var checksum = new CRC32C();
            checksum.update(type);
            checksum.update(payload);
            int masked = Integer.rotateRight((int) checksum.getValue(), 15) + 0xa282ead8;
            ByteBuffer header = ByteBuffer.allocate(7).order(ByteOrder.LITTLE_ENDIAN);
            header.putInt(masked).putShort((short) payload.length).put((byte) type);
            bytes.writeBytes(header.array());
            bytes.writeBytes(payload);
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }
    }

    private void put(int number, byte[] log) throws IOException {
        Path path = directory.resolve("%06d.log".formatted(number));
        try (Disk.File file = disk.open(path, Disk.Mode.CREATE)) {
            file.write(0, ByteBuffer.wrap(log));
        }
    }

    private OptionalLong inspect() throws IOException {
        var inspection = new WalInspection(disk, directory);
        OptionalLong damaged = inspection.findDamagedLog();
        torn = inspection.hasTornTail();
        return damaged;
    }

    private static Log threeWrites() {
        return new Log().write(1, 2, 100).write(3, 1, 100_000).write(4, 1, 50);
    }

    @Test
    void soundLogsAreSound() throws IOException {
        put(4, threeWrites().bytes());
        put(9, new byte[0]);
        put(11, new Log().write(5, 0, 12).write(5, 1, 70_000).bytes());
        assertThat(inspect()).isEmpty();
        assertThat(torn).isFalse();
    }

    @Test
    void headersCutAtTheEndOfABlockAreSound() throws IOException {
        for (int room = 0; room < 30; room++) {
            int length = WalRecords.BLOCK_LENGTH - 7 - room;
            put(4, new Log().write(1, 1, length).write(2, 1, 200).write(3, 1, 20).bytes());
            assertThat(inspect()).as("room %d", room).isEmpty();
            assertThat(torn).isFalse();
            disk.delete(directory.resolve("000004.log"));
        }
    }

    @Test
    void everyCutOfTheLastWriteIsATornTail() throws IOException {
        byte[] log = threeWrites().bytes();
        for (int cut = 1; cut < 57; cut++) {
            put(4, Arrays.copyOf(log, log.length - cut));
            assertThat(inspect()).as("cut %d", cut).isEmpty();
            assertThat(torn).isTrue();
            disk.delete(directory.resolve("000004.log"));
        }
    }

    @Test
    void aLastWriteOfManyBlocksMayMissItsFirstOnes() throws IOException {
        byte[] log = new Log().write(1, 1, 100).write(2, 5, 150_000).bytes();
        Arrays.fill(log, 107, WalRecords.BLOCK_LENGTH * 2, (byte) 0);
        put(4, log);
        assertThat(inspect()).isEmpty();
        assertThat(torn).isTrue();
    }

    @Test
    void everyFlippedByteBeforeTheLastWriteIsDamage() throws IOException {
        byte[] log = new Log().write(1, 2, 100).write(3, 1, 60).write(4, 1, 50).bytes();
        for (int at = 0; at < log.length - 57; at++) {
            byte[] flipped = log.clone();
            flipped[at] ^= 0x40;
            put(4, flipped);
            assertThat(inspect()).as("byte %d", at).hasValue(4);
            disk.delete(directory.resolve("000004.log"));
        }
    }

    @Test
    void aCutLogBeforeAnotherIsDamageOfTheCutOne() throws IOException {
        byte[] log = threeWrites().bytes();
        put(4, Arrays.copyOf(log, log.length - 3));
        put(7, new Log().write(5, 1, 50).bytes());
        assertThat(inspect()).hasValue(4);
    }

    @Test
    void aLogCutBetweenWritesIsDamageByItsNumbers() throws IOException {
        byte[] log = threeWrites().bytes();
        put(4, Arrays.copyOf(log, log.length - 57));
        put(7, new Log().write(5, 1, 50).bytes());
        assertThat(inspect()).hasValue(4);
    }

    @Test
    void theLastDamagedLogIsNamed() throws IOException {
        byte[] log = threeWrites().bytes();
        log[20] ^= 1;
        put(4, log);
        byte[] later = new Log().write(5, 1, 50).write(6, 1, 50).bytes();
        later[20] ^= 1;
        put(7, later);
        assertThat(inspect()).hasValue(7);
    }

    @Test
    void aRecordWithinTheBytesOfATornFileIsNotAWrite() throws IOException {
        byte[] inner = new Log().write(1, 1, 50).bytes();
        byte[] log = new Log().write(8, 1, 100).write(9, 1, 400).bytes();
        System.arraycopy(inner, 0, log, 200, inner.length);
        put(4, log);
        assertThat(inspect()).isEmpty();
        assertThat(torn).isTrue();
    }

    private static byte[] laidOut(Log log) {
        return Arrays.copyOf(log.bytes(), log.bytes().length + WalRecords.BLOCK_LENGTH * 3);
    }

    @Test
    void whatIsLaidOutBehindTheLastWriteIsTheEnd() throws IOException {
        put(4, laidOut(threeWrites()));
        put(7, laidOut(new Log().write(5, 1, 50)));
        assertThat(inspect()).isEmpty();
        assertThat(torn).isFalse();
    }

    @Test
    void aWriteBrokenOffInWhatIsLaidOutIsATornTail() throws IOException {
        byte[] log = laidOut(new Log().write(1, 1, 100).write(2, 5, 150_000));
        Arrays.fill(log, WalRecords.BLOCK_LENGTH * 2, log.length, (byte) 0);
        put(4, log);
        assertThat(inspect()).isEmpty();
        assertThat(torn).isTrue();
    }

    @Test
    void zerosWhereWritesWereAreDamageByTheNumbersBehind() throws IOException {
        byte[] log = laidOut(threeWrites().write(5, 1, 40_000).write(6, 1, 50));
        Arrays.fill(log, 107, 107 + 120_000, (byte) 0);
        put(4, log);
        assertThat(inspect()).hasValue(4);
    }
}
