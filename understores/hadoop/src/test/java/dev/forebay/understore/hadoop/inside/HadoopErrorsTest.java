package dev.forebay.understore.hadoop.inside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.error.AlreadyExists;
import dev.forebay.base.error.Corrupt;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.IsADirectory;
import dev.forebay.base.error.NotADirectory;
import dev.forebay.base.error.NotEmpty;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.OutOfSpace;
import dev.forebay.base.error.PermissionDenied;
import dev.forebay.base.error.Unavailable;
import dev.forebay.base.error.Unsupported;

import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.PathAccessDeniedException;
import org.apache.hadoop.fs.PathExistsException;
import org.apache.hadoop.fs.PathIsDirectoryException;
import org.apache.hadoop.fs.PathIsNotDirectoryException;
import org.apache.hadoop.fs.PathIsNotEmptyDirectoryException;
import org.apache.hadoop.fs.PathNotFoundException;
import org.apache.hadoop.fs.PathPermissionException;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.hdfs.protocol.DSQuotaExceededException;
import org.apache.hadoop.hdfs.protocol.NSQuotaExceededException;
import org.apache.hadoop.hdfs.server.namenode.SafeModeException;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.ipc.StandbyException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.util.DiskChecker.DiskOutOfSpaceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.util.List;
import java.util.stream.Stream;

class HadoopErrorsTest {
    static Stream<Arguments> rows() {
        return Stream.of(
                row(new FileNotFoundException("x"), NotFound.class),
                row(new PathNotFoundException("x"), NotFound.class),
                row(new ParentNotDirectoryException("x"), NotADirectory.class),
                row(new PathIsNotDirectoryException("x"), NotADirectory.class),
                row(new PathIsDirectoryException("x"), IsADirectory.class),
                row(new PathIsNotEmptyDirectoryException("x"), NotEmpty.class),
                row(new FileAlreadyExistsException("x"), AlreadyExists.class),
                row(new java.nio.file.FileAlreadyExistsException("x"), AlreadyExists.class),
                row(new PathExistsException("x"), AlreadyExists.class),
                row(new AccessControlException("x"), PermissionDenied.class),
                row(new PathPermissionException("x"), PermissionDenied.class),
                row(new PathAccessDeniedException("x"), PermissionDenied.class),
                row(new AccessDeniedException("x"), PermissionDenied.class),
                row(new DSQuotaExceededException("x"), OutOfSpace.class),
                row(new NSQuotaExceededException("x"), OutOfSpace.class),
                row(new DiskOutOfSpaceException("x"), OutOfSpace.class),
                row(new IOException("write: No space left on device"), OutOfSpace.class),
                row(new UnsupportedFileSystemException("x"), Unsupported.class),
                row(new ChecksumException("x", 0), Corrupt.class),
                row(new SafeModeException("x"), Unavailable.class),
                row(new StandbyException("x"), Unavailable.class),
                row(new ConnectException("x"), Unavailable.class),
                row(new UnknownHostException("x"), Unavailable.class),
                row(new SocketTimeoutException("x"), Unavailable.class),
                row(new EOFException("x"), Unavailable.class),
                row(remote("java.io.FileNotFoundException"), NotFound.class),
                row(
                        remote("org.apache.hadoop.security.AccessControlException"),
                        PermissionDenied.class),
                row(limit("PathComponentTooLongException"), Invalid.class),
                row(limit("MaxDirectoryItemsExceededException"), OutOfSpace.class),
                row(remote("nobody.knows.This"), Unavailable.class));
    }

    private static Arguments row(IOException error, Class<? extends ForebayException> type) {
        return Arguments.of(error, type);
    }

    private static RemoteException limit(String type) {
        return remote("org.apache.hadoop.hdfs.protocol.FSLimitException$" + type);
    }

    private static RemoteException remote(String type) {
        return new RemoteException(type, "x");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void errorIsOfItsKind(IOException error, Class<? extends ForebayException> type) {
        ForebayException ours = HadoopErrors.of(error, "/file");

        assertThat(ours).isExactlyInstanceOf(type).hasCauseInstanceOf(IOException.class);
        assertThat(ours.subject()).isEqualTo("/file");
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void interruptIsKept() {
        for (IOException error :
                List.of(new InterruptedIOException(), new ClosedByInterruptException())) {
            assertThat(HadoopErrors.of(error, "x")).isInstanceOf(Unavailable.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void unknownHostIsOutOfReachAndOtherArgumentsAreWrong() {
        var host = new IllegalArgumentException(new UnknownHostException("x"));
        assertThat(HadoopErrors.of(host, "x")).isInstanceOf(Unavailable.class);
        assertThat(HadoopErrors.of(new IllegalArgumentException("x"), "x"))
                .isInstanceOf(Invalid.class);
    }

    @Test
    void classThatIsMissingInTheMiddleOfACallIsUnsupported() {
        HadoopCalls.Step incomplete =
                () -> {
                    throw new NoClassDefFoundError("x");
                };
        assertThatThrownBy(() -> HadoopCalls.attempt("x", incomplete))
                .isInstanceOf(Unsupported.class);
    }

    @Test
    void threadGetsItsClassLoaderBack() {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        HadoopCalls.attempt(
                "x",
                () ->
                        assertThat(Thread.currentThread().getContextClassLoader())
                                .isSameAs(HadoopCalls.class.getClassLoader()));
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }
}
