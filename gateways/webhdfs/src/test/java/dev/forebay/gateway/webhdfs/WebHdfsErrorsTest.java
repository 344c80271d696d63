package dev.forebay.gateway.webhdfs;

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
import dev.forebay.files.Snapshots;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** All rows of the table from the engine's errors to the protocol's. */
class WebHdfsErrorsTest {
    private static final String IO = "java.io.IOException";
    private static final String LEASE_EXPIRED =
            "org.apache.hadoop.hdfs.server.namenode.LeaseExpiredException";
    private static final String RETRIABLE = "org.apache.hadoop.ipc.RetriableException";
    private static final String HADOOP_ILLEGAL = "org.apache.hadoop.HadoopIllegalArgumentException";

    @ParameterizedTest
    @MethodSource("rows")
    void errorIsToldAs(ForebayException e, String operation, RemoteError error) {
        assertThat(WebHdfsErrors.of(e, operation, "/p")).isEqualTo(error);
    }

    static Stream<Arguments> rows() {
        return Stream.of(pathRows(), otherRows(), snapshotRows(), policyRows())
                .flatMap(each -> each);
    }

    private static Stream<Arguments> policyRows() {
        String illegal = "org.apache.hadoop.HadoopIllegalArgumentException";
        return Stream.of(
                row(
                        new NotFound("m", "/p"),
                        "GETSTORAGEPOLICY",
                        404,
                        "java.io.FileNotFoundException",
                        "File/Directory does not exist: /p"),
                row(
                        new NotADirectory("m", "/p"),
                        "SETSTORAGEPOLICY",
                        403,
                        "org.apache.hadoop.security.AccessControlException",
                        "/p (is not a directory)"),
                row(
                        new Invalid("m", "HOT"),
                        "SETSTORAGEPOLICY",
                        400,
                        illegal,
                        "Policy HOT cannot be set after file creation."),
                row(
                        new InvalidState("m", "HOT"),
                        "UNSETSTORAGEPOLICY",
                        400,
                        illegal,
                        "Existing policy HOT cannot be changed after file creation."));
    }

    private static Stream<Arguments> snapshotRows() {
        String refused = "org.apache.hadoop.hdfs.protocol.SnapshotException";
        return Stream.of(
                row(
                        new PermissionDenied(Snapshots.READ_ONLY, "/p"),
                        403,
                        "org.apache.hadoop.hdfs.protocol.SnapshotAccessControlException",
                        "Modification on a read-only snapshot is disallowed"),
                row(
                        new NotADirectory("m", "/p"),
                        "ALLOWSNAPSHOT",
                        403,
                        "org.apache.hadoop.fs.PathIsNotDirectoryException",
                        "`/p': Is not a directory"),
                row(
                        new NotFound("m", "/p"),
                        "GETSNAPSHOTLIST",
                        404,
                        "java.io.FileNotFoundException",
                        "Directory does not exist: /p"),
                row(
                        new NotFound("m", "s"),
                        "GETSNAPSHOTDIFFLISTING",
                        403,
                        refused,
                        "Cannot find the snapshot of directory /p with name s"),
                row(
                        new InvalidState("m", "/p"),
                        "DELETE",
                        403,
                        refused,
                        "The directory /p cannot be deleted since /p is snapshottable and already"
                                + " has snapshots"),
                row(new InvalidState("m", "/p"), "CREATESNAPSHOT", 403, refused, "m: /p"));
    }

    private static Stream<Arguments> pathRows() {
        return Stream.of(
                row(
                        new NotFound("m", "/q"),
                        404,
                        "java.io.FileNotFoundException",
                        "File does not exist: /q"),
                row(
                        new NotFound("m", "id"),
                        404,
                        "java.io.FileNotFoundException",
                        "File does not exist: /p"),
                row(
                        new AlreadyExists("m", "/p"),
                        403,
                        "org.apache.hadoop.fs.FileAlreadyExistsException",
                        "/p already exists"),
                row(
                        new NotADirectory("m", "/p"),
                        403,
                        "org.apache.hadoop.fs.ParentNotDirectoryException",
                        "m: /p"),
                row(
                        new IsADirectory("m", "/p"),
                        404,
                        "java.io.FileNotFoundException",
                        "Path is not a file: /p"),
                row(
                        new NotEmpty("m", "/p"),
                        403,
                        "org.apache.hadoop.fs.PathIsNotEmptyDirectoryException",
                        "`/p is non empty': Directory is not empty"),
                row(
                        new NotEmpty("m", "/p"),
                        "RENAME",
                        403,
                        IO,
                        "`/p is non empty': Directory is not empty"),
                row(
                        new PermissionDenied("m", "/q"),
                        403,
                        "org.apache.hadoop.security.AccessControlException",
                        "Permission denied: m: /q at /p"));
    }

    private static Stream<Arguments> otherRows() {
        return Stream.of(
                row(new Invalid("m", "0"), 400, RemoteError.ILLEGAL_ARGUMENT, "m: 0 at /p"),
                row(new Invalid("m", "/p"), "RENAME", 403, IO, "m: /p"),
                row(new Invalid("m", "/p"), "CONCAT", 400, HADOOP_ILLEGAL, "m: /p"),
                row(new Invalid("m", "/p"), "TRUNCATE", 400, HADOOP_ILLEGAL, "m: /p"),
                row(
                        new LeaseHeld("m", "/p"),
                        403,
                        "org.apache.hadoop.hdfs.protocol.AlreadyBeingCreatedException",
                        "m: /p"),
                row(new Fenced("m", "/p"), 403, LEASE_EXPIRED, "m: /p"),
                row(
                        new NotFound("m", "/d/p"),
                        "CREATE",
                        404,
                        "java.io.FileNotFoundException",
                        "Parent directory doesn't exist: /d"),
                row(new Closed("m", "/p"), "CREATE", 403, LEASE_EXPIRED, "m: /p"),
                row(new Closed("m", "/p"), "APPEND", 403, LEASE_EXPIRED, "m: /p"),
                row(new Closed("m", "/p"), 403, RETRIABLE, "m: /p"),
                row(
                        new QuotaExceeded("m", "/p"),
                        403,
                        "org.apache.hadoop.hdfs.protocol.DSQuotaExceededException",
                        "m: /p"),
                row(new InvalidState("m", "/p"), 403, IO, "m: /p"),
                row(new Conflict("m", "/p"), 403, IO, "m: /p"),
                row(new OutOfSpace("m", ""), 403, IO, "m at /p"),
                row(new Corrupt("m", "block 7"), 403, IO, "m: block 7 at /p"),
                row(new Lost("m", "/p"), 403, IO, "m: /p"),
                row(new TimedOut("m", "/p"), 403, IO, "m: /p"),
                row(new Unsupported("m", "/p"), 400, RemoteError.UNSUPPORTED, "m: /p"),
                row(new Unavailable("m", "/p"), 403, RETRIABLE, "m: /p"),
                row(new ReadOnly("m", "/p"), 403, RemoteError.SAFE_MODE, "m: /p"),
                row(new Internal("m", "inside"), 500, RemoteError.RUNTIME, "internal error: m"));
    }

    @Test
    void tokensThatAreNotGoodAreSaidToBe() {
        for (String operation : Tokens.OPERATIONS) {
            for (ForebayException e : List.of(new NotFound("m", 7), new Invalid("m", 7))) {
                RemoteError error = WebHdfsErrors.of(e, operation, "/");
                assertThat(error.httpStatus()).isEqualTo(401);
                assertThat(error.exception()).isEqualTo("InvalidToken");
            }
        }
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
        "400, IllegalArgumentException",
        "401, SecurityException",
        "403, AccessControlException",
        "404, FileNotFoundException",
        "405, IllegalArgumentException",
        "431, IllegalArgumentException",
        "500, RuntimeException",
        "501, RuntimeException",
        "503, RetriableException"
    })
    void errorsOfTheListener(int httpStatus, String exception) {
        RemoteError error = RemoteError.ofHttp(httpStatus, "m");
        assertThat(error.httpStatus()).isEqualTo(httpStatus);
        assertThat(error.exception()).isEqualTo(exception);
    }

    @Test
    void documentNamesTheClassTwice() {
        String json = new String(RemoteError.notFound("no \"x\"").json(), StandardCharsets.UTF_8);
        assertThat(json)
                .isEqualTo(
                        "{\"RemoteException\":{\"exception\":\"FileNotFoundException\","
                                + "\"javaClassName\":\"java.io.FileNotFoundException\","
                                + "\"message\":\"no \\\"x\\\"\"}}");
    }

    private static Arguments row(
            ForebayException e, int httpStatus, String className, String message) {
        return row(e, "GETFILESTATUS", httpStatus, className, message);
    }

    private static Arguments row(
            ForebayException e,
            String operation,
            int httpStatus,
            String className,
            String message) {
        return Arguments.of(e, operation, new RemoteError(httpStatus, className, message));
    }
}
