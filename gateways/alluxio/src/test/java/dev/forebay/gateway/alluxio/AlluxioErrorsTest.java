package dev.forebay.gateway.alluxio;

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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** All rows of the table from the engine's errors to the protocol's. */
class AlluxioErrorsTest {
    @ParameterizedTest
    @MethodSource("rows")
    void errorIsToldAs(ForebayException e, String operation, String status, String message) {
        assertThat(AlluxioErrors.of(e, operation, "/p"))
                .isEqualTo(new AlluxioError(500, status, message));
    }

    static Stream<Arguments> rows() {
        String any = "get-status";
        String incomplete =
                "Cannot read from /p because it is incomplete. Wait for the file to be marked as"
                        + " complete by the writing thread or application.";
        return Stream.of(
                row(new NotFound("m", "/q"), any, "NOT_FOUND", "Path \"/q\" does not exist."),
                row(new NotFound("m", "id"), any, "NOT_FOUND", "Path \"/p\" does not exist."),
                row(new AlreadyExists("m", "/p"), any, "ALREADY_EXISTS", "/p already exists"),
                row(
                        new NotADirectory("m", "/p"),
                        any,
                        "INVALID_ARGUMENT",
                        "Traversal failed for path /p. m: /p"),
                row(
                        new IsADirectory("m", "/p"),
                        "open-file",
                        "UNKNOWN",
                        "Cannot read from /p because it is a directory"),
                row(
                        new IsADirectory("m", "/p"),
                        "create-file",
                        "INVALID_ARGUMENT",
                        "Cannot read from /p because it is a directory"),
                row(
                        new NotEmpty("m", "/p"),
                        "delete",
                        "FAILED_PRECONDITION",
                        "Cannot delete non-empty directory /p because recursive is set to false"),
                row(new InvalidState("m", "/p"), "open-file", "UNKNOWN", incomplete),
                row(new InvalidState("m", "/p"), "download-file", "UNKNOWN", incomplete),
                row(new InvalidState("m", "/p"), "free", "UNKNOWN", "Cannot free file /p: m: /p"),
                row(new InvalidState("m", "/p"), "delete", "FAILED_PRECONDITION", "m: /p"),
                row(new PermissionDenied("m", "/q"), any, "PERMISSION_DENIED", "m: /q at /p"),
                row(new Invalid("m", "0"), any, "INVALID_ARGUMENT", "m: 0"),
                row(new Conflict("m", "/p"), any, "ABORTED", "m: /p"),
                row(new Fenced("m", "/p"), any, "ABORTED", "m: /p"),
                row(new LeaseHeld("m", "/p"), any, "FAILED_PRECONDITION", "m: /p"),
                row(new QuotaExceeded("m", "/p"), any, "RESOURCE_EXHAUSTED", "m: /p"),
                row(new OutOfSpace("m", ""), "write", "RESOURCE_EXHAUSTED", "m at /p"),
                row(new Corrupt("m", "block 7"), any, "DATA_LOSS", "m: block 7 at /p"),
                row(new Lost("m", "/p"), any, "DATA_LOSS", "m: /p"),
                row(new Unsupported("m", "gs"), "mount", "UNIMPLEMENTED", "m: gs"),
                row(new TimedOut("m", "/p"), any, "DEADLINE_EXCEEDED", "m: /p"),
                row(new Unavailable("m", "/p"), any, "UNAVAILABLE", "m: /p"),
                row(new ReadOnly("m", "/p"), any, "UNAVAILABLE", "m: /p"),
                row(new Closed("m", "/p"), any, "UNAVAILABLE", "m: /p"),
                row(new Internal("m", "inside"), any, "INTERNAL", "internal error: m"));
    }

    @Test
    void tableHasARowForEachError() {
        List<Class<?>> tested =
                rows().<Class<?>>map(row -> Objects.requireNonNull(row.get()[0]).getClass())
                        .toList();
        assertThat(tested).contains(ForebayException.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @CsvSource({
        "400, INVALID_ARGUMENT",
        "403, PERMISSION_DENIED",
        "404, NOT_FOUND",
        "405, UNIMPLEMENTED",
        "408, DEADLINE_EXCEEDED",
        "413, INVALID_ARGUMENT",
        "431, INVALID_ARGUMENT",
        "500, INTERNAL",
        "501, UNIMPLEMENTED",
        "503, UNAVAILABLE",
        "505, UNIMPLEMENTED"
    })
    void errorsOfTheListener(int httpStatus, String status) {
        assertThat(AlluxioError.ofHttp(httpStatus, "m"))
                .isEqualTo(new AlluxioError(httpStatus, status, "m"));
    }

    private static Arguments row(
            ForebayException e, String operation, String status, String message) {
        return Arguments.of(e, operation, status, message);
    }
}
