package dev.forebay.gateway.webhdfs;

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

/** What the errors of the engine are called in the protocol. The only place that decides it. */
final class WebHdfsErrors {
    private static final String LEASE_EXPIRED =
            "org.apache.hadoop.hdfs.server.namenode.LeaseExpiredException";
    private static final String ALREADY_BEING_CREATED =
            "org.apache.hadoop.hdfs.protocol.AlreadyBeingCreatedException";

    private WebHdfsErrors() {}

    /**
     * The protocol's form of an error.
     *
     * @param operation of the request, such as {@code RENAME}
     * @param path of the request
     */
    static RemoteError of(ForebayException e, String operation, String path) {
        return SnapshotErrors.find(e, operation, path)
                .or(() -> PolicyErrors.find(e, operation, path))
                .or(() -> QuotaErrors.find(e, operation, path))
                .orElseGet(() -> plain(e, operation, path));
    }

    private static RemoteError plain(ForebayException e, String operation, String path) {
        String message = naming(e, path);
        return switch (e) {
            case NotFound _ when Tokens.OPERATIONS.contains(operation) ->
                    RemoteError.unauthorized(RemoteError.INVALID_TOKEN, e.getMessage());
            case Invalid _ when Tokens.OPERATIONS.contains(operation) ->
                    RemoteError.unauthorized(RemoteError.INVALID_TOKEN, e.getMessage());
            case NotFound _ when operation.equals("CREATE") ->
                    RemoteError.notFound(
                            "Parent directory doesn't exist: " + parent(subjectPath(e, path)));
            case NotFound _ -> RemoteError.notFound("File does not exist: " + subjectPath(e, path));
            case AlreadyExists _ ->
                    RemoteError.failed(
                            "org.apache.hadoop.fs.FileAlreadyExistsException",
                            subjectPath(e, path) + " already exists");
            case NotADirectory _ ->
                    RemoteError.failed("org.apache.hadoop.fs.ParentNotDirectoryException", message);
            case IsADirectory _ ->
                    RemoteError.notFound("Path is not a file: " + subjectPath(e, path));
            case NotEmpty _ -> notEmpty(operation, subjectPath(e, path));
            case PermissionDenied _ ->
                    RemoteError.failed(RemoteError.ACCESS_CONTROL, "Permission denied: " + message);
            case Invalid _ -> invalid(operation, message);
            case LeaseHeld _ -> RemoteError.failed(ALREADY_BEING_CREATED, message);
            case Fenced _ -> RemoteError.failed(LEASE_EXPIRED, message);
            case Closed _ -> closed(operation, message);
            case QuotaExceeded _ -> RemoteError.failed(RemoteError.IO, message);
            case InvalidState _, Conflict _, OutOfSpace _, Corrupt _, Lost _, TimedOut _ ->
                    RemoteError.failed(RemoteError.IO, message);
            case ReadOnly _ -> RemoteError.failed(RemoteError.SAFE_MODE, message);
            case Unsupported _ -> RemoteError.unsupported(message);
            case Unavailable _ -> RemoteError.failed(RemoteError.RETRIABLE, message);
            case Internal _ ->
                    new RemoteError(500, RemoteError.RUNTIME, "internal error: " + e.reason());
        };
    }

    private static RemoteError notEmpty(String operation, String path) {
        String className =
                operation.equals("RENAME")
                        ? RemoteError.IO
                        : "org.apache.hadoop.fs.PathIsNotEmptyDirectoryException";
        String message = "`" + path + " is non empty': Directory is not empty";
        return RemoteError.failed(className, message);
    }

    /** Arguments that only the state of the namespace makes wrong are IOExceptions there. */
    private static RemoteError invalid(String operation, String message) {
        return switch (operation) {
            case "RENAME" -> RemoteError.failed(RemoteError.IO, message);
            case "MODIFYACLENTRIES", "REMOVEACLENTRIES", "REMOVEDEFAULTACL", "SETACL" ->
                    RemoteError.failed("org.apache.hadoop.hdfs.protocol.AclException", message);
            case "CONCAT", "TRUNCATE" ->
                    new RemoteError(
                            400, "org.apache.hadoop.HadoopIllegalArgumentException", message);
            default -> RemoteError.illegal(message);
        };
    }

    /** An upload is closed under its writer when another one replaces or completes the file. */
    private static RemoteError closed(String operation, String message) {
        boolean upload = operation.equals("CREATE") || operation.equals("APPEND");
        return RemoteError.failed(upload ? LEASE_EXPIRED : RemoteError.RETRIABLE, message);
    }

    /** The path that the error is about, which need not be the request's. */
    private static String subjectPath(ForebayException e, String path) {
        return e.subject().startsWith("/") ? e.subject() : path;
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(1, path.lastIndexOf('/')));
    }

    private static String naming(ForebayException e, String path) {
        String text = e.subject().isEmpty() ? e.reason() : e.reason() + ": " + e.subject();
        return path.isEmpty() || e.subject().contains(path) ? text : text + " at " + path;
    }
}
