package dev.forebay.wire;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An immutable JSON value. */
public sealed interface JsonValue {
    /**
     * An array.
     *
     * @param values in order
     */
    record Items(List<JsonValue> values) implements JsonValue {
        /** Copies the values. */
        public Items {
            values = List.copyOf(values);
        }
    }

    /**
     * A string.
     *
     * @param value may be empty
     */
    record Text(String value) implements JsonValue {}

    /**
     * A number.
     *
     * @param value exactly as written
     */
    record Numeric(BigDecimal value) implements JsonValue {}

    /**
     * A truth value.
     *
     * @param value true or false
     */
    record Truth(boolean value) implements JsonValue {}

    /** The null literal. */
    enum Nothing implements JsonValue {
        /** The only one. */
        NULL
    }

    /**
     * An object.
     *
     * @param members by name; of a name given twice the last counts
     */
    record Members(Map<String, JsonValue> members) implements JsonValue {
        /** No members. */
        public static final Members EMPTY = new Members(Map.of());

        /** Copies the members. */
        public Members {
            members = Map.copyOf(members);
        }

        /** The value of a member; none for {@code null} and for a name that is not there. */
        public Optional<JsonValue> find(String name) {
            JsonValue value = members.get(name);
            return value == null || value == Nothing.NULL ? Optional.empty() : Optional.of(value);
        }
    }
}
