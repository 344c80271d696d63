package dev.forebay.gateway.webhdfs;

import dev.forebay.base.FilePath;
import dev.forebay.base.NameText;
import dev.forebay.base.error.Invalid;
import dev.forebay.wire.QueryParameters;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The parameters of a request. Names are in any case, truth values and words as well; an empty
 * value counts as none, unknown names are ignored. What cannot be read is refused as
 * IllegalArgumentException.
 */
final class Parameters {
    /** The sticky bit and three times three: what a real NameNode takes. */
    private static final int MODE_MAX = 01777;

    private final QueryParameters values;

    private Parameters(QueryParameters values) {
        this.values = values;
    }

    static Parameters parse(Optional<String> rawQuery) {
        try {
            return new Parameters(QueryParameters.parseIgnoringCase(rawQuery));
        } catch (Invalid e) {
            throw RemoteError.illegal(e.getMessage() == null ? e.reason() : e.getMessage())
                    .refused();
        }
    }

    /** A value that may be empty. */
    Optional<String> findAny(String name) {
        return values.findBytes(name).map(NameText::text);
    }

    Optional<String> text(String name) {
        return findAny(name).filter(value -> !value.isEmpty());
    }

    /** Every value of a parameter that may be given several times. */
    List<String> texts(String name) {
        return values.findAllBytes(name).stream()
                .map(NameText::text)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    boolean flag(String name, boolean otherwise) {
        return text(name)
                .map(
                        value ->
                                switch (value.toLowerCase(Locale.ROOT)) {
                                    case "true" -> true;
                                    case "false" -> false;
                                    default -> throw wrong(name, value, "not true or false");
                                })
                .orElse(otherwise);
    }

    /**
     * A number.
     *
     * @param min the least that is accepted
     */
    OptionalLong whole(String name, long min) {
        Optional<String> value = text(name);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        long number;
        try {
            number = Long.parseLong(value.get());
        } catch (NumberFormatException e) {
            throw wrong(name, value.get(), "not a whole number");
        }
        if (number < min) {
            throw wrong(name, value.get(), "less than " + min);
        }
        return OptionalLong.of(number);
    }

    /** The number of copies, 1 to 32,767. */
    OptionalInt replication() {
        OptionalLong value = whole("replication", 1);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        if (value.getAsLong() > Short.MAX_VALUE) {
            throw wrong("replication", value.getAsLong(), "more than " + Short.MAX_VALUE);
        }
        return OptionalInt.of((int) value.getAsLong());
    }

    /** Permission bits in octal digits. */
    OptionalInt mode(String name) {
        Optional<String> value = text(name);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        int mode;
        try {
            mode = Integer.parseInt(value.get(), 8);
        } catch (NumberFormatException e) {
            throw wrong(name, value.get(), "not an octal number");
        }
        if (mode < 0 || mode > MODE_MAX) {
            throw wrong(name, value.get(), "not 0 to 1777");
        }
        return OptionalInt.of(mode);
    }

    /** Words of an enumeration, separated by commas, in upper case. */
    List<String> words(String name, List<String> known) {
        List<String> words = items(name).map(each -> each.toUpperCase(Locale.ROOT)).toList();
        for (String word : words) {
            if (!known.contains(word)) {
                throw wrong(name, word, "not one of " + String.join(", ", known));
            }
        }
        return words;
    }

    /** An absolute path that must be given. */
    FilePath path(String name) {
        return path(name, text(name).orElseThrow(() -> missing(name)));
    }

    /** Absolute paths, separated by commas. */
    List<FilePath> paths(String name) {
        return items(name).map(each -> path(name, each)).toList();
    }

    static RemoteError.Refused missing(String name) {
        return RemoteError.illegal("Required parameter \"" + name + "\" is missing").refused();
    }

    static RemoteError.Refused wrong(String name, Object value, String why) {
        return RemoteError.illegal(
                        "Invalid value for webhdfs parameter \""
                                + name
                                + "\": "
                                + value
                                + " is "
                                + why)
                .refused();
    }

    /** The parts of a value that are separated by commas. */
    Stream<String> items(String name) {
        return Arrays.stream(text(name).orElse("").split(","))
                .map(String::strip)
                .filter(each -> !each.isEmpty());
    }

    private static FilePath path(String name, String value) {
        try {
            return FilePath.parse(value);
        } catch (Invalid e) {
            throw wrong(name, value, "no path: " + e.reason());
        }
    }
}
