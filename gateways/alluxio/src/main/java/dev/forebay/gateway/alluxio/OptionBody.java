package dev.forebay.gateway.alluxio;

import dev.forebay.base.error.Invalid;
import dev.forebay.wire.Json;
import dev.forebay.wire.JsonValue;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The option object of a request, read leniently: unknown members are ignored, numbers and truth
 * values may be strings, words may be in any case or be their protobuf numbers. What cannot be read
 * is refused as INVALID_ARGUMENT.
 */
final class OptionBody {
    private final JsonValue.Members members;

    private OptionBody(JsonValue.Members members) {
        this.members = members;
    }

    /** Reads a request body; none, {@code {}} and {@code null} mean that no option is given. */
    static OptionBody parse(byte[] body) {
        try {
            return new OptionBody(Json.parseObject(body));
        } catch (Invalid e) {
            throw refused(e.getMessage() == null ? "options are malformed" : e.getMessage());
        }
    }

    boolean isEmpty() {
        return members.members().isEmpty();
    }

    /** A truth value; false when absent. */
    boolean flag(String name) {
        return findFlag(name).orElse(false);
    }

    Optional<Boolean> findFlag(String name) {
        return members.find(name)
                .map(
                        value ->
                                switch (value) {
                                    case JsonValue.Truth(boolean truth) -> truth;
                                    case JsonValue.Text(String text) when isTruth(text) ->
                                            Boolean.parseBoolean(text);
                                    default -> throw unreadable(name, "true or false");
                                });
    }

    /** A 64-bit number. */
    OptionalLong whole(String name) {
        Optional<JsonValue> value = members.find(name);
        return value.isEmpty() ? OptionalLong.empty() : OptionalLong.of(number(name, value.get()));
    }

    /** A 32-bit number. */
    OptionalInt wholeInt(String name) {
        OptionalLong value = whole(name);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        if (value.getAsLong() != (int) value.getAsLong()) {
            throw unreadable(name, "a 32-bit number");
        }
        return OptionalInt.of((int) value.getAsLong());
    }

    Optional<String> text(String name) {
        return members.find(name)
                .map(
                        value ->
                                switch (value) {
                                    case JsonValue.Text(String text) -> text;
                                    default -> throw unreadable(name, "a string");
                                });
    }

    /**
     * One of some words.
     *
     * @param words by spelling in capitals and by protobuf number
     */
    <T> Optional<T> word(String name, Map<String, T> words) {
        return members.find(name)
                .map(
                        value -> {
                            T word = words.get(spelling(value));
                            if (word == null) {
                                throw unreadable(name, "one of " + spelled(words));
                            }
                            return word;
                        });
    }

    /** An object inside this one; an empty one when absent. */
    OptionBody object(String name) {
        return new OptionBody(findObject(name).orElse(JsonValue.Members.EMPTY));
    }

    boolean has(String name) {
        return members.find(name).isPresent();
    }

    /** An object of strings; numbers and truth values are taken as their text. */
    Map<String, String> texts(String name) {
        Map<String, String> texts = new HashMap<>();
        findObject(name)
                .orElse(JsonValue.Members.EMPTY)
                .members()
                .forEach((key, value) -> texts.put(key, plain(name, value)));
        return texts;
    }

    private Optional<JsonValue.Members> findObject(String name) {
        return members.find(name)
                .map(
                        value ->
                                switch (value) {
                                    case JsonValue.Members object -> object;
                                    default -> throw unreadable(name, "an object");
                                });
    }

    private static boolean isTruth(String text) {
        return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
    }

    private static long number(String name, JsonValue value) {
        try {
            return switch (value) {
                case JsonValue.Numeric(var number) -> number.longValueExact();
                case JsonValue.Text(String text) -> Long.parseLong(text.strip());
                default -> throw unreadable(name, "a number");
            };
        } catch (ArithmeticException | NumberFormatException e) {
            throw unreadable(name, "a 64-bit number");
        }
    }

    private static String spelling(JsonValue value) {
        return switch (value) {
            case JsonValue.Text(String text) -> text.toUpperCase(Locale.ROOT);
            case JsonValue.Numeric(var number) -> number.toString();
            default -> "";
        };
    }

    private static List<String> spelled(Map<String, ?> words) {
        return words.keySet().stream()
                .filter(word -> !Character.isDigit(word.charAt(0)))
                .sorted()
                .toList();
    }

    private static String plain(String name, JsonValue value) {
        return switch (value) {
            case JsonValue.Text(String text) -> text;
            case JsonValue.Numeric(var number) -> number.toString();
            case JsonValue.Truth(boolean truth) -> Boolean.toString(truth);
            default -> throw unreadable(name, "an object of strings");
        };
    }

    private static AlluxioError.Refused unreadable(String name, String wanted) {
        return refused("option " + name + " is not " + wanted);
    }

    private static AlluxioError.Refused refused(String message) {
        return new AlluxioError(400, AlluxioError.INVALID_ARGUMENT, message).refused();
    }
}
