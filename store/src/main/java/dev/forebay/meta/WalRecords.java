package dev.forebay.meta;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Reads the record headers of one block of a RocksDB write-ahead log.
 *
 * <p>A log is a row of blocks of 32 KiB, the last one shorter. A record does not cross a block; a
 * longer write is cut into a first, middle and last record. The last 6 bytes or fewer of a block,
 * too short for a header, are zero, and so is what {@link WalLayout} laid out.
 *
 * <pre>
 * offset width field                        (little-endian)
 *      0     4 CRC32C of type and payload, rotated right by 15 bits plus 0xa282ead8
 *      4     2 length of the payload
 *      6     1 type: 1 full, 2 first, 3 middle, 4 last; 0 means blank; others carry no entries
 *      7     n payload; of a full or first one: 8 bytes sequence number, 4 bytes count, entries
 * </pre>
 *
 * Source: facebook/rocksdb db/log_format.h, db/log_writer.cc, db/write_batch.cc.
 */
final class WalRecords {
    /** Length of a block in bytes. */
    static final int BLOCK_LENGTH = 32 * 1024;

    private static final int HEADER_LENGTH = 7;
    private static final int BATCH_HEADER_LENGTH = 12;
    private static final int FULL = 1;
    private static final int FIRST = 2;
    private static final int LAST = 4;
    private static final int TYPE_MAX = 11;
    private static final int CHECKSUM_ROTATION = 15;
    private static final int CHECKSUM_DELTA = 0xa282ead8;

    private final ByteBuffer block;
    private final CRC32C checksum = new CRC32C();
    private final int end;
    private int position;

    /** Reads from the first byte of {@code block}, which nobody changes, to its limit. */
    WalRecords(ByteBuffer block) {
        this.block = block.order(ByteOrder.LITTLE_ENDIAN);
        this.end = end();
    }

    /** Whether there is room for a header. */
    boolean hasNext() {
        return block.limit() - position >= HEADER_LENGTH;
    }

    /** Whether a whole record that checks is here. */
    boolean isValid() {
        int type = type();
        int length = length();
        if (type == 0 || type > TYPE_MAX || length > block.limit() - position - HEADER_LENGTH) {
            return false;
        }
        checksum.reset();
        checksum.update(block.slice(position + HEADER_LENGTH - 1, length + 1));
        int plain = (int) checksum.getValue();
        int masked = Integer.rotateRight(plain, CHECKSUM_ROTATION) + CHECKSUM_DELTA;
        return masked == block.getInt(position);
    }

    private int type() {
        return block.get(position + HEADER_LENGTH - 1) & 0xff;
    }

    private int length() {
        return block.getShort(position + Integer.BYTES) & 0xffff;
    }

    /** Whether a write begins with the record here. */
    boolean begins() {
        return type() == FULL || type() == FIRST;
    }

    /** Whether a write ends with the record here. */
    boolean ends() {
        return type() == FULL || type() == LAST;
    }

    /** Whether the record here belongs to a write at all. */
    boolean carriesEntries() {
        return type() <= LAST;
    }

    /** Whether the sequence numbers of the write that begins here are in this record. */
    boolean hasSequence() {
        return begins() && length() >= BATCH_HEADER_LENGTH;
    }

    /** The sequence number of the first entry of the write. */
    long sequence() {
        return block.getLong(position + HEADER_LENGTH);
    }

    /** How many entries the write has. */
    long count() {
        return block.getInt(position + HEADER_LENGTH + Long.BYTES) & 0xffffffffL;
    }

    /** Goes behind the record here. */
    void skipRecord() {
        position += HEADER_LENGTH + length();
    }

    /** Goes to the next byte, to look for a record there. */
    void skipByte() {
        position++;
    }

    /** Whether only zeros are left. */
    boolean isBlank() {
        return position >= end;
    }

    private int end() {
        int last = block.limit();
        while (last > 0 && block.get(last - 1) == 0) {
            last--;
        }
        return last;
    }
}
