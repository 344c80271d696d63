package dev.forebay.meta;

import dev.forebay.base.error.Invalid;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A named key space. Keys of different spaces never meet.
 *
 * @param name lower-case letters, digits and underscores, at most 32
 * @param prefixLength length in bytes of the key prefix that scans stay within, 1 to 64, or 0 for
 *     none; a hint for filters
 * @param largeValues whether values are kept apart from keys, in the value log, because they are
 *     file bytes
 */
public record Space(String name, int prefixLength, boolean largeValues) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,32}");
    private static final int PREFIX_LENGTH_MAX = 64;

    /** Checks the name and the range. */
    public Space {
        if (!NAME.matcher(name).matches()) {
            throw new Invalid("not the name of a space", name);
        }
        if (prefixLength < 0 || prefixLength > PREFIX_LENGTH_MAX) {
            throw new Invalid("a prefix length out of range", prefixLength);
        }
    }

    /** The spaces, checked to have names of their own. */
    static List<Space> distinct(List<Space> spaces) {
        Set<String> names = new HashSet<>();
        for (Space space : spaces) {
            if (!names.add(space.name())) {
                throw new Invalid("a space was declared twice", space.name());
            }
        }
        return List.copyOf(spaces);
    }

    /** A space of small values. */
    public static Space of(String name, int prefixLength) {
        return new Space(name, prefixLength, false);
    }

    /** A space whose values live in the value log. */
    public static Space large(String name) {
        return new Space(name, 0, true);
    }
}
