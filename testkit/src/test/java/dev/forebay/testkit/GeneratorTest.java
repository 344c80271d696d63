package dev.forebay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class GeneratorTest {
    @Test
    void sameSeedGivesTheSame() {
        assertThat(new Generator(5).letters(40)).isEqualTo(new Generator(5).letters(40));
        assertThat(new Generator(5).letters(40)).isNotEqualTo(new Generator(6).letters(40));
    }

    @SeededTest
    void valuesKeepToTheirRanges(long seed) {
        Generator generator = new Generator(seed);
        for (int i = 0; i < 200; i++) {
            assertThat(generator.between(-3, 4)).isBetween(-3, 4);
            assertThat(generator.length(100, 30)).isBetween(0, 100);
            assertThat(generator.weighted(0, 2, 0, 1)).isIn(1, 3);
            assertThat(generator.pick(List.of("a", "b"))).isIn("a", "b");
        }
        assertThat(generator.chance(0)).isFalse();
        assertThat(generator.chance(100)).isTrue();
    }
}
