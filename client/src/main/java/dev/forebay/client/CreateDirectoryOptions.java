package dev.forebay.client;

import dev.forebay.base.WriteType;

import java.util.Optional;

/**
 * How a directory is made. What is absent is decided by the service.
 *
 * @param recursive whether missing parents are made
 * @param allowExists whether a directory that is there is fine
 * @param mode permissions
 * @param writeType whether it is made in the under store too
 */
public record CreateDirectoryOptions(
        boolean recursive,
        boolean allowExists,
        Optional<Mode> mode,
        Optional<WriteType> writeType) {
    /** The parent must exist, the path must not. */
    public static final CreateDirectoryOptions DEFAULT =
            new CreateDirectoryOptions(false, false, Optional.empty(), Optional.empty());

    /** Missing parents are made, a directory that is there is fine. */
    public static final CreateDirectoryOptions RECURSIVE =
            DEFAULT.withRecursive(true).withAllowExists(true);

    /** With missing parents made, or not. */
    public CreateDirectoryOptions withRecursive(boolean value) {
        return new CreateDirectoryOptions(value, allowExists, mode, writeType);
    }

    /** With a directory that is there accepted, or not. */
    public CreateDirectoryOptions withAllowExists(boolean value) {
        return new CreateDirectoryOptions(recursive, value, mode, writeType);
    }

    /** With permissions. */
    public CreateDirectoryOptions withMode(Mode value) {
        return new CreateDirectoryOptions(recursive, allowExists, Optional.of(value), writeType);
    }

    /** With a write type. */
    public CreateDirectoryOptions withWriteType(WriteType value) {
        return new CreateDirectoryOptions(recursive, allowExists, mode, Optional.of(value));
    }
}
