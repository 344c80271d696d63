package dev.forebay.client.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.Randomness;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

class RequestTargetTest {
    @Test
    void onlyPlainCharactersStay() {
        assertThat(RequestTarget.path("/a b/c%;+?#\\ü"))
                .isEqualTo("/a%20b/c%25%3B%2B%3F%23%5C%C3%BC");
        assertThat(RequestTarget.query("/a b+c")).isEqualTo("%2Fa%20b%2Bc");
        assertThat(RequestTarget.path("/A-z_0.9~")).isEqualTo("/A-z_0.9~");
    }

    @Test
    void anyBytesSurviveAsText() {
        long only = Long.getLong("seed", -1);
        for (long seed = only < 0 ? 1 : only; seed <= (only < 0 ? 20 : only); seed++) {
            Randomness randomness = Randomness.seeded(seed);
            for (int i = 0; i < 200; i++) {
                byte[] bytes = randomness.bytes(randomness.below(12));
                assertThat(RequestTarget.bytes(RequestTarget.text(bytes)))
                        .as("seed %d", seed)
                        .isEqualTo(bytes);
            }
        }
    }

    @Test
    void validTextIsLeftAlone() {
        String text = "aü☃\uD83D\uDE00\uFFFD";

        assertThat(RequestTarget.text(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
        assertThat(RequestTarget.text(new byte[] {'x', (byte) 0xff})).isEqualTo("x\udcff");
    }
}
