package dev.forebay.client.rest;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON value. Objects keep the order of their fields. */
public sealed interface Json {
    /** An object. */
    record Fields(Map<String, Json> values) implements Json {}

    /** An array. */
    record Items(List<Json> values) implements Json {
        /** Copies the values. */
        public Items {
            values = List.copyOf(values);
        }
    }

    /** A string. */
    record Text(String value) implements Json {}

    /**
     * A number.
     *
     * @param literal as written, so that nothing is lost
     */
    record Numeral(String literal) implements Json {}

    /** A boolean. */
    record Flag(boolean value) implements Json {}

    /** The null value. */
    record Nothing() implements Json {}

    /** The field of an object; {@link Nothing} when this is no object or lacks it. */
    default Json field(String name) {
        return this instanceof Fields fields
                ? fields.values().getOrDefault(name, new Nothing())
                : new Nothing();
    }

    /** The members of an array; empty for anything else. */
    default List<Json> items() {
        return this instanceof Items items ? items.values() : List.of();
    }

    /** The text of a string, number or boolean; absent for anything else. */
    default Optional<String> text() {
        return switch (this) {
            case Text text -> Optional.of(text.value());
            case Numeral numeral -> Optional.of(numeral.literal());
            case Flag flag -> Optional.of(Boolean.toString(flag.value()));
            case Fields _, Items _, Nothing _ -> Optional.empty();
        };
    }

    /**
     * The whole number of a number or a numeric string; {@code absent} for anything else.
     *
     * @param absent what to give instead
     */
    default long whole(long absent) {
        try {
            return text().map(Long::parseLong).orElse(absent);
        } catch (NumberFormatException e) {
            return absent;
        }
    }

    /** Whether this is true, as a boolean or as text. */
    default boolean isTrue() {
        return text().map(text -> text.equals("true")).orElse(false);
    }
}
