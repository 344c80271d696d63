package dev.forebay.base;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes records in the Protocol Buffers wire format (protobuf.dev/programming-guides/encoding):
 * each field is a varint tag of number and wire type, then a varint (type 0) or a length and bytes
 * (type 2). Fields at their default, zero or empty, are left out. Readers skip fields they do not
 * know, so fields can be added.
 */
public final class RecordWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);

    /** Writes an unsigned or non-negative number; a negative one takes ten bytes. */
    public RecordWriter number(int field, long value) {
        if (value != 0) {
            varint((long) field << 3);
            varint(value);
        }
        return this;
    }

    /** Writes a number that may be negative, zigzag-coded. */
    public RecordWriter signed(int field, long value) {
        return number(field, (value << 1) ^ (value >> 63));
    }

    /** Writes a flag. */
    public RecordWriter flag(int field, boolean value) {
        return number(field, value ? 1 : 0);
    }

    /** Writes text as UTF-8. */
    public RecordWriter text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes bytes, or an embedded record. */
    public RecordWriter bytes(int field, byte[] value) {
        if (value.length > 0) {
            element(field, value);
        }
        return this;
    }

    /** Writes one element of a repeated field, also when it is empty. */
    public RecordWriter element(int field, byte[] value) {
        varint(((long) field << 3) | 2);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    /** The record. */
    public byte[] toBytes() {
        return out.toByteArray();
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
