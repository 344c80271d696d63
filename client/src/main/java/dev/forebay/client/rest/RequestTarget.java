package dev.forebay.client.rest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Percent-encoding of request targets. Names are bytes: a text stands for its UTF-8 bytes, and half
 * of a surrogate pair alone, U+DC80 to U+DCFF, for the single byte 0x80 to 0xFF (the "surrogate
 * escape" of Python), so that a name that is not UTF-8 passes through text unharmed.
 */
public final class RequestTarget {
    private static final String HEX = "0123456789ABCDEF";
    private static final String PLAIN = "-._~";

    private RequestTarget() {}

    /** A path for the place between two slashes of a target: slashes stay. */
    public static String path(String path) {
        return encode(path, "/");
    }

    /** A value for a query. */
    public static String query(String value) {
        return encode(value, "");
    }

    /** The bytes that a text stands for. */
    public static byte[] bytes(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() + 16);
        int i = 0;
        while (i < text.length()) {
            int point = text.codePointAt(i);
            if (point >= 0xDC80 && point <= 0xDCFF) {
                bytes.write(point - 0xDC00);
            } else {
                bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
            }
            i += Character.charCount(point);
        }
        return bytes.toByteArray();
    }

    /** The text that stands for these bytes; the inverse of {@link #bytes}. */
    public static String text(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        int i = 0;
        while (i < bytes.length) {
            int length = sequenceLength(bytes, i);
            if (length == 0) {
                text.append((char) (0xDC00 + (bytes[i] & 0xFF)));
                i++;
            } else {
                text.append(new String(bytes, i, length, StandardCharsets.UTF_8));
                i += length;
            }
        }
        return text.toString();
    }

    /** The length of the UTF-8 sequence that begins at {@code from}; 0 when there is none. */
    private static int sequenceLength(byte[] bytes, int from) {
        int first = bytes[from] & 0xFF;
        int length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (length == 0 || first > 0xF4 || from + length > bytes.length) {
            return 0;
        }
        String decoded = new String(bytes, from, length, StandardCharsets.UTF_8);
        return decoded.indexOf('\uFFFD') < 0 || isReplacement(bytes, from, length) ? length : 0;
    }

    private static boolean isReplacement(byte[] bytes, int from, int length) {
        return length == 3
                && bytes[from] == (byte) 0xEF
                && bytes[from + 1] == (byte) 0xBF
                && bytes[from + 2] == (byte) 0xBD;
    }

    private static String encode(String text, String kept) {
        StringBuilder target = new StringBuilder(text.length() + 16);
        for (byte b : bytes(text)) {
            char c = (char) (b & 0xFF);
            if (isPlain(c) || kept.indexOf(c) >= 0) {
                target.append(c);
            } else {
                target.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return target.toString();
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || PLAIN.indexOf(c) >= 0;
    }
}
