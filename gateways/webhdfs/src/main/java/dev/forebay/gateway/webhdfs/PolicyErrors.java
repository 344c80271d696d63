package dev.forebay.gateway.webhdfs;

import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.InvalidState;
import dev.forebay.base.error.NotADirectory;
import dev.forebay.base.error.NotFound;

import java.util.Optional;
import java.util.Set;

/** What errors about storage policies are called, with the texts of a real NameNode. */
final class PolicyErrors {
    private static final Set<String> OPERATIONS =
            Set.of("GETSTORAGEPOLICY", "SETSTORAGEPOLICY", "UNSETSTORAGEPOLICY");

    private PolicyErrors() {}

    /** The protocol's form of an error; empty for one that is not about storage policies. */
    static Optional<RemoteError> find(ForebayException e, String operation, String path) {
        if (!OPERATIONS.contains(operation)) {
            return Optional.empty();
        }
        return switch (e) {
            case NotFound _ ->
                    Optional.of(RemoteError.notFound("File/Directory does not exist: " + path));
            case NotADirectory _ ->
                    Optional.of(
                            RemoteError.failed(
                                    RemoteError.ACCESS_CONTROL,
                                    e.subject() + " (is not a directory)"));
            case Invalid _ ->
                    Optional.of(
                            refused(
                                    "Policy "
                                            + e.subject()
                                            + " cannot be set after file creation."));
            case InvalidState _ ->
                    Optional.of(
                            refused(
                                    "Existing policy "
                                            + e.subject()
                                            + " cannot be changed after file creation."));
            default -> Optional.empty();
        };
    }

    static RemoteError unknown(String name) {
        return refused("Cannot find a block policy with the name " + name);
    }

    static RemoteError unsatisfied() {
        return RemoteError.failed(
                "org.apache.hadoop.hdfs.server.namenode.UnsupportedActionException",
                "Cannot request to satisfy storage policy when storage policy satisfier feature"
                        + " has been disabled by admin. Seek for an admin help to enable it or use"
                        + " Mover tool.");
    }

    private static RemoteError refused(String message) {
        return new RemoteError(400, "org.apache.hadoop.HadoopIllegalArgumentException", message);
    }
}
