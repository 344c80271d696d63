package dev.forebay.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Test case 2 of RFC 2202 and RFC 4231. */
class HmacTest {
    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String code(Hmac kind) {
        byte[] code = kind.of(ascii("Jefe"), ascii("what do ya want for nothing?"));
        return HexFormat.of().formatHex(code);
    }

    @Test
    void codesAreThoseOfTheStandards() {
        assertThat(code(Hmac.SHA1)).isEqualTo("effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
        assertThat(code(Hmac.SHA256))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }
}
