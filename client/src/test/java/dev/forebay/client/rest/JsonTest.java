package dev.forebay.client.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.Map;

class JsonTest {
    @Test
    void whatIsWrittenIsRead() throws IOException {
        JsonOutput output =
                new JsonOutput()
                        .text("text", "q\" b\\ n\n t\t z\u0001 ü \uD83D\uDE00 \udcff")
                        .number("number", Long.MAX_VALUE)
                        .flag("flag", true)
                        .fraction("none", Double.NaN)
                        .texts("texts", List.of("a", "b"))
                        .numbers("numbers", List.of(1L, 2L))
                        .texts("map", Map.of("k", "v"))
                        .objects("objects", List.of(new JsonOutput().number("x", 1)))
                        .object("object", new JsonOutput());

        Json json = JsonInput.read(output.toString());

        assertThat(json.field("text").text())
                .contains("q\" b\\ n\n t\t z\u0001 ü \uD83D\uDE00 \udcff");
        assertThat(json.field("number").whole(0)).isEqualTo(Long.MAX_VALUE);
        assertThat(json.field("flag").isTrue()).isTrue();
        assertThat(json.field("none")).isEqualTo(new Json.Nothing());
        assertThat(json.field("objects").items().getFirst().field("x").whole(0)).isEqualTo(1);
        assertThat(JsonOutput.write(json)).isEqualTo(output.toString());
    }

    @Test
    void whatIsMissingIsNothing() throws IOException {
        Json json = JsonInput.read("{\"a\":1.5}");

        assertThat(json.field("b").text()).isEmpty();
        assertThat(json.field("a").whole(-1)).isEqualTo(-1);
        assertThat(json.field("a").field("c").items()).isEmpty();
        assertThat(JsonInput.read("")).isEqualTo(new Json.Nothing());
    }

    @Test
    void depthIsBounded() {
        assertThatThrownBy(() -> JsonInput.read("[".repeat(100))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> JsonInput.read("]")).isInstanceOf(IOException.class);
    }
}
