package dev.forebay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ModeTest {
    @Test
    void everyModeSurvives() {
        for (int octal = 0; octal <= 0777; octal++) {
            assertThat(Mode.of(octal).octal()).isEqualTo(octal);
        }
    }

    @Test
    void modesAreWrittenAsPeopleDo() {
        assertThat(Mode.parse("0750")).hasToString("rwxr-x---");
        assertThat(Mode.parse("7").octal()).isEqualTo(7);
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> Mode.parse("888"))
                .isInstanceOf(FilesException.InvalidArgument.class);
        assertThatThrownBy(() -> Mode.parse("")).isInstanceOf(FilesException.InvalidArgument.class);
    }
}
