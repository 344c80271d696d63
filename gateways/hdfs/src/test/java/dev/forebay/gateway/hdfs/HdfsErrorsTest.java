package dev.forebay.gateway.hdfs;

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

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/** Every row of the table of errors. */
class HdfsErrorsTest {
    private static final String PATH = "/a/b";

    static Stream<Arguments> rows() {
        String io = "java.io.IOException";
        String leases = "org.apache.hadoop.hdfs.server.namenode.LeaseExpiredException";
        String exists = "org.apache.hadoop.fs.FileAlreadyExistsException";
        String missing = "java.io.FileNotFoundException";
        String illegal = "org.apache.hadoop.HadoopIllegalArgumentException";
        return Stream.of(
                Arguments.of(new NotFound("x", PATH), "delete", missing),
                Arguments.of(new AlreadyExists("x", PATH), "create", exists),
                Arguments.of(
                        new NotADirectory("x", PATH),
                        "mkdirs",
                        "org.apache.hadoop.fs.ParentNotDirectoryException"),
                Arguments.of(
                        new NotADirectory("x", PATH),
                        "getFileInfo",
                        "org.apache.hadoop.security.AccessControlException"),
                Arguments.of(new IsADirectory("x", PATH), "create", exists),
                Arguments.of(new IsADirectory("x", PATH), "append", missing),
                Arguments.of(
                        new NotEmpty("x", PATH),
                        "delete",
                        "org.apache.hadoop.fs.PathIsNotEmptyDirectoryException"),
                Arguments.of(new NotEmpty("x", PATH), "rename2", io),
                Arguments.of(
                        new PermissionDenied("x", PATH),
                        "create",
                        "org.apache.hadoop.security.AccessControlException"),
                Arguments.of(new Invalid("x", PATH), "truncate", illegal),
                Arguments.of(new Invalid("x", PATH), "rename2", io),
                Arguments.of(
                        new LeaseHeld("x", PATH),
                        "append",
                        "org.apache.hadoop.hdfs.protocol.AlreadyBeingCreatedException"),
                Arguments.of(new Fenced("x", 7), "addBlock", leases),
                Arguments.of(new Closed("x", 7), "complete", leases),
                Arguments.of(
                        new Conflict("x", PATH),
                        "append",
                        "org.apache.hadoop.ipc.RetriableException"),
                Arguments.of(
                        new QuotaExceeded("x", PATH),
                        "addBlock",
                        "org.apache.hadoop.hdfs.protocol.DSQuotaExceededException"),
                Arguments.of(
                        new Unsupported("x", PATH),
                        "concat",
                        "java.lang.UnsupportedOperationException"),
                Arguments.of(new OutOfSpace("x", PATH), "create", io),
                Arguments.of(new InvalidState("x", PATH), "recoverLease", io),
                Arguments.of(new Corrupt("x", PATH), "getBlockLocations", io),
                Arguments.of(new Lost("x", PATH), "getBlockLocations", io),
                Arguments.of(new TimedOut("x", PATH), "getFileInfo", io),
                Arguments.of(new Unavailable("x", PATH), "getFileInfo", io),
                Arguments.of(
                        new ReadOnly("x", PATH),
                        "create",
                        "org.apache.hadoop.hdfs.server.namenode.SafeModeException"),
                Arguments.of(new NotFound("x", 7), "renewDelegationToken", RpcError.INVALID_TOKEN),
                Arguments.of(new Invalid("x", 7), "cancelDelegationToken", RpcError.INVALID_TOKEN),
                Arguments.of(
                        new PermissionDenied("x", "ann"), "getDelegationToken", RpcError.ACCESS),
                Arguments.of(new Internal("x", PATH), "getFileInfo", io));
    }

    static Stream<Arguments> rowsOfSnapshots() {
        return Stream.of(
                Arguments.of(
                        new PermissionDenied(Snapshots.READ_ONLY, PATH),
                        "mkdirs",
                        "org.apache.hadoop.hdfs.protocol.SnapshotAccessControlException"),
                Arguments.of(new InvalidState("x", PATH), "delete", RpcError.SNAPSHOT),
                Arguments.of(new InvalidState("x", PATH), "createSnapshot", RpcError.SNAPSHOT),
                Arguments.of(new InvalidState("x", PATH), "disallowSnapshot", RpcError.SNAPSHOT),
                Arguments.of(
                        new InvalidState("x", PATH), "getSnapshotDiffReport", RpcError.SNAPSHOT),
                Arguments.of(new AlreadyExists("x", "s"), "createSnapshot", RpcError.SNAPSHOT),
                Arguments.of(new AlreadyExists("x", "s"), "renameSnapshot", RpcError.SNAPSHOT),
                Arguments.of(new NotFound("x", "s"), "deleteSnapshot", RpcError.SNAPSHOT),
                Arguments.of(new NotFound("x", "s"), "renameSnapshot", RpcError.SNAPSHOT),
                Arguments.of(new NotFound("x", "s"), "getSnapshotDiffReport", RpcError.SNAPSHOT),
                Arguments.of(
                        new NotFound("x", PATH),
                        "getSnapshotListing",
                        "java.io.FileNotFoundException"),
                Arguments.of(new NotADirectory("x", PATH), "allowSnapshot", RpcError.NOT_DIRECTORY),
                Arguments.of(new Invalid("x", "s"), "createSnapshot", RpcError.INVALID_PATH));
    }

    static Stream<Arguments> rowsOfPolicies() {
        return Stream.of(
                Arguments.of(new NotFound("x", PATH), "getStoragePolicy", RpcError.FILE_NOT_FOUND),
                Arguments.of(new NotADirectory("x", PATH), "setStoragePolicy", RpcError.ACCESS),
                Arguments.of(new PermissionDenied("x", PATH), "setStoragePolicy", RpcError.ACCESS),
                Arguments.of(
                        new Invalid("x", "HOT"), "setStoragePolicy", RpcError.ILLEGAL_ARGUMENT),
                Arguments.of(
                        new InvalidState("x", "HOT"),
                        "unsetStoragePolicy",
                        RpcError.ILLEGAL_ARGUMENT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "create; /a/b; Parent directory doesn't exist: /a",
                "mkdirs; /a; Parent directory doesn't exist: /",
                "delete; /a/b; File does not exist: /a/b"
            })
    void whatIsMissingIsSaidAsANameNodeSaysIt(String method, String path, String message) {
        RpcError error = HdfsErrors.of(new NotFound("x", path), method, "ann", path);
        assertThat(error.message()).isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource({"rows", "rowsOfSnapshots", "rowsOfPolicies"})
    void everyErrorHasAName(ForebayException e, String method, String className) {
        RpcError error = HdfsErrors.of(e, method, "ann", PATH);
        assertThat(error.className()).isEqualTo(className);
        assertThat(error.message()).isNotEmpty();
    }
}
