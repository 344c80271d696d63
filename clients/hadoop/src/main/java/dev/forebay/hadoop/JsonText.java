package dev.forebay.hadoop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the JSON that a node writes: objects become maps, arrays lists, numbers and words strings.
 * Nothing here is deeper than {@value #DEPTH_MAX}.
 */
final class JsonText {
    private static final int DEPTH_MAX = 32;

    private final String text;
    private int position;

    private JsonText(String text) {
        this.text = text;
    }

    /**
     * Reads a whole text.
     *
     * @throws IllegalArgumentException when it is not JSON
     */
    static Object parse(String text) {
        JsonText json = new JsonText(text);
        Object value = json.value(0);
        json.skipSpace();
        if (json.position != text.length()) {
            throw json.malformed();
        }
        return value;
    }

    /** The object that a text holds. */
    static Map<String, Object> object(String text) {
        return asObject(parse(text));
    }

    /** A value that has to be an object; an empty one for any other. */
    static Map<String, Object> asObject(Object value) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, field) -> fields.put((String) key, field));
        }
        return fields;
    }

    /** A value that has to be an array; an empty one for any other. */
    static List<Object> asList(Object value) {
        return value instanceof List<?> list ? List.copyOf(list) : List.of();
    }

    private Object value(int depth) {
        skipSpace();
        if (depth > DEPTH_MAX) {
            throw malformed();
        }
        return switch (peek()) {
            case '{' -> fields(depth);
            case '[' -> items(depth);
            case '"' -> string();
            default -> word();
        };
    }

    private Map<String, Object> fields(int depth) {
        Map<String, Object> fields = new LinkedHashMap<>();
        position++;
        skipSpace();
        while (peek() != '}') {
            skipSpace();
            String name = string();
            skipSpace();
            expect(':');
            fields.put(name, value(depth + 1));
            separate('}');
        }
        position++;
        return fields;
    }

    private List<Object> items(int depth) {
        List<Object> items = new ArrayList<>();
        position++;
        skipSpace();
        while (peek() != ']') {
            items.add(value(depth + 1));
            separate(']');
        }
        position++;
        return items;
    }

    private void separate(char end) {
        skipSpace();
        if (peek() != end) {
            expect(',');
            skipSpace();
        }
    }

    private String string() {
        expect('"');
        StringBuilder value = new StringBuilder();
        while (peek() != '"') {
            char next = take();
            value.append(next == '\\' ? escaped() : next);
        }
        position++;
        return value.toString();
    }

    private char escaped() {
        char kind = take();
        return switch (kind) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> unicode();
            default -> kind;
        };
    }

    private char unicode() {
        if (text.length() - position < 4) {
            throw malformed();
        }
        int code = Integer.parseInt(text.substring(position, position + 4), 16);
        position += 4;
        return (char) code;
    }

    private String word() {
        int start = position;
        while (position < text.length() && ",]} \t\r\n".indexOf(text.charAt(position)) < 0) {
            position++;
        }
        if (start == position) {
            throw malformed();
        }
        return text.substring(start, position);
    }

    private void skipSpace() {
        while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    private void expect(char wanted) {
        if (take() != wanted) {
            throw malformed();
        }
    }

    private char take() {
        char next = peek();
        position++;
        return next;
    }

    private char peek() {
        if (position >= text.length()) {
            throw malformed();
        }
        return text.charAt(position);
    }

    private IllegalArgumentException malformed() {
        return new IllegalArgumentException("not JSON at " + position);
    }
}
