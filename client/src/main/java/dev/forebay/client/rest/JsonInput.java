package dev.forebay.client.rest;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads JSON, whole or one member of an array after the other, so that a listing of any length is
 * never held as text. Used by one thread.
 */
public final class JsonInput implements AutoCloseable {
    /** The deepest nesting that is accepted. */
    static final int DEPTH_MAX = 64;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
                    .build();

    private final JsonParser parser;

    private JsonInput(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Reads one value.
     *
     * @throws IOException when the text is not JSON, ends early or cannot be read
     */
    public static Json read(InputStream source) throws IOException {
        try (JsonInput input = open(source)) {
            JsonToken first = input.next();
            return first == JsonToken.NOT_AVAILABLE ? new Json.Nothing() : input.value(first);
        }
    }

    /**
     * Reads one value from text.
     *
     * @throws IOException when the text is not JSON
     */
    public static Json read(String text) throws IOException {
        return read(
                new java.io.ByteArrayInputStream(
                        text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    /**
     * Begins to read an array member by member.
     *
     * @throws IOException when the value is not an array
     */
    public static JsonInput openArray(InputStream source) throws IOException {
        JsonInput input = open(source);
        if (input.next() != JsonToken.START_ARRAY) {
            throw new IOException("the answer is not a JSON array");
        }
        return input;
    }

    /**
     * The next member of the array; absent after the last.
     *
     * @throws IOException when the text is not JSON, ends early or cannot be read
     */
    public Optional<Json> nextItem() throws IOException {
        JsonToken token = next();
        return token == JsonToken.END_ARRAY ? Optional.empty() : Optional.of(value(token));
    }

    @Override
    public void close() throws IOException {
        try {
            parser.close();
        } catch (JacksonException e) {
            throw new IOException("the answer cannot be closed", e);
        }
    }

    private static JsonInput open(InputStream source) throws IOException {
        try {
            return new JsonInput(FACTORY.createParser(ObjectReadContext.empty(), source));
        } catch (JacksonException e) {
            throw new IOException("the answer cannot be read", e);
        }
    }

    /** The next token; NOT_AVAILABLE at the end of the text. */
    private JsonToken next() throws IOException {
        try {
            JsonToken token = parser.nextToken();
            return token == null ? JsonToken.NOT_AVAILABLE : token;
        } catch (JacksonException e) {
            throw new IOException("the answer is not JSON", e);
        }
    }

    private Json value(JsonToken token) throws IOException {
        try {
            return switch (token) {
                case START_OBJECT -> fields();
                case START_ARRAY -> items();
                case VALUE_STRING -> new Json.Text(parser.getString());
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Numeral(parser.getString());
                case VALUE_TRUE -> new Json.Flag(true);
                case VALUE_FALSE -> new Json.Flag(false);
                case VALUE_NULL -> new Json.Nothing();
                case END_ARRAY, END_OBJECT, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                        throw new IOException("the answer ends early");
            };
        } catch (JacksonException e) {
            throw new IOException("the answer is not JSON", e);
        }
    }

    private Json fields() throws IOException {
        Map<String, Json> fields = new LinkedHashMap<>();
        for (JsonToken token = next(); token != JsonToken.END_OBJECT; token = next()) {
            if (token != JsonToken.PROPERTY_NAME) {
                throw new IOException("the answer ends early");
            }
            String name = parser.getString();
            fields.put(name, value(next()));
        }
        return new Json.Fields(java.util.Collections.unmodifiableMap(fields));
    }

    private Json items() throws IOException {
        List<Json> items = new ArrayList<>();
        for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
            items.add(value(token));
        }
        return new Json.Items(items);
    }
}
