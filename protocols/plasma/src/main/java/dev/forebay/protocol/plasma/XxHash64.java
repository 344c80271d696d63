package dev.forebay.protocol.plasma;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/**
 * The 64-bit xxHash with seed 0, fed piece by piece, as its specification gives it: four lanes take
 * eight bytes each of a stripe of 32; what is left at the end is mixed in by words of 8, 4 and 1.
 * For one thread.
 */
final class XxHash64 {
    private static final long PRIME_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME_3 = 0x165667B19E3779F9L;
    private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME_5 = 0x27D4EB2F165667C5L;
    private static final int STRIPE = 32;

    /** The sum of the first two; the compiler takes the overflow for a mistake. */
    private static final long PRIMES_1_AND_2 = 0x60EA27EEADC0B5D6L;

    private long first = PRIMES_1_AND_2;
    private long second = PRIME_2;
    private long third;
    private long fourth = -PRIME_1;
    private long length;
    private final MemorySegment rest = MemorySegment.ofArray(new byte[STRIPE]);
    private int restLength;

    /** The hash of one run of bytes. */
    static long of(MemorySegment bytes) {
        return new XxHash64().update(bytes).value();
    }

    XxHash64 update(MemorySegment bytes) {
        long size = bytes.byteSize();
        length += size;
        long at = 0;
        if (restLength > 0) {
            at = Math.min(STRIPE - restLength, size);
            MemorySegment.copy(bytes, 0, rest, restLength, at);
            restLength += (int) at;
            if (restLength < STRIPE) {
                return this;
            }
            stripes(rest, 0, STRIPE);
            restLength = 0;
        }
        long whole = at + (size - at) / STRIPE * STRIPE;
        stripes(bytes, at, whole);
        restLength = (int) (size - whole);
        MemorySegment.copy(bytes, whole, rest, 0, restLength);
        return this;
    }

    private void stripes(MemorySegment bytes, long from, long to) {
        long a = first;
        long b = second;
        long c = third;
        long d = fourth;
        for (long at = from; at < to; at += STRIPE) {
            a = round(a, bytes.get(FlatTable.LONG, at));
            b = round(b, bytes.get(FlatTable.LONG, at + 8));
            c = round(c, bytes.get(FlatTable.LONG, at + 16));
            d = round(d, bytes.get(FlatTable.LONG, at + 24));
        }
        first = a;
        second = b;
        third = c;
        fourth = d;
    }

    private static long round(long lane, long word) {
        return Long.rotateLeft(lane + word * PRIME_2, 31) * PRIME_1;
    }

    private static long merge(long hash, long lane) {
        return (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
    }

    long value() {
        long hash = PRIME_5;
        if (length >= STRIPE) {
            hash =
                    Long.rotateLeft(first, 1)
                            + Long.rotateLeft(second, 7)
                            + Long.rotateLeft(third, 12)
                            + Long.rotateLeft(fourth, 18);
            hash = merge(merge(merge(merge(hash, first), second), third), fourth);
        }
        return avalanche(mixRest(hash + length));
    }

    private long mixRest(long begin) {
        long hash = begin;
        int at = 0;
        for (; at + 8 <= restLength; at += 8) {
            hash ^= round(0, rest.get(FlatTable.LONG, at));
            hash = Long.rotateLeft(hash, 27) * PRIME_1 + PRIME_4;
        }
        if (at + 4 <= restLength) {
            hash ^= Integer.toUnsignedLong(rest.get(FlatTable.INT, at)) * PRIME_1;
            hash = Long.rotateLeft(hash, 23) * PRIME_2 + PRIME_3;
            at += 4;
        }
        for (; at < restLength; at++) {
            hash ^= Byte.toUnsignedLong(rest.get(JAVA_BYTE, at)) * PRIME_5;
            hash = Long.rotateLeft(hash, 11) * PRIME_1;
        }
        return hash;
    }

    private static long avalanche(long mixed) {
        long hash = mixed;
        hash = (hash ^ (hash >>> 33)) * PRIME_2;
        hash = (hash ^ (hash >>> 29)) * PRIME_3;
        return hash ^ (hash >>> 32);
    }
}
