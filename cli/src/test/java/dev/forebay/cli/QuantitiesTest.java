package dev.forebay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import picocli.CommandLine.TypeConversionException;

class QuantitiesTest {
    @Test
    void durationsHaveUnits() {
        assertThat(Quantities.millis("500ms")).isEqualTo(500);
        assertThat(Quantities.millis("2h")).isEqualTo(7_200_000);
        assertThat(Quantities.millis("7d")).isEqualTo(604_800_000);
        assertThatThrownBy(() -> Quantities.millis("5"))
                .isInstanceOf(TypeConversionException.class);
        assertThatThrownBy(() -> Quantities.millis("-5s"))
                .isInstanceOf(TypeConversionException.class);
    }

    @Test
    void sizesForPeople() {
        assertThat(Quantities.people(0)).isEqualTo("0B");
        assertThat(Quantities.people(1023)).isEqualTo("1023B");
        assertThat(Quantities.people(1024)).isEqualTo("1.0K");
        assertThat(Quantities.people(1024 * 1024 - 1)).isEqualTo("1.0M");
        assertThat(Quantities.people(Long.MAX_VALUE)).isEqualTo("8.0E");
    }

    @Test
    void spansForPeople() {
        assertThat(Quantities.span(59)).isEqualTo("59s");
        assertThat(Quantities.span(200)).isEqualTo("3m20s");
        assertThat(Quantities.span(18_420)).isEqualTo("5h07m");
    }

    @Test
    void progressTellsRateAndRemainingTime() {
        assertThat(
                        Progress.text(
                                new Progress.Total(25 << 20, 1),
                                new Progress.Total(100 << 20, 4),
                                5))
                .isEqualTo(" 25% 25.0M of 100M  1/4 files  5.0M/s  15s left");
        assertThat(Progress.text(new Progress.Total(1024, 0), new Progress.Total(-1, 1), 0))
                .isEqualTo("1.0K  0B/s");
    }
}
