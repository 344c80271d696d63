package dev.forebay.base;

import dev.forebay.base.error.Corrupt;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads records that {@link RecordWriter} wrote. Call {@link #next} until it returns 0, and one of
 * the value methods for each field that is known; the others are skipped.
 */
public final class RecordReader {
    // protobuf.dev/programming-guides/proto3, "Assigning Field Numbers"
    private static final long FIELD_MAX = (1L << 29) - 1;

    private final byte[] source;
    private int position;
    private long number;
    private int from;

    /** Begins at the first field. */
    public RecordReader(byte[] source) {
        this.source = source;
    }

    /**
     * Goes to the next field.
     *
     * @return its number, or 0 at the end
     * @throws Corrupt when the bytes are no record
     */
    public int next() {
        if (position == source.length) {
            return 0;
        }
        long tag = varint();
        if (tag >>> 3 == 0 || tag >>> 3 > FIELD_MAX) {
            throw new Corrupt("record field of impossible number", tag >>> 3);
        }
        from = position;
        if ((tag & 7) == 0) {
            number = varint();
        } else if ((tag & 7) == 2) {
            long length = varint();
            from = position;
            if (length < 0 || length > source.length - position) {
                throw new Corrupt("record field beyond the end", tag >>> 3);
            }
            position += (int) length;
        } else {
            throw new Corrupt("record field of unknown wire type", tag);
        }
        return (int) (tag >>> 3);
    }

    /** The number of this field. */
    public long number() {
        return number;
    }

    /** The number of this field when it may be negative. */
    public long signed() {
        return (number >>> 1) ^ -(number & 1);
    }

    /** The flag of this field. */
    public boolean flag() {
        return number != 0;
    }

    /** The bytes of this field. */
    public byte[] bytes() {
        return Arrays.copyOfRange(source, from, position);
    }

    /** The text of this field. */
    public String text() {
        return new String(source, from, position - from, StandardCharsets.UTF_8);
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (position == source.length) {
                throw new Corrupt("record is cut off", source.length);
            }
            byte b = source[position++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new Corrupt("record number is too long", position);
    }
}
