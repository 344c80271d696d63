package dev.forebay.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.error.Invalid;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

class JsonTest {
    @Test
    void objectOfEachKind() {
        JsonValue.Members read =
                parse(
                        "{\"a\":[1,true,null,\"x\"],\"b\":{\"c\":-2.5},\"d\":null,"
                                + "\"\\u0041\":false}");
        assertThat(read.find("a"))
                .contains(
                        new JsonValue.Items(
                                List.of(
                                        new JsonValue.Numeric(BigDecimal.ONE),
                                        new JsonValue.Truth(true),
                                        JsonValue.Nothing.NULL,
                                        new JsonValue.Text("x"))));
        assertThat(read.find("b"))
                .contains(
                        new JsonValue.Members(
                                Map.of("c", new JsonValue.Numeric(new BigDecimal("-2.5")))));
        assertThat(read.find("d")).isEmpty();
        assertThat(read.find("A")).contains(new JsonValue.Truth(false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "{}", " {} "})
    void nothingIsAnEmptyObject(String document) {
        assertThat(parse(document).members()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "1",
                "\"a\"",
                "true",
                "{",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{a:1}",
                "{}{}",
                "{\"a\":1}x",
                "nul",
                "{\"a\":01}",
                "{\"a\":NaN}",
                "{\"a\":\"\u0001\"}",
                "{,}"
            })
    void malformedIsInvalid(String document) {
        assertThatThrownBy(() -> parse(document)).isInstanceOf(Invalid.class);
    }

    @Test
    void boundsHold() {
        String deep = "{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}";
        assertThatThrownBy(() -> parse(deep)).isInstanceOf(Invalid.class);
        String longNumber = "{\"a\":" + "1".repeat(5000) + "}";
        assertThatThrownBy(() -> parse(longNumber)).isInstanceOf(Invalid.class);
        String longDocument = "{\"a\":\"" + "x".repeat(Json.LENGTH_MAX) + "\"}";
        assertThatThrownBy(() -> parse(longDocument)).isInstanceOf(Invalid.class);
    }

    @Test
    void writtenDocumentIsLeftOpenWhenBrokenOff() {
        var target = new ByteArrayOutputStream();
        try (var json = Json.writer(target)) {
            json.writeStartArray().writeNumber(1);
        }
        assertThat(target.toString(StandardCharsets.UTF_8)).isEqualTo("[1");
    }

    private static JsonValue.Members parse(String document) {
        return Json.parseObject(document.getBytes(StandardCharsets.UTF_8));
    }
}
