package dev.forebay.client.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestTargetTest {
    @Test
    void onlyPlainCharactersStay() {
        assertThat(RequestTarget.path("/a b/c%;+?#\\ü"))
                .isEqualTo("/a%20b/c%25%3B%2B%3F%23%5C%C3%BC");
        assertThat(RequestTarget.query("/a b+c")).isEqualTo("%2Fa%20b%2Bc");
        assertThat(RequestTarget.path("/A-z_0.9~")).isEqualTo("/A-z_0.9~");
    }
}
