package dev.forebay.tokens;

import dev.forebay.base.error.Invalid;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a token says, in the form of Hadoop's {@code AbstractDelegationTokenIdentifier}.
 *
 * <pre>
 * version 1, 0 | owner text | renewer text | real user text
 *              | issued number | end of life number | sequence number | key number
 * text: length number | UTF-8
 * number: one byte from -112 to 127; else one byte of -113 to -120 for 1 to 8 bytes that follow,
 *         big-endian, or of -121 to -128 for those of a negative number's complement
 * </pre>
 *
 * @param owner user that the token acts for, 1 to 1,000 bytes
 * @param renewer user that may renew it; empty for nobody
 * @param realUser user who got it in the owner's name; empty for the owner
 * @param issuedMillis when, since 1970
 * @param maxMillis when it can be renewed no more
 * @param sequence number of the token, from 1
 * @param keyId number of the key that its password is made with
 */
public record TokenIdentifier(
        String owner,
        String renewer,
        String realUser,
        long issuedMillis,
        long maxMillis,
        int sequence,
        int keyId) {
    private static final int NAME_MAX = 1_000;
    private static final int LENGTH_MAX = 4_096;
    private static final byte VERSION = 0;

    // WritableUtils.java: the least value of one byte, and what lengths are counted from
    private static final int SINGLE_MIN = -112;
    private static final int NEGATIVE = -120;

    /** Checks the names. */
    public TokenIdentifier {
        if (owner.isEmpty()) {
            throw new Invalid("a token has an owner", "");
        }
        requireShort(owner);
        requireShort(renewer);
        requireShort(realUser);
    }

    private static void requireShort(String name) {
        if (name.getBytes(StandardCharsets.UTF_8).length > NAME_MAX) {
            throw new Invalid("a name in a token has at most 1000 bytes", name.length());
        }
    }

    /** The bytes that a client gets. */
    public byte[] encode() {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        target.write(VERSION);
        putText(target, owner);
        putText(target, renewer);
        putText(target, realUser);
        putNumber(target, issuedMillis);
        putNumber(target, maxMillis);
        putNumber(target, sequence);
        putNumber(target, keyId);
        return target.toByteArray();
    }

    /**
     * Reads what a client sent.
     *
     * @throws Invalid when it is malformed
     */
    public static TokenIdentifier decode(byte[] bytes) {
        ByteBuffer source = ByteBuffer.wrap(bytes);
        try {
            if (bytes.length > LENGTH_MAX || source.get() != VERSION) {
                throw malformed();
            }
            TokenIdentifier identifier =
                    new TokenIdentifier(
                            text(source),
                            text(source),
                            text(source),
                            number(source),
                            number(source),
                            Math.toIntExact(number(source)),
                            Math.toIntExact(number(source)));
            if (source.hasRemaining()) {
                throw malformed();
            }
            return identifier;
        } catch (BufferUnderflowException | ArithmeticException e) {
            throw new Invalid("malformed token", bytes.length, e);
        }
    }

    private static Invalid malformed() {
        return new Invalid("malformed token", "");
    }

    private static void putText(ByteArrayOutputStream target, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        putNumber(target, bytes.length);
        target.writeBytes(bytes);
    }

    private static String text(ByteBuffer source) {
        long length = number(source);
        if (length < 0 || length > source.remaining()) {
            throw malformed();
        }
        byte[] bytes = new byte[(int) length];
        source.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static void putNumber(ByteArrayOutputStream target, long number) {
        if (number >= SINGLE_MIN && number <= Byte.MAX_VALUE) {
            target.write((byte) number);
            return;
        }
        long magnitude = number < 0 ? ~number : number;
        int width = (Long.SIZE - Long.numberOfLeadingZeros(magnitude) + 7) / Byte.SIZE;
        target.write((byte) ((number < 0 ? NEGATIVE : SINGLE_MIN) - width));
        for (int i = width - 1; i >= 0; i--) {
            target.write((byte) (magnitude >>> (i * Byte.SIZE)));
        }
    }

    static long number(ByteBuffer source) {
        byte first = source.get();
        if (first >= SINGLE_MIN) {
            return first;
        }
        boolean negative = first < NEGATIVE;
        int width = (negative ? NEGATIVE : SINGLE_MIN) - first;
        long magnitude = 0;
        for (int i = 0; i < width; i++) {
            magnitude = magnitude << Byte.SIZE | Byte.toUnsignedLong(source.get());
        }
        return negative ? ~magnitude : magnitude;
    }
}
