package dev.forebay.files;

import dev.forebay.base.WriteType;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How a file or directory is made. Values that are absent come from the engine's configuration.
 *
 * @param recursive whether missing parents are made
 * @param allowExists for directories: whether an existing one is fine. For files: whether an
 *     existing file is replaced
 * @param mode permission bits; default 0755 for directories, 0644 for files
 * @param writeType where the bytes go
 * @param ttl time to live
 * @param blockSize bytes of a full block of a file, at least 1
 * @param replicationMin stored only
 * @param replicationMax stored only, -1 for any
 * @param replicationDurable stored only
 * @param unmaskedMode permission bits before the client took its mask off; they count where the
 *     parent has default entries in its ACL, which take the place of a mask
 * @param groupOfParent whether the group is that of the directory, as in HDFS and BSD, instead of
 *     the first one of who makes it
 * @param policy storage policy of a file's own
 */
public record CreateOptions(
        boolean recursive,
        boolean allowExists,
        OptionalInt mode,
        Optional<WriteType> writeType,
        Optional<FileStatus.Ttl> ttl,
        OptionalLong blockSize,
        OptionalInt replicationMin,
        OptionalInt replicationMax,
        OptionalInt replicationDurable,
        OptionalInt unmaskedMode,
        boolean groupOfParent,
        Optional<StoragePolicy> policy) {
    /** Parent must exist, path must not, everything else by configuration. */
    public static final CreateOptions DEFAULT =
            new CreateOptions(
                    false,
                    false,
                    OptionalInt.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalLong.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty());

    /** Options of a client that has no mask, or took it off itself. */
    public CreateOptions(
            boolean recursive,
            boolean allowExists,
            OptionalInt mode,
            Optional<WriteType> writeType,
            Optional<FileStatus.Ttl> ttl,
            OptionalLong blockSize,
            OptionalInt replicationMin,
            OptionalInt replicationMax,
            OptionalInt replicationDurable) {
        this(
                recursive,
                allowExists,
                mode,
                writeType,
                ttl,
                blockSize,
                replicationMin,
                replicationMax,
                replicationDurable,
                OptionalInt.empty(),
                false,
                Optional.empty());
    }

    /** These options with a mode from which the client's mask was not taken off. */
    public CreateOptions withUnmaskedMode(OptionalInt newMode) {
        return new CreateOptions(
                recursive,
                allowExists,
                mode,
                writeType,
                ttl,
                blockSize,
                replicationMin,
                replicationMax,
                replicationDurable,
                newMode,
                groupOfParent,
                policy);
    }

    /** These options with the group of the directory that it is made in. */
    public CreateOptions withGroupOfParent() {
        return new CreateOptions(
                recursive,
                allowExists,
                mode,
                writeType,
                ttl,
                blockSize,
                replicationMin,
                replicationMax,
                replicationDurable,
                unmaskedMode,
                true,
                policy);
    }

    /** These options with a storage policy for the file itself. */
    public CreateOptions withPolicy(Optional<StoragePolicy> newPolicy) {
        return new CreateOptions(
                recursive,
                allowExists,
                mode,
                writeType,
                ttl,
                blockSize,
                replicationMin,
                replicationMax,
                replicationDurable,
                unmaskedMode,
                groupOfParent,
                newPolicy);
    }

    /** The mode to take below a directory. */
    OptionalInt modeBelow(Acl parent) {
        return parent.hasDefaults() && unmaskedMode.isPresent() ? unmaskedMode : mode;
    }
}
