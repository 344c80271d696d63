package dev.forebay.client;

import java.util.Optional;

/** The sixteen kinds of failure that a file service tells apart. */
public enum Status {
    /** The caller gave up. */
    CANCELED,
    /** Anything without a better name. */
    UNKNOWN,
    /** The request makes no sense whatever the state, such as a malformed path. */
    INVALID_ARGUMENT,
    /** Not done in time; it may still have happened. */
    DEADLINE_EXCEEDED,
    /** The thing named does not exist. */
    NOT_FOUND,
    /** Something is there already. */
    ALREADY_EXISTS,
    /** The caller is known and not allowed. */
    PERMISSION_DENIED,
    /** The caller is not known. */
    UNAUTHENTICATED,
    /** A quota, the memory or the disk is used up. */
    RESOURCE_EXHAUSTED,
    /** The state must be changed by somebody first, such as a directory that is not empty. */
    FAILED_PRECONDITION,
    /** Lost against another caller; the whole sequence may be tried again. */
    ABORTED,
    /** Beyond the end. */
    OUT_OF_RANGE,
    /** This service cannot do that. */
    UNIMPLEMENTED,
    /** A broken rule inside the service. */
    INTERNAL,
    /** Cannot be reached for the moment; the same call may be tried again. */
    UNAVAILABLE,
    /** Bytes are lost or damaged. */
    DATA_LOSS;

    /** The status with this name; gRPC's spelling CANCELLED is accepted as well. */
    static Optional<Status> find(String name) {
        if (name.equals("CANCELLED")) {
            return Optional.of(CANCELED);
        }
        for (Status status : values()) {
            if (status.name().equals(name)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }
}
