package dev.forebay.client.rest;

import dev.forebay.base.NameText;

/** Percent-encoding of request targets. A text stands for bytes as {@link NameText} says. */
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

    private static String encode(String text, String kept) {
        StringBuilder target = new StringBuilder(text.length() + 16);
        for (byte b : NameText.bytes(text)) {
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
