package dev.forebay.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.forebay.client.FilesException;
import dev.forebay.client.Status;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

class EmbeddedErrorsTest {
    private record Row(ForebayException error, Status status) {}

    private static final List<Row> ROWS =
            List.of(
                    new Row(new NotFound("m", "s"), Status.NOT_FOUND),
                    new Row(new AlreadyExists("m", "s"), Status.ALREADY_EXISTS),
                    new Row(new NotADirectory("m", "s"), Status.INVALID_ARGUMENT),
                    new Row(new Invalid("m", "s"), Status.INVALID_ARGUMENT),
                    new Row(new IsADirectory("m", "s"), Status.UNKNOWN),
                    new Row(new InvalidState("m", "s"), Status.UNKNOWN),
                    new Row(new NotEmpty("m", "s"), Status.FAILED_PRECONDITION),
                    new Row(new LeaseHeld("m", "s"), Status.FAILED_PRECONDITION),
                    new Row(new PermissionDenied("m", "s"), Status.PERMISSION_DENIED),
                    new Row(new Conflict("m", "s"), Status.ABORTED),
                    new Row(new Fenced("m", "s"), Status.ABORTED),
                    new Row(new QuotaExceeded("m", "s"), Status.RESOURCE_EXHAUSTED),
                    new Row(new OutOfSpace("m", "s"), Status.RESOURCE_EXHAUSTED),
                    new Row(new Corrupt("m", "s"), Status.DATA_LOSS),
                    new Row(new Lost("m", "s"), Status.DATA_LOSS),
                    new Row(new Unavailable("m", "s"), Status.UNAVAILABLE),
                    new Row(new ReadOnly("m", "s"), Status.UNAVAILABLE),
                    new Row(new Closed("m", "s"), Status.UNAVAILABLE),
                    new Row(new Unsupported("m", "s"), Status.UNIMPLEMENTED),
                    new Row(new TimedOut("m", "s"), Status.DEADLINE_EXCEEDED),
                    new Row(new Internal("m", "s"), Status.INTERNAL));

    @Test
    void everyErrorHasItsStatus() {
        assertThat(ROWS)
                .allSatisfy(
                        row ->
                                assertThat(EmbeddedErrors.status(row.error()))
                                        .isEqualTo(row.status()));
        assertThat(ROWS.stream().map(row -> row.error().getClass().getName()))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(ForebayException.class.getPermittedSubclasses())
                                .map(Class::getName)
                                .toList());
    }

    @Test
    void reasonSubjectAndCauseAreKept() {
        ForebayException cause = new NotFound("gone", "/f");
        assertThatThrownBy(
                        () ->
                                EmbeddedErrors.run(
                                        () -> {
                                            throw cause;
                                        }))
                .isInstanceOf(FilesException.NotFound.class)
                .hasMessage("gone: /f")
                .hasCause(cause);
    }
}
