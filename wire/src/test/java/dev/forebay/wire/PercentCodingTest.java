package dev.forebay.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.Randomness;
import dev.forebay.base.error.Invalid;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.LongStream;

class PercentCodingTest {
    @Test
    void plusIsASpaceInFormsOnly() {
        assertThat(text(PercentCoding.decodePath("a+b%2Bc%20d"))).isEqualTo("a+b+c d");
        assertThat(text(PercentCoding.decodeForm("a+b%2Bc%20d"))).isEqualTo("a b+c d");
    }

    @Test
    void bytesNeedNotBeUtf8() {
        assertThat(PercentCoding.decodePath("%ff%00%C3")).containsExactly(0xff, 0, 0xc3);
    }

    @Test
    void unescapedCharactersStandForTheirUtf8() {
        assertThat(PercentCoding.decodePath("\u00e4")).containsExactly(0xc3, 0xa4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "a%", "%1", "%zz", "%1g", "%-1", "a%%41"})
    void malformedEscapeIsInvalid(String raw) {
        assertThatThrownBy(() -> PercentCoding.decodePath(raw)).isInstanceOf(Invalid.class);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anyBytesComeBack(long seed) {
        Randomness random = Randomness.seeded(seed);
        for (int trial = 0; trial < 50; trial++) {
            byte[] bytes = random.bytes(random.below(300));
            String encoded = PercentCoding.encode(bytes);
            assertThat(encoded).matches("[A-Za-z0-9%._~-]*");
            assertThat(PercentCoding.decodePath(encoded)).isEqualTo(bytes);
            assertThat(PercentCoding.decodeForm(encoded)).isEqualTo(bytes);
        }
    }

    static LongStream seeds() {
        String seed = System.getProperty("seed");
        return seed == null ? LongStream.range(0, 20) : LongStream.of(Long.parseLong(seed));
    }

    @Test
    void namesOfParametersMayBeInAnyCase() {
        Optional<String> query = Optional.of("OP=Open&op=other&User%2eName=ann");
        QueryParameters any = QueryParameters.parseIgnoringCase(query);
        assertThat(any.find("op")).contains("Open");
        assertThat(any.find("user.name")).contains("ann");
        assertThat(QueryParameters.parse(query).find("op")).contains("other");
        assertThat(QueryParameters.parse(query).find("user.name")).isEmpty();
    }

    @Test
    void queryIsSplitBeforeItIsDecoded() {
        var query = QueryParameters.parse(Optional.of("src=%2Fa%26b%3Dc&dst=/x+y?z&dst=2&flag&=v"));
        assertThat(query.find("src")).contains("/a&b=c");
        assertThat(query.find("dst")).contains("/x y?z");
        assertThat(query.find("flag")).contains("");
        assertThat(query.find("none")).isEmpty();
        assertThat(query.findBytes("src").orElseThrow()).hasSize(6);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
