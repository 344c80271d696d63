package dev.forebay.gateway.hdfs;

import dev.forebay.base.error.AlreadyExists;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.InvalidState;
import dev.forebay.base.error.NotADirectory;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.PermissionDenied;
import dev.forebay.files.Snapshots;

import java.util.Optional;
import java.util.Set;

/** What errors about snapshots are called in the protocol, with the texts of a real NameNode. */
final class SnapshotErrors {
    private static final Set<String> METHODS =
            Set.of(
                    "allowSnapshot",
                    "disallowSnapshot",
                    "createSnapshot",
                    "deleteSnapshot",
                    "renameSnapshot",
                    "getSnapshotListing",
                    "getSnapshotDiffReport",
                    "getSnapshotDiffReportListing");

    private SnapshotErrors() {}

    /** The protocol's form of an error; empty for one that is not about snapshots. */
    static Optional<RpcError> find(ForebayException e, String method, String path) {
        if (e instanceof PermissionDenied && e.reason().equals(Snapshots.READ_ONLY)) {
            return Optional.of(
                    RpcError.of(
                            RpcError.SNAPSHOT_ACCESS,
                            "Modification on a read-only snapshot is disallowed"));
        }
        if (!METHODS.contains(method)) {
            return Optional.empty();
        }
        return switch (e) {
            case NotADirectory _ ->
                    Optional.of(
                            RpcError.of(
                                    RpcError.NOT_DIRECTORY, "`" + path + "': Is not a directory"));
            case NotFound _ when e.subject().startsWith("/") ->
                    Optional.of(
                            RpcError.of(
                                    RpcError.FILE_NOT_FOUND,
                                    "Directory does not exist: " + e.subject()));
            case NotFound _ -> snapshot(missing(method, path, e.subject()));
            case AlreadyExists _ -> snapshot(taken(method, path, e.subject()));
            case Invalid _ ->
                    Optional.of(
                            RpcError.of(
                                    RpcError.INVALID_PATH,
                                    "Invalid snapshot name: " + e.subject()));
            case InvalidState _ -> snapshot(state(e, method, path));
            default -> Optional.empty();
        };
    }

    private static Optional<RpcError> snapshot(String message) {
        return Optional.of(RpcError.of(RpcError.SNAPSHOT, message));
    }

    private static String missing(String method, String path, String name) {
        return switch (method) {
            case "deleteSnapshot" ->
                    "Cannot delete snapshot "
                            + name
                            + " from path "
                            + path
                            + ": the snapshot does not exist.";
            case "renameSnapshot" ->
                    "The snapshot " + name + " does not exist for directory " + path;
            default -> "Cannot find the snapshot of directory " + path + " with name " + name;
        };
    }

    private static String taken(String method, String path, String name) {
        return method.equals("renameSnapshot")
                ? "The snapshot " + name + " already exists for directory " + path
                : "Failed to add snapshot: there is already a snapshot with the same name \""
                        + name
                        + "\".";
    }

    private static String state(ForebayException e, String method, String path) {
        return switch (method) {
            case "disallowSnapshot" ->
                    "The directory "
                            + path
                            + " has snapshot(s). Please redo the operation after removing all the"
                            + " snapshots.";
            case "getSnapshotDiffReport", "getSnapshotDiffReportListing" ->
                    "The path " + path + " is neither snapshottable nor under a snapshot root!";
            default -> e.getMessage();
        };
    }
}
