package dev.forebay.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

class NameTextTest {
    @Test
    void anyBytesSurviveAsText() {
        long only = Long.getLong("seed", -1);
        for (long seed = only < 0 ? 1 : only; seed <= (only < 0 ? 20 : only); seed++) {
            Randomness randomness = Randomness.seeded(seed);
            for (int i = 0; i < 200; i++) {
                byte[] bytes = randomness.bytes(randomness.below(12));
                assertThat(NameText.bytes(NameText.text(bytes)))
                        .as("seed %d", seed)
                        .isEqualTo(bytes);
            }
        }
    }

    @Test
    void validTextIsLeftAlone() {
        String text = "aü☃\uD83D\uDE00\uFFFD";

        assertThat(NameText.text(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
        assertThat(NameText.text(new byte[] {'x', (byte) 0xff})).isEqualTo("x\udcff");
    }

    @Test
    void namesAndPathsComeBackFromTheirText() {
        byte[] odd = {'/', 'a', (byte) 0xff, (byte) 0xe4, '/', (byte) 0xc3, (byte) 0xa4};
        FilePath path = FilePath.parse(odd);

        assertThat(path.toString()).isEqualTo("/a\udcff\udce4/\u00e4");
        assertThat(FilePath.parse(path.toString())).isEqualTo(path);
        assertThat(Name.of(path.names().getFirst().toString())).isEqualTo(path.names().getFirst());
    }
}
