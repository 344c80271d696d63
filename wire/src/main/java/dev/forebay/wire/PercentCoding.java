package dev.forebay.wire;

import dev.forebay.base.error.Invalid;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Percent escapes of RFC 3986. Works on bytes: what comes out need not be UTF-8, and a character
 * that was sent unescaped stands for its UTF-8 bytes.
 */
public final class PercentCoding {
    private PercentCoding() {}

    /**
     * Decodes a part of a path. A plus stays a plus.
     *
     * @throws Invalid when a percent sign is not followed by two hexadecimal digits
     */
    public static byte[] decodePath(String raw) {
        return decode(raw, false);
    }

    /**
     * Decodes a name or value of a query. A plus is a space.
     *
     * @throws Invalid when a percent sign is not followed by two hexadecimal digits
     */
    public static byte[] decodeForm(String raw) {
        return decode(raw, true);
    }

    /** Escapes every byte but letters, digits, and {@code - . _ ~}. */
    public static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            if (isUnreserved(b)) {
                text.append((char) b);
            } else {
                text.append('%')
                        .append(Character.toUpperCase(Character.forDigit((b >> 4) & 15, 16)))
                        .append(Character.toUpperCase(Character.forDigit(b & 15, 16)));
            }
        }
        return text.toString();
    }

    private static boolean isUnreserved(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || "-._~".indexOf(b) >= 0;
    }

    private static byte[] decode(String raw, boolean form) {
        byte[] source = raw.getBytes(StandardCharsets.UTF_8);
        var target = new ByteArrayOutputStream(source.length);
        for (int i = 0; i < source.length; i++) {
            if (source[i] == '%') {
                target.write(escaped(source, i, raw));
                i += 2;
            } else {
                target.write(form && source[i] == '+' ? ' ' : source[i]);
            }
        }
        return target.toByteArray();
    }

    private static int escaped(byte[] source, int index, String raw) {
        int high = index + 2 < source.length ? Character.digit(source[index + 1], 16) : -1;
        int low = index + 2 < source.length ? Character.digit(source[index + 2], 16) : -1;
        if (high < 0 || low < 0) {
            throw new Invalid("a percent sign is not followed by two hexadecimal digits", raw);
        }
        return (high << 4) | low;
    }
}
