package dev.forebay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.client.Mode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import picocli.CommandLine.TypeConversionException;

class ModeChangeTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "u+x,644,744",
                "go=,777,700",
                "a-w,666,444",
                "+x,644,755",
                "\"u=rw,g=r,o=\",777,640",
                "a+X,644,644",
                "a+X,744,755",
                "0755,000,755",
                "7,777,007"
            })
    void changesAreApplied(String change, String before, String after) {
        assertThat(ModeChange.parse(change).apply(Mode.parse(before), false))
                .isEqualTo(Mode.parse(after));
    }

    @Test
    void capitalXMeansDirectories() {
        assertThat(ModeChange.parse("a+X").apply(Mode.of(0644), true)).isEqualTo(Mode.of(0755));
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> ModeChange.parse("u+q"))
                .isInstanceOf(TypeConversionException.class);
        assertThatThrownBy(() -> ModeChange.parse("999"))
                .isInstanceOf(TypeConversionException.class);
    }
}
