package dev.forebay.understore.hadoop.inside;

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
import org.apache.hadoop.fs.ClusterStorageCapacityExceededException;
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
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.util.DiskChecker.DiskOutOfSpaceException;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;

/** What an error of a Hadoop file system is to callers. */
final class HadoopErrors {
    private HadoopErrors() {}

    static ForebayException of(IOException error, Object subject) {
        IOException plain =
                error instanceof RemoteException remote ? remote.unwrapRemoteException() : error;
        return switch (plain) {
            case FileNotFoundException e -> notFound(e, subject);
            case PathNotFoundException e -> notFound(e, subject);
            case ParentNotDirectoryException e -> noDirectory(e, subject);
            case PathIsNotDirectoryException e -> noDirectory(e, subject);
            case PathIsDirectoryException e ->
                    new IsADirectory("a directory has this name", subject, e);
            case PathIsNotEmptyDirectoryException e ->
                    new NotEmpty("directory has children", subject, e);
            case FileAlreadyExistsException e -> exists(e, subject);
            case java.nio.file.FileAlreadyExistsException e -> exists(e, subject);
            case PathExistsException e -> exists(e, subject);
            case AccessControlException e -> refused(e, subject);
            case PathPermissionException e -> refused(e, subject);
            case PathAccessDeniedException e -> refused(e, subject);
            case AccessDeniedException e -> refused(e, subject);
            // quotas of names and of space among them
            case ClusterStorageCapacityExceededException e -> full(e, subject);
            case DiskOutOfSpaceException e -> full(e, subject);
            case UnsupportedFileSystemException e -> noFileSystem(e, subject);
            case ChecksumException e ->
                    new Corrupt("bytes do not match their checksum", subject, e);
            case RemoteException e -> byClassThere(e, subject);
            default -> byWhatStopsIt(plain, subject);
        };
    }

    /** Errors that the name node has and its client lacks. */
    private static ForebayException byClassThere(RemoteException error, Object subject) {
        String name = String.valueOf(error.getClassName());
        // hadoop-hdfs: FSLimitException and what extends it
        if (name.endsWith("PathComponentTooLongException")) {
            return new Invalid("name is too long for the place", subject, error);
        }
        if (name.endsWith("MaxDirectoryItemsExceededException")) {
            return full(error, subject);
        }
        return unreachable(error, subject);
    }

    private static ForebayException byWhatStopsIt(IOException error, Object subject) {
        boolean interrupted =
                error instanceof ClosedByInterruptException
                        || (error instanceof InterruptedIOException
                                && !(error instanceof SocketTimeoutException));
        if (interrupted) {
            Thread.currentThread().interrupt();
            return new Unavailable("interrupted while waiting for the place", subject, error);
        }
        // the local disk has no type for this; the text is that of Linux
        if (String.valueOf(error.getMessage()).contains("No space left on device")) {
            return full(error, subject);
        }
        // refused, unknown host, timed out, cut off, standby, safe mode: after all tries
        return unreachable(error, subject);
    }

    /** A path or host that Hadoop does not even ask for. */
    static ForebayException of(IllegalArgumentException error, Object subject) {
        if (error.getCause() instanceof UnknownHostException) {
            return unreachable(error, subject);
        }
        return new Invalid("the place cannot hold such a name", subject, error);
    }

    static ForebayException of(UnsupportedOperationException error, Object subject) {
        return new Unsupported("the place does not offer this", subject, error);
    }

    static ForebayException of(LinkageError error, Object subject) {
        return new Unsupported(
                "jars are missing in mounts.hadoop.class-path, or do not fit", subject, error);
    }

    private static ForebayException unreachable(Exception error, Object subject) {
        return new Unavailable("the place cannot be reached or fails", subject, error);
    }

    private static ForebayException notFound(IOException error, Object subject) {
        return new NotFound("no such file or directory", subject, error);
    }

    private static ForebayException noDirectory(IOException error, Object subject) {
        return new NotADirectory("not a directory", subject, error);
    }

    private static ForebayException exists(IOException error, Object subject) {
        return new AlreadyExists("exists", subject, error);
    }

    private static ForebayException refused(IOException error, Object subject) {
        return new PermissionDenied("the place refuses", subject, error);
    }

    private static ForebayException full(IOException error, Object subject) {
        return new OutOfSpace("the place is full or its quota used up", subject, error);
    }

    private static ForebayException noFileSystem(IOException error, Object subject) {
        return new Unsupported(
                "no Hadoop file system for this scheme; add its jars to mounts.hadoop.class-path",
                subject,
                error);
    }
}
