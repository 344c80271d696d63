package dev.forebay.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FilesExceptionTest {
    @ParameterizedTest
    @EnumSource(Status.class)
    void eachStatusHasItsOwnClass(Status status) {
        FilesException failure = FilesException.of(status, "reason", "/p");

        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.getClass().getSimpleName().toUpperCase(java.util.Locale.ROOT))
                .isEqualTo(status.name().replace("_", ""));
        assertThat(Status.find(status.name())).contains(status);
    }

    @Test
    void thereAreSixteen() {
        assertThat(FilesException.class.getPermittedSubclasses()).hasSize(16);
        assertThat(Status.values()).hasSize(16);
    }

    @Test
    void bothSpellingsOfCanceledAreKnown() {
        assertThat(Status.find("CANCELLED")).contains(Status.CANCELED);
        assertThat(Status.find("nonsense")).isEmpty();
    }

    @Test
    void theSubjectIsNotRepeated() {
        assertThat(FilesException.of(Status.NOT_FOUND, "no /p here", "/p"))
                .hasMessage("no /p here");
        assertThat(FilesException.of(Status.NOT_FOUND, "missing", "/p")).hasMessage("missing: /p");
    }
}
