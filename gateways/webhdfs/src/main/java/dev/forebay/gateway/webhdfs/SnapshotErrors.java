package dev.forebay.gateway.webhdfs;

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
    private static final String SNAPSHOT = "org.apache.hadoop.hdfs.protocol.SnapshotException";
    private static final Set<String> OPERATIONS =
            Set.of(
                    "ALLOWSNAPSHOT",
                    "DISALLOWSNAPSHOT",
                    "CREATESNAPSHOT",
                    "DELETESNAPSHOT",
                    "RENAMESNAPSHOT",
                    "GETSNAPSHOTLIST",
                    "GETSNAPSHOTDIFF",
                    "GETSNAPSHOTDIFFLISTING");

    private SnapshotErrors() {}

    /** The protocol's form of an error; empty for one that is not about snapshots. */
    static Optional<RemoteError> find(ForebayException e, String operation, String path) {
        if (e instanceof PermissionDenied && e.reason().equals(Snapshots.READ_ONLY)) {
            return Optional.of(
                    RemoteError.failed(
                            "org.apache.hadoop.hdfs.protocol.SnapshotAccessControlException",
                            "Modification on a read-only snapshot is disallowed"));
        }
        boolean removing = operation.equals("DELETE") || operation.equals("RENAME");
        if (removing && e instanceof InvalidState) {
            return Optional.of(RemoteError.failed(SNAPSHOT, kept(e.subject())));
        }
        return OPERATIONS.contains(operation) ? named(e, operation, path) : Optional.empty();
    }

    private static Optional<RemoteError> named(ForebayException e, String operation, String path) {
        String subject = e.subject();
        return switch (e) {
            case NotADirectory _ ->
                    Optional.of(
                            RemoteError.failed(
                                    "org.apache.hadoop.fs.PathIsNotDirectoryException",
                                    "`" + path + "': Is not a directory"));
            case NotFound _ when subject.startsWith("/") ->
                    Optional.of(RemoteError.notFound("Directory does not exist: " + subject));
            case NotFound _ -> snapshot(missing(operation, path, subject));
            case AlreadyExists _ -> snapshot(taken(operation, path, subject));
            case Invalid _ -> Optional.of(invalidName(subject));
            case InvalidState _ -> snapshot(state(e, operation, path));
            default -> Optional.empty();
        };
    }

    /** A name that no snapshot can have. */
    static RemoteError invalidName(String name) {
        return new RemoteError(
                400,
                "org.apache.hadoop.fs.InvalidPathException",
                "Invalid path name Invalid snapshot name: " + name);
    }

    private static Optional<RemoteError> snapshot(String message) {
        return Optional.of(RemoteError.failed(SNAPSHOT, message));
    }

    private static String kept(String directory) {
        return "The directory "
                + directory
                + " cannot be deleted since "
                + directory
                + " is snapshottable and already has snapshots";
    }

    private static String missing(String operation, String path, String name) {
        return switch (operation) {
            case "DELETESNAPSHOT" ->
                    "Cannot delete snapshot "
                            + name
                            + " from path "
                            + path
                            + ": the snapshot does not exist.";
            case "RENAMESNAPSHOT" ->
                    "The snapshot " + name + " does not exist for directory " + path;
            default -> "Cannot find the snapshot of directory " + path + " with name " + name;
        };
    }

    private static String taken(String operation, String path, String name) {
        return operation.equals("RENAMESNAPSHOT")
                ? "The snapshot " + name + " already exists for directory " + path
                : "Failed to add snapshot: there is already a snapshot with the same name \""
                        + name
                        + "\".";
    }

    private static String state(ForebayException e, String operation, String path) {
        return switch (operation) {
            case "DISALLOWSNAPSHOT" ->
                    "The directory "
                            + path
                            + " has snapshot(s). Please redo the operation after removing all the"
                            + " snapshots.";
            case "GETSNAPSHOTDIFF", "GETSNAPSHOTDIFFLISTING" ->
                    "The path " + path + " is neither snapshottable nor under a snapshot root!";
            default -> e.getMessage();
        };
    }
}
