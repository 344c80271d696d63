package dev.forebay.gateway.hdfs;

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

import java.util.Set;

/** What the errors of the engine are called in the protocol. The only place that decides it. */
final class HdfsErrors {
    private static final Set<String> MAKING_NAMES = Set.of("create", "mkdirs", "rename2");

    private static final Set<String> MAKING_NEW_NAMES = Set.of("create", "mkdirs");

    private static final Set<String> REMOVING_NAMES = Set.of("delete", "rename", "rename2");

    private static final Set<String> CHANGING_ACLS =
            Set.of("modifyAclEntries", "removeAclEntries", "removeDefaultAcl", "setAcl");

    private static final Set<String> ABOUT_TOKENS =
            Set.of("getDelegationToken", "renewDelegationToken", "cancelDelegationToken");

    private HdfsErrors() {}

    /**
     * The protocol's form of an error.
     *
     * @param method that was called
     * @param user who called
     * @param path of the call, empty when it has none
     */
    static RpcError of(ForebayException e, String method, String user, String path) {
        return SnapshotErrors.find(e, method, path)
                .or(() -> PolicyErrors.find(e, method, path))
                .or(() -> QuotaErrors.find(e, method, path))
                .orElseGet(() -> plain(e, method, user, path));
    }

    private static RpcError plain(ForebayException e, String method, String user, String path) {
        return switch (e) {
            case NotFound _ when ABOUT_TOKENS.contains(method) ->
                    RpcError.of(RpcError.INVALID_TOKEN, e.getMessage());
            case Invalid _ when ABOUT_TOKENS.contains(method) ->
                    RpcError.of(RpcError.INVALID_TOKEN, e.getMessage());
            case PermissionDenied _ when ABOUT_TOKENS.contains(method) ->
                    RpcError.of(RpcError.ACCESS, e.getMessage());
            case NotFound _ when MAKING_NEW_NAMES.contains(method) ->
                    // libhdfs3 shows the text, and its users look for it
                    RpcError.of(
                            RpcError.FILE_NOT_FOUND,
                            "Parent directory doesn't exist: " + parent(about(e, path)));
            case NotFound _ ->
                    RpcError.of(RpcError.FILE_NOT_FOUND, "File does not exist: " + about(e, path));
            case AlreadyExists _ ->
                    RpcError.of(RpcError.EXISTS, about(e, path) + " already exists");
            case NotADirectory _ -> notADirectory(e, method, path);
            case IsADirectory _ -> isADirectory(e, method, path);
            case NotEmpty _ -> notEmpty(e, method, path);
            case PermissionDenied _ ->
                    RpcError.of(
                            RpcError.ACCESS,
                            "Permission denied: user="
                                    + user
                                    + ", inode=\""
                                    + about(e, path)
                                    + "\": "
                                    + e.reason());
            case Invalid _ -> invalid(e, method, path);
            case LeaseHeld _ ->
                    RpcError.of(
                            RpcError.BEING_CREATED,
                            "Failed to "
                                    + method
                                    + " "
                                    + about(e, path)
                                    + " because this file is already being created by another"
                                    + " client");
            case Fenced _, Closed _ ->
                    RpcError.of(RpcError.LEASE_EXPIRED, "No lease on " + naming(e, path));
            case Conflict _ -> RpcError.of(RpcError.RETRIABLE, naming(e, path));
            case QuotaExceeded _ -> RpcError.of(RpcError.SPACE_QUOTA, naming(e, path));
            case ReadOnly _ ->
                    RpcError.of(
                            RpcError.SAFE_MODE,
                            "Cannot " + method + " " + path + ". Name node is in safe mode.");
            case Unsupported _ -> RpcError.of(RpcError.UNSUPPORTED, naming(e, path));
            case InvalidState _ when REMOVING_NAMES.contains(method) ->
                    RpcError.of(RpcError.SNAPSHOT, keptBySnapshots(e));
            case InvalidState _ when method.equals("removeXAttr") ->
                    // the Go client knows it by this text
                    RpcError.of(RpcError.IO, "No matching attributes found for remove operation");
            case OutOfSpace _, InvalidState _, Corrupt _, Lost _, TimedOut _, Unavailable _ ->
                    RpcError.of(RpcError.IO, naming(e, path));
            case Internal _ -> RpcError.of(RpcError.IO, "internal error: " + e.reason());
        };
    }

    /** Of what can keep a directory where it is, only its snapshots are a state of it. */
    private static String keptBySnapshots(ForebayException e) {
        return "The directory "
                + e.subject()
                + " cannot be deleted since "
                + e.subject()
                + " is snapshottable and already has snapshots";
    }

    /** Only methods that make names have the more exact error in the protocol. */
    private static RpcError notADirectory(ForebayException e, String method, String path) {
        String className =
                MAKING_NAMES.contains(method) ? RpcError.PARENT_NOT_DIRECTORY : RpcError.ACCESS;
        return RpcError.of(className, about(e, path) + " (is not a directory)");
    }

    private static RpcError isADirectory(ForebayException e, String method, String path) {
        return method.equals("create")
                ? RpcError.of(RpcError.EXISTS, about(e, path) + " already exists as a directory")
                : RpcError.of(RpcError.FILE_NOT_FOUND, "Path is not a file: " + about(e, path));
    }

    private static RpcError notEmpty(ForebayException e, String method, String path) {
        return method.equals("delete")
                ? RpcError.of(
                        RpcError.NOT_EMPTY,
                        about(e, path) + " is non empty: Directory is not empty")
                : RpcError.of(
                        RpcError.IO,
                        "rename destination directory is not empty: " + about(e, path));
    }

    /** A rename that cannot be is an input/output error in the protocol. */
    private static RpcError invalid(ForebayException e, String method, String path) {
        if (CHANGING_ACLS.contains(method)) {
            return RpcError.of(RpcError.ACL, naming(e, path));
        }
        String className = method.equals("rename2") ? RpcError.IO : RpcError.ILLEGAL_ARGUMENT;
        return RpcError.of(className, naming(e, path));
    }

    /** The path that the error is about, which need not be the call's. */
    private static String about(ForebayException e, String path) {
        return e.subject().startsWith("/") || path.isEmpty() ? e.subject() : path;
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(1, path.lastIndexOf('/')));
    }

    private static String naming(ForebayException e, String path) {
        return path.isEmpty() || e.subject().contains(path)
                ? e.getMessage()
                : e.getMessage() + " at " + path;
    }
}
