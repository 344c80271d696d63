package dev.forebay.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.error.Invalid;

import org.junit.jupiter.api.Test;

import java.util.HexFormat;
import java.util.List;

class ObjectIdTest {
    private static final String TEXT = "a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3";

    @Test
    void bytesAndTextStayWhatTheyAre() {
        ObjectId id = ObjectId.parse(TEXT);
        assertThat(id.bytes()).isEqualTo(HexFormat.of().parseHex(TEXT));
        assertThat(id).hasToString(TEXT);
        assertThat(ObjectId.of(id.bytes())).isEqualTo(id).hasSameHashCodeAs(id);
        assertThat(ObjectId.parse("00".repeat(20)).bytes()).containsOnly(0);
        assertThat(ObjectId.parse("ff".repeat(20)).bytes()).containsOnly(0xFF);
    }

    @Test
    void otherLengthsAndDigitsAreRefused() {
        for (String text : List.of("", "a0", TEXT + "00", "g".repeat(40), "é".repeat(40))) {
            assertThatThrownBy(() -> ObjectId.parse(text)).isInstanceOf(Invalid.class);
        }
        assertThatThrownBy(() -> ObjectId.of(new byte[19])).isInstanceOf(Invalid.class);
    }

    @Test
    void orderIsThatOfUnsignedBytes() {
        List<ObjectId> ordered =
                List.of(
                        ObjectId.parse("00".repeat(20)),
                        ObjectId.parse("00".repeat(19) + "ff"),
                        ObjectId.parse("00".repeat(8) + "80" + "00".repeat(11)),
                        ObjectId.parse("7f" + "00".repeat(19)),
                        ObjectId.parse("80" + "00".repeat(19)));
        assertThat(ordered.reversed().stream().sorted()).containsExactlyElementsOf(ordered);
    }
}
