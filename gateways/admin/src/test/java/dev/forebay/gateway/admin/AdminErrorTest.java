package dev.forebay.gateway.admin;

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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** All rows of the table from the engine's errors to this gateway's. */
class AdminErrorTest {
    @ParameterizedTest
    @MethodSource("rows")
    void errorIsToldAs(ForebayException e, int httpStatus, String status) {
        AdminError error = AdminError.of(e);
        assertThat(error.httpStatus()).isEqualTo(httpStatus);
        assertThat(error.status()).isEqualTo(status);
        assertThat(error.message()).isEqualTo(e instanceof Internal ? "internal error: m" : "m: s");
    }

    @Test
    void tableHasARowForEachError() {
        List<Class<?>> tested =
                rows().<Class<?>>map(row -> Objects.requireNonNull(row.get()[0]).getClass())
                        .toList();
        assertThat(tested).contains(ForebayException.class.getPermittedSubclasses());
    }

    static Stream<Arguments> rows() {
        return Stream.of(
                Arguments.of(new NotFound("m", "s"), 404, "NOT_FOUND"),
                Arguments.of(new AlreadyExists("m", "s"), 409, "ALREADY_EXISTS"),
                Arguments.of(new Invalid("m", "s"), 400, "INVALID_ARGUMENT"),
                Arguments.of(new NotADirectory("m", "s"), 400, "INVALID_ARGUMENT"),
                Arguments.of(new IsADirectory("m", "s"), 400, "INVALID_ARGUMENT"),
                Arguments.of(new NotEmpty("m", "s"), 409, "FAILED_PRECONDITION"),
                Arguments.of(new InvalidState("m", "s"), 409, "FAILED_PRECONDITION"),
                Arguments.of(new LeaseHeld("m", "s"), 409, "FAILED_PRECONDITION"),
                Arguments.of(new Conflict("m", "s"), 409, "ABORTED"),
                Arguments.of(new Fenced("m", "s"), 409, "ABORTED"),
                Arguments.of(new PermissionDenied("m", "s"), 403, "PERMISSION_DENIED"),
                Arguments.of(new OutOfSpace("m", "s"), 507, "RESOURCE_EXHAUSTED"),
                Arguments.of(new QuotaExceeded("m", "s"), 507, "RESOURCE_EXHAUSTED"),
                Arguments.of(new Corrupt("m", "s"), 500, "DATA_LOSS"),
                Arguments.of(new Lost("m", "s"), 500, "DATA_LOSS"),
                Arguments.of(new Unsupported("m", "s"), 501, "UNIMPLEMENTED"),
                Arguments.of(new TimedOut("m", "s"), 504, "DEADLINE_EXCEEDED"),
                Arguments.of(new ReadOnly("m", "s"), 503, "UNAVAILABLE"),
                Arguments.of(new Unavailable("m", "s"), 503, "UNAVAILABLE"),
                Arguments.of(new Closed("m", "s"), 503, "UNAVAILABLE"),
                Arguments.of(new Internal("m", "s"), 500, "INTERNAL"));
    }
}
