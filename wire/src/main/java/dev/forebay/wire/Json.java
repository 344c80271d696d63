package dev.forebay.wire;

import dev.forebay.base.error.Invalid;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Reads and writes JSON. Safe for use by many threads. */
public final class Json {
    /** Bytes of the longest document that is read. */
    public static final int LENGTH_MAX = 1024 * 1024;

    /** How deep arrays and objects may be nested in a document that is read. */
    public static final int DEPTH_MAX = 64;

    private static final int NUMBER_LENGTH_MAX = 100;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEPTH_MAX)
                                    .maxNumberLength(NUMBER_LENGTH_MAX)
                                    .maxStringLength(LENGTH_MAX)
                                    .maxNameLength(LENGTH_MAX)
                                    .build())
                    // a name that is not UTF-8 holds lone surrogates, which only escapes can carry
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                    .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
                    .build();

    private Json() {}

    /**
     * Reads a document that is an object; an empty one and {@code null} count as an empty object.
     *
     * @param document UTF-8, at most {@value #LENGTH_MAX} bytes
     * @throws Invalid when it is malformed, too long, too deep, or not an object
     */
    public static JsonValue.Members parseObject(byte[] document) {
        if (document.length == 0) {
            return JsonValue.Members.EMPTY;
        }
        if (document.length > LENGTH_MAX) {
            throw new Invalid("JSON document is too long", document.length);
        }
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), document)) {
            JsonToken first = parser.nextToken();
            JsonValue value = first == null ? JsonValue.Nothing.NULL : value(parser, first);
            if (parser.nextToken() != null) {
                throw new Invalid("JSON document has something behind its end", "");
            }
            return switch (value) {
                case JsonValue.Members members -> members;
                case JsonValue.Nothing _ -> JsonValue.Members.EMPTY;
                case JsonValue.Items _, JsonValue.Text _, JsonValue.Numeric _, JsonValue.Truth _ ->
                        throw new Invalid("JSON document is not an object", "");
            };
        } catch (JacksonException e) {
            throw new Invalid("JSON document is malformed", e.getOriginalMessage(), e);
        }
    }

    /**
     * A writer of one document. Its close hands everything to {@code target} and leaves that open,
     * so that a document broken off by an error never looks whole.
     */
    public static JsonGenerator writer(OutputStream target) {
        return FACTORY.createGenerator(ObjectWriteContext.empty(), target);
    }

    /**
     * Writes one document to {@code target} and leaves that open. A reader that is gone is the
     * plain failure of its socket here, never an error of the document.
     *
     * @throws IOException when the target takes no more
     */
    public static void write(OutputStream target, Consumer<JsonGenerator> document)
            throws IOException {
        try {
            JsonGenerator json = writer(target);
            document.accept(json);
            json.close();
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
    }

    private static JsonValue value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> members(parser);
            case START_ARRAY -> items(parser);
            case VALUE_STRING -> new JsonValue.Text(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                    new JsonValue.Numeric(parser.getDecimalValue());
            case VALUE_TRUE -> new JsonValue.Truth(true);
            case VALUE_FALSE -> new JsonValue.Truth(false);
            case VALUE_NULL -> JsonValue.Nothing.NULL;
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                    throw new Invalid("JSON document is malformed", token);
        };
    }

    private static JsonValue members(JsonParser parser) {
        Map<String, JsonValue> members = new HashMap<>();
        while (next(parser) == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            members.put(name, value(parser, next(parser)));
        }
        return new JsonValue.Members(members);
    }

    private static JsonValue items(JsonParser parser) {
        List<JsonValue> values = new ArrayList<>();
        for (JsonToken t = next(parser); t != JsonToken.END_ARRAY; t = next(parser)) {
            values.add(value(parser, t));
        }
        return new JsonValue.Items(values);
    }

    private static JsonToken next(JsonParser parser) {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw new Invalid("JSON document ends too early", "");
        }
        return token;
    }
}
