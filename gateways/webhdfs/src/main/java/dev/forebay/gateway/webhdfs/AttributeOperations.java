package dev.forebay.gateway.webhdfs;

import dev.forebay.base.FilePath;
import dev.forebay.files.AttributeWrite;
import dev.forebay.files.ExtendedAttribute;
import dev.forebay.files.LeasedFileEngine;
import dev.forebay.wire.Json;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** The operations of extended attributes. */
final class AttributeOperations {
    private static final String NAME = "xattr.name";
    private static final String CREATE = "CREATE";
    private static final String REPLACE = "REPLACE";

    private final LeasedFileEngine engine;

    AttributeOperations(LeasedFileEngine engine) {
        this.engine = engine;
    }

    void set(Call call, FilePath path) throws IOException {
        Parameters parameters = call.parameters();
        List<String> flags = parameters.words("flag", List.of(CREATE, REPLACE));
        if (flags.isEmpty()) {
            throw RemoteError.illegal("A XAttr flag must be specified.").refused();
        }
        AttributeWrite write =
                !flags.contains(REPLACE)
                        ? AttributeWrite.CREATE
                        : flags.contains(CREATE)
                                ? AttributeWrite.CREATE_OR_REPLACE
                                : AttributeWrite.REPLACE;
        byte[] value = decode(parameters.findAny("xattr.value").orElse(""));
        ExtendedAttribute attribute = new ExtendedAttribute(name(call), ByteBuffer.wrap(value));
        engine.setExtendedAttribute(call.caller(), path, attribute, write);
        call.done();
    }

    void remove(Call call, FilePath path) throws IOException {
        engine.removeExtendedAttribute(call.caller(), path, name(call));
        call.done();
    }

    private static String name(Call call) {
        return spelled(call.parameters().text(NAME).orElseThrow(() -> Parameters.missing(NAME)));
    }

    /** The part before the dot is in any case. */
    private static String spelled(String name) {
        int dot = name.indexOf('.');
        return dot < 0
                ? name
                : name.substring(0, dot).toLowerCase(Locale.ROOT) + name.substring(dot);
    }

    /** Without names all; with names each of them must be there. */
    void get(Call call, FilePath path) throws IOException {
        Parameters parameters = call.parameters();
        Encoding encoding = encoding(parameters);
        List<String> wanted =
                parameters.texts(NAME).stream().map(AttributeOperations::spelled).toList();
        List<ExtendedAttribute> found =
                engine.extendedAttributes(call.caller(), path).stream()
                        .filter(each -> wanted.isEmpty() || wanted.contains(each.name()))
                        .toList();
        if (found.size() < wanted.stream().distinct().count()) {
            throw RemoteError.failed(
                            "org.apache.hadoop.hdfs.protocol.XAttrNotFoundException",
                            "At least one of the attributes provided was not found.")
                    .refused();
        }
        call.answer(
                "XAttrs",
                json -> {
                    json.writeStartArray();
                    for (ExtendedAttribute attribute : found) {
                        json.writeStartObject().writeStringProperty("name", attribute.name());
                        if (attribute.value().hasRemaining()) {
                            json.writeStringProperty("value", encode(attribute, encoding));
                        } else {
                            json.writeNullProperty("value");
                        }
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                });
    }

    /** A list within a text, as a real NameNode has it. */
    void list(Call call, FilePath path) throws IOException {
        List<String> names = engine.extendedAttributeNames(call.caller(), path);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (var json = Json.writer(text)) {
            json.writeStartArray();
            names.forEach(json::writeString);
            json.writeEndArray();
        }
        call.answer("XAttrNames", json -> json.writeString(text.toString(StandardCharsets.UTF_8)));
    }

    /** How values are written: XAttrCodec.java. */
    private enum Encoding {
        TEXT,
        HEX,
        BASE64
    }

    private static Encoding encoding(Parameters parameters) {
        List<String> known = List.of("TEXT", "HEX", "BASE64");
        List<String> given = parameters.words("encoding", known);
        return given.isEmpty() ? Encoding.TEXT : Encoding.valueOf(given.getFirst());
    }

    private static String encode(ExtendedAttribute attribute, Encoding encoding) {
        ByteBuffer value = attribute.value().duplicate();
        byte[] bytes = new byte[value.remaining()];
        value.get(bytes);
        return switch (encoding) {
            case TEXT -> '"' + new String(bytes, StandardCharsets.UTF_8) + '"';
            case HEX -> "0x" + HexFormat.of().formatHex(bytes);
            case BASE64 -> "0s" + Base64.getEncoder().encodeToString(bytes);
        };
    }

    /** A value in any of the encodings; without a mark it is text. */
    private static byte[] decode(String value) {
        String mark = value.length() < 2 ? "" : value.substring(0, 2).toLowerCase(Locale.ROOT);
        try {
            if (mark.equals("0x")) {
                return HexFormat.of().parseHex(value, 2, value.length());
            }
            if (mark.equals("0s")) {
                return Base64.getDecoder().decode(value.substring(2));
            }
        } catch (IllegalArgumentException e) {
            throw Parameters.wrong("xattr.value", value, "not in the encoding that it names");
        }
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        String text = quoted ? value.substring(1, value.length() - 1) : value;
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
