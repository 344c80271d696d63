package dev.forebay.gateway.hdfs;

import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.InvalidState;
import dev.forebay.base.error.NotFound;

import java.util.Optional;
import java.util.Set;

/** What errors about storage policies are called, with the texts of a real NameNode. */
final class PolicyErrors {
    private static final Set<String> METHODS =
            Set.of("getStoragePolicy", "setStoragePolicy", "unsetStoragePolicy");

    private PolicyErrors() {}

    /** The protocol's form of an error; empty for one that is not about storage policies. */
    static Optional<RpcError> find(ForebayException e, String method, String path) {
        if (!METHODS.contains(method)) {
            return Optional.empty();
        }
        return switch (e) {
            case NotFound _ ->
                    Optional.of(
                            RpcError.of(
                                    RpcError.FILE_NOT_FOUND,
                                    "File/Directory does not exist: " + path));
            case Invalid _ ->
                    refused("Policy " + e.subject() + " cannot be set after file creation.");
            case InvalidState _ ->
                    refused(
                            "Existing policy "
                                    + e.subject()
                                    + " cannot be changed after file creation.");
            default -> Optional.empty();
        };
    }

    private static Optional<RpcError> refused(String message) {
        return Optional.of(RpcError.of(RpcError.ILLEGAL_ARGUMENT, message));
    }
}
