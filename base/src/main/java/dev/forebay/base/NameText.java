package dev.forebay.base;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Names as text without loss. A text stands for its UTF-8 bytes, and half of a surrogate pair
 * alone, U+DC80 to U+DCFF, for the single byte 0x80 to 0xFF, as in Python's {@code
 * surrogateescape}: a name that is not UTF-8 passes through text, and through JSON escapes, and
 * comes back as the same bytes.
 */
public final class NameText {
    /** What stands for the byte 0. */
    private static final int ESCAPE = 0xDC00;

    private NameText() {}

    /**
     * The bytes that a text stands for. Other halves of surrogate pairs become question marks, as
     * in UTF-8.
     */
    public static byte[] bytes(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() + 16);
        int plain = 0;
        for (int i = 0; i < text.length(); i++) {
            if (isEscaped(text, i)) {
                bytes.writeBytes(text.substring(plain, i).getBytes(StandardCharsets.UTF_8));
                bytes.write(text.charAt(i) - ESCAPE);
                plain = i + 1;
            }
        }
        bytes.writeBytes(text.substring(plain).getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    /** The text that stands for these bytes; {@link #bytes} gives them back. */
    public static String text(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') < 0 ? text : escaped(bytes);
    }

    private static boolean isEscaped(String text, int index) {
        char c = text.charAt(index);
        return c >= ESCAPE + 0x80
                && c <= ESCAPE + 0xFF
                && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
    }

    private static String escaped(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        int i = 0;
        while (i < bytes.length) {
            int length = sequenceLength(bytes, i);
            if (length == 0) {
                text.append((char) (ESCAPE + (bytes[i] & 0xFF)));
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
}
