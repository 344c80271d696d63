package dev.forebay.client.rest;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes JSON text: objects whose absent fields are left out. Used by one thread. */
public final class JsonOutput {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder text = new StringBuilder("{");

    /** A string field. */
    public JsonOutput text(String name, String value) {
        name(name);
        quote(text, value);
        return this;
    }

    /** A string field, or nothing. */
    public JsonOutput text(String name, Optional<String> value) {
        value.ifPresent(present -> text(name, present));
        return this;
    }

    /** A number field. */
    public JsonOutput number(String name, long value) {
        name(name);
        text.append(value);
        return this;
    }

    /** A field with a fraction; not a number becomes null. */
    public JsonOutput fraction(String name, double value) {
        name(name);
        text.append(Double.isFinite(value) ? Double.toString(value) : "null");
        return this;
    }

    /** A boolean field. */
    public JsonOutput flag(String name, boolean value) {
        name(name);
        text.append(value);
        return this;
    }

    /** An object field. */
    public JsonOutput object(String name, JsonOutput value) {
        name(name);
        text.append(value);
        return this;
    }

    /** A field that holds an array of objects. */
    public JsonOutput objects(String name, List<JsonOutput> values) {
        name(name);
        text.append('[').append(String.join(",", values.stream().map(Object::toString).toList()));
        text.append(']');
        return this;
    }

    /** A field that holds an array of strings. */
    public JsonOutput texts(String name, List<String> values) {
        name(name);
        text.append('[');
        for (int i = 0; i < values.size(); i++) {
            text.append(i == 0 ? "" : ",");
            quote(text, values.get(i));
        }
        text.append(']');
        return this;
    }

    /** A field that holds an array of numbers. */
    public JsonOutput numbers(String name, List<Long> values) {
        name(name);
        text.append('[').append(String.join(",", values.stream().map(Object::toString).toList()));
        text.append(']');
        return this;
    }

    /** A field that holds an object of strings. */
    public JsonOutput texts(String name, Map<String, String> values) {
        JsonOutput object = new JsonOutput();
        values.forEach(object::text);
        return object(name, object);
    }

    /** A field that holds any value. */
    public JsonOutput json(String name, Json value) {
        name(name);
        append(text, value);
        return this;
    }

    /** Whether no field was written. */
    public boolean isEmpty() {
        return text.length() == 1;
    }

    /** The object as text. */
    @Override
    public String toString() {
        return text + "}";
    }

    /** A value as text. */
    public static String write(Json value) {
        StringBuilder target = new StringBuilder();
        append(target, value);
        return target.toString();
    }

    private void name(String name) {
        if (text.length() > 1) {
            text.append(',');
        }
        quote(text, name);
        text.append(':');
    }

    private static void append(StringBuilder target, Json value) {
        switch (value) {
            case Json.Text text -> quote(target, text.value());
            case Json.Numeral numeral -> target.append(numeral.literal());
            case Json.Flag flag -> target.append(flag.value());
            case Json.Nothing _ -> target.append("null");
            case Json.Items items -> {
                target.append('[');
                for (int i = 0; i < items.values().size(); i++) {
                    target.append(i == 0 ? "" : ",");
                    append(target, items.values().get(i));
                }
                target.append(']');
            }
            case Json.Fields fields -> {
                target.append('{');
                int start = target.length();
                fields.values()
                        .forEach(
                                (name, field) -> {
                                    target.append(target.length() == start ? "" : ",");
                                    quote(target, name);
                                    target.append(':');
                                    append(target, field);
                                });
                target.append('}');
            }
        }
    }

    /** Half of a surrogate pair alone has no UTF-8 form, so it goes out as an escape. */
    private static void quote(StringBuilder target, String value) {
        target.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> target.append('\\').append(c);
                case '\n' -> target.append("\\n");
                case '\r' -> target.append("\\r");
                case '\t' -> target.append("\\t");
                default -> {
                    if (c < ' ' || c == 0x7f || isLone(value, i)) {
                        target.append("\\u");
                        for (int shift = 12; shift >= 0; shift -= 4) {
                            target.append(HEX.charAt(c >> shift & 15));
                        }
                    } else {
                        target.append(c);
                    }
                }
            }
        }
        target.append('"');
    }

    private static boolean isLone(String value, int index) {
        char c = value.charAt(index);
        if (Character.isHighSurrogate(c)) {
            return index + 1 == value.length()
                    || !Character.isLowSurrogate(value.charAt(index + 1));
        }
        return Character.isLowSurrogate(c)
                && (index == 0 || !Character.isHighSurrogate(value.charAt(index - 1)));
    }
}
