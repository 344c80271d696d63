package dev.forebay.base;

import dev.forebay.base.error.Invalid;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * The name of a shared-memory object: {@value #LENGTH} bytes of any value, kept as they lie in
 * memory.
 *
 * @param first bytes 0 to 7, the first one most significant
 * @param second bytes 8 to 15
 * @param third bytes 16 to 19
 */
public record ObjectId(long first, long second, int third) implements Comparable<ObjectId> {
    /** Bytes of an id. */
    public static final int LENGTH = 20;

    /**
     * Takes an id from bytes.
     *
     * @throws Invalid when there are not exactly {@value #LENGTH}
     */
    public static ObjectId of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new Invalid("an object id has 20 bytes", bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new ObjectId(buffer.getLong(), buffer.getLong(), buffer.getInt());
    }

    /**
     * Reads the hexadecimal form, in either case.
     *
     * @throws Invalid when it is not 40 hexadecimal digits
     */
    public static ObjectId parse(String text) {
        if (text.length() != 2 * LENGTH) {
            throw new Invalid("an object id has 40 hexadecimal digits", text);
        }
        try {
            return of(HexFormat.of().parseHex(text));
        } catch (IllegalArgumentException e) {
            throw new Invalid("an object id has 40 hexadecimal digits", text, e);
        }
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return ByteBuffer.allocate(LENGTH).putLong(first).putLong(second).putInt(third).array();
    }

    /** In the order of the bytes, unsigned. */
    @Override
    public int compareTo(ObjectId other) {
        int order = Long.compareUnsigned(first, other.first);
        if (order == 0) {
            order = Long.compareUnsigned(second, other.second);
        }
        return order == 0 ? Integer.compareUnsigned(third, other.third) : order;
    }

    // Ids are often random, and then any of their bits would do; those made by counting are not.
    @Override
    public int hashCode() {
        long mixed = (first ^ Long.rotateLeft(second, 23) ^ third) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32);
    }

    /** 40 lower-case hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes());
    }
}
