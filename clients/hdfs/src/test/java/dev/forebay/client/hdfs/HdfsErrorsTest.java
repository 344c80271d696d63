package dev.forebay.client.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.client.FilesException;
import dev.forebay.client.Status;

import org.apache.hadoop.HadoopIllegalArgumentException;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.InvalidPathException;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.PathIsNotEmptyDirectoryException;
import org.apache.hadoop.hdfs.BlockMissingException;
import org.apache.hadoop.hdfs.protocol.DSQuotaExceededException;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.net.ConnectTimeoutException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.token.SecretManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

class HdfsErrorsTest {
    private static final String NAME_NODE = "org.apache.hadoop.hdfs.server.namenode.";

    private static final List<Map.Entry<Exception, Status>> ROWS =
            List.of(
                    Map.entry(new InterruptedIOException("x"), Status.CANCELED),
                    Map.entry(new IOException("x"), Status.UNKNOWN),
                    Map.entry(new IllegalArgumentException("x"), Status.INVALID_ARGUMENT),
                    Map.entry(new HadoopIllegalArgumentException("x"), Status.INVALID_ARGUMENT),
                    Map.entry(new InvalidPathException("x"), Status.INVALID_ARGUMENT),
                    Map.entry(new ParentNotDirectoryException("x"), Status.INVALID_ARGUMENT),
                    Map.entry(
                            new AccessControlException("/a/b (is not a directory)"),
                            Status.INVALID_ARGUMENT),
                    Map.entry(new SocketTimeoutException("x"), Status.DEADLINE_EXCEEDED),
                    Map.entry(new FileNotFoundException("x"), Status.NOT_FOUND),
                    Map.entry(new FileAlreadyExistsException("x"), Status.ALREADY_EXISTS),
                    Map.entry(new AccessControlException("x"), Status.PERMISSION_DENIED),
                    Map.entry(new SecretManager.InvalidToken("x"), Status.UNAUTHENTICATED),
                    Map.entry(new AccessControlException("Unauthorized"), Status.UNAUTHENTICATED),
                    Map.entry(new DSQuotaExceededException("x"), Status.RESOURCE_EXHAUSTED),
                    Map.entry(
                            new PathIsNotEmptyDirectoryException("x"), Status.FAILED_PRECONDITION),
                    Map.entry(
                            snapshot("Directory is not a snapshottable directory: /a"),
                            Status.FAILED_PRECONDITION),
                    Map.entry(
                            snapshot("Cannot delete snapshot s: the snapshot does not exist."),
                            Status.NOT_FOUND),
                    Map.entry(
                            snapshot("there is already a snapshot with the same name \"s\"."),
                            Status.ALREADY_EXISTS),
                    Map.entry(
                            new RemoteException(NAME_NODE + "LeaseExpiredException", "x"),
                            Status.ABORTED),
                    Map.entry(new EOFException("x"), Status.OUT_OF_RANGE),
                    Map.entry(new UnsupportedOperationException("x"), Status.UNIMPLEMENTED),
                    Map.entry(new IllegalStateException("x"), Status.INTERNAL),
                    Map.entry(new ConnectException("x"), Status.UNAVAILABLE),
                    Map.entry(new ConnectTimeoutException("x"), Status.UNAVAILABLE),
                    Map.entry(new ChecksumException("x", 0), Status.DATA_LOSS),
                    Map.entry(new BlockMissingException("f", "x", 0), Status.DATA_LOSS));

    private static Exception snapshot(String message) {
        return new RemoteException("org.apache.hadoop.hdfs.protocol.SnapshotException", message);
    }

    @ParameterizedTest
    @FieldSource("ROWS")
    void eachFailureHasItsStatus(Map.Entry<Exception, Status> row) {
        FilesException failure = HdfsErrors.of(row.getKey(), "/f");

        assertThat(failure.status()).isEqualTo(row.getValue());
        assertThat(failure.subject()).isEqualTo("/f");
        assertThat(failure.getCause()).isSameAs(row.getKey());
    }

    @Test
    void everyStatusCanCome() {
        Set<Status> found = EnumSet.noneOf(Status.class);
        ROWS.forEach(row -> found.add(HdfsErrors.status(row.getKey())));
        assertThat(found).containsExactlyInAnyOrder(Status.values());
    }

    /** The exact names that servers send: docs of the protocol, section 2.5. */
    @ParameterizedTest
    @CsvSource({
        "java.io.FileNotFoundException, NOT_FOUND",
        "java.io.IOException, UNKNOWN",
        "org.apache.hadoop.security.AccessControlException, PERMISSION_DENIED",
        "org.apache.hadoop.fs.FileAlreadyExistsException, ALREADY_EXISTS",
        "org.apache.hadoop.fs.ParentNotDirectoryException, INVALID_ARGUMENT",
        "org.apache.hadoop.fs.PathIsNotEmptyDirectoryException, FAILED_PRECONDITION",
        "org.apache.hadoop.fs.InvalidPathException, INVALID_ARGUMENT",
        "org.apache.hadoop.fs.UnresolvedLinkException, INVALID_ARGUMENT",
        "org.apache.hadoop.hdfs.protocol.AlreadyBeingCreatedException, FAILED_PRECONDITION",
        "org.apache.hadoop.hdfs.protocol.RecoveryInProgressException, FAILED_PRECONDITION",
        "org.apache.hadoop.hdfs.protocol.NSQuotaExceededException, RESOURCE_EXHAUSTED",
        "org.apache.hadoop.hdfs.protocol.DSQuotaExceededException, RESOURCE_EXHAUSTED",
        "org.apache.hadoop.hdfs.server.namenode.LeaseExpiredException, ABORTED",
        "org.apache.hadoop.hdfs.server.namenode.SafeModeException, FAILED_PRECONDITION",
        "org.apache.hadoop.hdfs.server.namenode.NotReplicatedYetException, ABORTED",
        "org.apache.hadoop.HadoopIllegalArgumentException, INVALID_ARGUMENT",
        "org.apache.hadoop.ipc.StandbyException, UNAVAILABLE",
        "org.apache.hadoop.ipc.RetriableException, UNAVAILABLE",
        "org.apache.hadoop.ipc.RpcNoSuchMethodException, UNIMPLEMENTED",
        "java.lang.UnsupportedOperationException, UNIMPLEMENTED",
        "org.apache.hadoop.security.token.SecretManager$InvalidToken, UNAUTHENTICATED",
        "of.somebody.StrangeException, UNKNOWN"
    })
    void eachNameThatServersSendHasItsStatus(String className, Status status) {
        assertThat(HdfsErrors.status(new RemoteException(className, "x"))).isEqualTo(status);
    }

    @Test
    void whatOnlyCarriesIsLookedThroughAndStackFramesAreCutOff() {
        IOException inner = new FileNotFoundException("gone\n\tat the.server.Frame");
        FilesException failure = HdfsErrors.of(new UncheckedIOException(inner), "/f");

        assertThat(failure.status()).isEqualTo(Status.NOT_FOUND);
        assertThat(failure.reason()).isEqualTo("gone");
    }
}
