package dev.forebay.client.hdfs;

import dev.forebay.client.FilesException;
import dev.forebay.client.Status;

import org.apache.hadoop.ipc.RemoteException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Failures of Hadoop's client in the family of the API. The only place that decides it.
 *
 * <p>The name of the class decides, of the one that the server named where it did; else that of the
 * nearest class above it which is known here.
 */
final class HdfsErrors {
    /** What both real and Forebay name nodes say for a path through a file. */
    private static final String THROUGH_A_FILE = "(is not a directory)";

    /** All that Hadoop's client tells of an answer 401 over WebHDFS. */
    private static final String HTTP_401 = "Unauthorized";

    private static final List<String> SNAPSHOT_MISSING =
            List.of(
                    "the snapshot does not exist",
                    "does not exist for directory",
                    "Cannot find the snapshot");

    private static final List<String> SNAPSHOT_TAKEN =
            List.of("a snapshot with the same name", "already exists for directory");

    /** By simple names: servers and clients have some of them in several packages. */
    private static final Map<String, Status> STATUSES =
            Map.ofEntries(
                    Map.entry("InterruptedIOException", Status.CANCELED),
                    Map.entry("ClosedByInterruptException", Status.CANCELED),
                    Map.entry("IOException", Status.UNKNOWN),
                    Map.entry("PathIOException", Status.UNKNOWN),
                    Map.entry("IllegalArgumentException", Status.INVALID_ARGUMENT),
                    Map.entry("InvalidPathException", Status.INVALID_ARGUMENT),
                    Map.entry("HadoopIllegalArgumentException", Status.INVALID_ARGUMENT),
                    Map.entry("ParentNotDirectoryException", Status.INVALID_ARGUMENT),
                    Map.entry("PathIsNotDirectoryException", Status.INVALID_ARGUMENT),
                    Map.entry("PathComponentTooLongException", Status.INVALID_ARGUMENT),
                    Map.entry("InvalidAclException", Status.INVALID_ARGUMENT),
                    Map.entry("AclException", Status.INVALID_ARGUMENT),
                    Map.entry("UnresolvedLinkException", Status.INVALID_ARGUMENT),
                    Map.entry("SocketTimeoutException", Status.DEADLINE_EXCEEDED),
                    Map.entry("TimeoutException", Status.DEADLINE_EXCEEDED),
                    Map.entry("FileNotFoundException", Status.NOT_FOUND),
                    Map.entry("NoSuchFileException", Status.NOT_FOUND),
                    Map.entry("FileAlreadyExistsException", Status.ALREADY_EXISTS),
                    Map.entry("PathExistsException", Status.ALREADY_EXISTS),
                    Map.entry("AccessControlException", Status.PERMISSION_DENIED),
                    Map.entry("SnapshotAccessControlException", Status.PERMISSION_DENIED),
                    Map.entry("AccessDeniedException", Status.PERMISSION_DENIED),
                    Map.entry("AuthorizationException", Status.PERMISSION_DENIED),
                    Map.entry("SecurityException", Status.UNAUTHENTICATED),
                    Map.entry("InvalidToken", Status.UNAUTHENTICATED),
                    Map.entry("SaslException", Status.UNAUTHENTICATED),
                    Map.entry("AuthenticationException", Status.UNAUTHENTICATED),
                    Map.entry("KerberosAuthException", Status.UNAUTHENTICATED),
                    Map.entry("LoginException", Status.UNAUTHENTICATED),
                    Map.entry("QuotaExceededException", Status.RESOURCE_EXHAUSTED),
                    Map.entry("NSQuotaExceededException", Status.RESOURCE_EXHAUSTED),
                    Map.entry("DSQuotaExceededException", Status.RESOURCE_EXHAUSTED),
                    Map.entry("QuotaByStorageTypeExceededException", Status.RESOURCE_EXHAUSTED),
                    Map.entry("FSLimitException", Status.RESOURCE_EXHAUSTED),
                    Map.entry("MaxDirectoryItemsExceededException", Status.RESOURCE_EXHAUSTED),
                    Map.entry("DiskOutOfSpaceException", Status.RESOURCE_EXHAUSTED),
                    Map.entry("PathIsNotEmptyDirectoryException", Status.FAILED_PRECONDITION),
                    Map.entry("DirectoryNotEmptyException", Status.FAILED_PRECONDITION),
                    Map.entry("AlreadyBeingCreatedException", Status.FAILED_PRECONDITION),
                    Map.entry("RecoveryInProgressException", Status.FAILED_PRECONDITION),
                    Map.entry("SafeModeException", Status.FAILED_PRECONDITION),
                    Map.entry("SnapshotException", Status.FAILED_PRECONDITION),
                    Map.entry("LeaseExpiredException", Status.ABORTED),
                    Map.entry("NotReplicatedYetException", Status.ABORTED),
                    Map.entry("EOFException", Status.OUT_OF_RANGE),
                    Map.entry("UnsupportedOperationException", Status.UNIMPLEMENTED),
                    Map.entry("RpcNoSuchMethodException", Status.UNIMPLEMENTED),
                    Map.entry("RpcNoSuchProtocolException", Status.UNIMPLEMENTED),
                    Map.entry("VersionMismatch", Status.UNIMPLEMENTED),
                    Map.entry("RuntimeException", Status.INTERNAL),
                    Map.entry("RpcServerException", Status.INTERNAL),
                    Map.entry("FatalRpcServerException", Status.INTERNAL),
                    Map.entry("ConnectException", Status.UNAVAILABLE),
                    Map.entry("ConnectTimeoutException", Status.UNAVAILABLE),
                    Map.entry("SocketException", Status.UNAVAILABLE),
                    Map.entry("UnknownHostException", Status.UNAVAILABLE),
                    Map.entry("NoRouteToHostException", Status.UNAVAILABLE),
                    Map.entry("ClosedChannelException", Status.UNAVAILABLE),
                    Map.entry("StandbyException", Status.UNAVAILABLE),
                    Map.entry("RetriableException", Status.UNAVAILABLE),
                    Map.entry("ObserverRetryOnActiveException", Status.UNAVAILABLE),
                    Map.entry("ChecksumException", Status.DATA_LOSS),
                    Map.entry("BlockMissingException", Status.DATA_LOSS),
                    Map.entry("ReplicaNotFoundException", Status.DATA_LOSS));

    private HdfsErrors() {}

    /** A call of Hadoop's client. */
    @FunctionalInterface
    interface Call<T> {
        /** Makes it. */
        T run() throws IOException;
    }

    /** A call that gives nothing back. */
    @FunctionalInterface
    interface Action {
        /** Makes it. */
        void run() throws IOException;
    }

    /**
     * Makes a call.
     *
     * @param subject what it is about
     */
    static <T> T call(String subject, Call<T> work) {
        try {
            return work.run();
        } catch (FilesException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // Hadoop's client has unchecked ones for arguments, for states and for what carries
            // checked ones
            throw of(e, subject);
        }
    }

    /** Makes a call that gives nothing back. */
    static void run(String subject, Action work) {
        Boolean done =
                call(
                        subject,
                        () -> {
                            work.run();
                            return true;
                        });
        assert done;
    }

    /** The failure as the API tells it. */
    static FilesException of(Exception failure, String subject) {
        Exception told = told(failure);
        return FilesException.of(status(told), reason(told), subject, failure);
    }

    /** What the failure is about, out of what only carries it. */
    private static Exception told(Exception failure) {
        boolean carries =
                failure instanceof UncheckedIOException
                        || failure instanceof UndeclaredThrowableException;
        return carries && failure.getCause() instanceof Exception cause ? cause : failure;
    }

    static Status status(Exception failure) {
        if (failure instanceof RemoteException remote) {
            return refined(known(simpleName(remote.getClassName())).orElse(Status.UNKNOWN), remote);
        }
        for (Class<?> type = failure.getClass(); type != null; type = type.getSuperclass()) {
            Optional<Status> status = known(type.getSimpleName());
            if (status.isPresent()) {
                return refined(status.get(), failure);
            }
        }
        return Status.UNKNOWN;
    }

    private static Status refined(Status status, Exception failure) {
        String message = String.valueOf(failure.getMessage());
        if (status == Status.FAILED_PRECONDITION) {
            return ofSnapshots(message);
        }
        if (status != Status.PERMISSION_DENIED) {
            return status;
        }
        if (message.equals(HTTP_401)) {
            return Status.UNAUTHENTICATED;
        }
        return message.contains(THROUGH_A_FILE) ? Status.INVALID_ARGUMENT : status;
    }

    /** For snapshots the servers have one class; they say the same in the same words. */
    private static Status ofSnapshots(String message) {
        if (SNAPSHOT_MISSING.stream().anyMatch(message::contains)) {
            return Status.NOT_FOUND;
        }
        return SNAPSHOT_TAKEN.stream().anyMatch(message::contains)
                ? Status.ALREADY_EXISTS
                : Status.FAILED_PRECONDITION;
    }

    private static Optional<Status> known(String name) {
        return Optional.ofNullable(STATUSES.get(name));
    }

    private static String simpleName(String className) {
        return className.substring(
                Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1);
    }

    /** The first line: what follows are the server's stack frames. */
    private static String reason(Exception failure) {
        String message = failure.getMessage();
        String text = message == null ? failure.getClass().getSimpleName() : message;
        return text.lines().findFirst().orElse(text);
    }
}
