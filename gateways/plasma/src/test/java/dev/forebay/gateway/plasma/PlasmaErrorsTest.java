package dev.forebay.gateway.plasma;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.error.AlreadyExists;
import dev.forebay.base.error.Closed;
import dev.forebay.base.error.Conflict;
import dev.forebay.base.error.Corrupt;
import dev.forebay.base.error.Fenced;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Internal;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.InvalidState;
import dev.forebay.base.error.IsADirectory;
import dev.forebay.base.error.LeaseHeld;
import dev.forebay.base.error.Lost;
import dev.forebay.base.error.NotADirectory;
import dev.forebay.base.error.NotEmpty;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.OutOfSpace;
import dev.forebay.base.error.PermissionDenied;
import dev.forebay.base.error.QuotaExceeded;
import dev.forebay.base.error.ReadOnly;
import dev.forebay.base.error.TimedOut;
import dev.forebay.base.error.Unavailable;
import dev.forebay.base.error.Unsupported;
import dev.forebay.protocol.plasma.PlasmaError;

import org.junit.jupiter.api.Test;

import java.util.List;

class PlasmaErrorsTest {
    @Test
    void answeredErrors() {
        assertThat(PlasmaErrors.of(new AlreadyExists("m", "s")))
                .contains(PlasmaError.OBJECT_EXISTS);
        assertThat(PlasmaErrors.of(new NotFound("m", "s"))).contains(PlasmaError.OBJECT_NOT_FOUND);
        for (ForebayException full :
                List.of(
                        new OutOfSpace("m", "s"),
                        new QuotaExceeded("m", "s"),
                        new Invalid("m", "s"))) {
            assertThat(PlasmaErrors.of(full)).contains(PlasmaError.OUT_OF_MEMORY);
        }
    }

    @Test
    void errorsThatCloseTheConnection() {
        List<ForebayException> others =
                List.of(
                        new Closed("m", "s"),
                        new Conflict("m", "s"),
                        new Corrupt("m", "s"),
                        new Fenced("m", "s"),
                        new Internal("m", "s"),
                        new InvalidState("m", "s"),
                        new IsADirectory("m", "s"),
                        new LeaseHeld("m", "s"),
                        new Lost("m", "s"),
                        new NotADirectory("m", "s"),
                        new NotEmpty("m", "s"),
                        new PermissionDenied("m", "s"),
                        new TimedOut("m", "s"),
                        new Unavailable("m", "s"),
                        new ReadOnly("m", "s"),
                        new Unsupported("m", "s"));
        assertThat(others).allMatch(e -> PlasmaErrors.of(e).isEmpty());
    }
}
