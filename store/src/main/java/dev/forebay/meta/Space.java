package dev.forebay.meta;

/**
 * A named key space. Keys of different spaces never meet.
 *
 * @param name lower-case letters, digits and underscores, at most 32
 * @param prefixLength length in bytes of the key prefix that scans stay within, or 0; a hint for
 *     filters
 * @param largeValues whether values are kept apart from keys, in the value log, because they are
 *     file bytes
 */
public record Space(String name, int prefixLength, boolean largeValues) {
    /** A space of small values. */
    public static Space of(String name, int prefixLength) {
        return new Space(name, prefixLength, false);
    }

    /** A space whose values live in the value log. */
    public static Space large(String name) {
        return new Space(name, 0, true);
    }
}
