package dev.forebay.gateway.webhdfs;

import dev.forebay.files.CreateOptions;
import dev.forebay.files.StoragePolicy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Turns parameters of new files and directories into the engine's options. */
final class Creations {
    /** The same as over {@code hdfs://}: one chunk of a checksum. A real NameNode wants 1 MiB. */
    static final long BLOCK_SIZE_MIN = 512;

    // CreateFlag.java
    private static final List<String> FLAGS =
            List.of(
                    "CREATE",
                    "OVERWRITE",
                    "APPEND",
                    "SYNC_BLOCK",
                    "LAZY_PERSIST",
                    "NEW_BLOCK",
                    "NO_LOCAL_WRITE",
                    "SHOULD_REPLICATE",
                    "IGNORE_CLIENT_LOCALITY",
                    "NO_LOCAL_RACK");

    private Creations() {}

    /**
     * Options of a new file.
     *
     * @param defaultBlockSize bytes, for a client that names none
     */
    static CreateOptions file(Parameters parameters, long defaultBlockSize) {
        List<String> flags = parameters.words("createflag", FLAGS);
        boolean overwrite = flags.contains("OVERWRITE") || parameters.flag("overwrite", false);
        OptionalLong blockSize = parameters.whole("blocksize", 1);
        if (blockSize.isPresent() && blockSize.getAsLong() < BLOCK_SIZE_MIN) {
            String message =
                    "Specified block size is less than configured minimum value: %d < %d"
                            .formatted(blockSize.getAsLong(), BLOCK_SIZE_MIN);
            throw RemoteError.failed(RemoteError.IO, message).refused();
        }
        return new CreateOptions(
                        parameters.flag("createparent", true),
                        overwrite,
                        mode(parameters),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.of(blockSize.orElse(defaultBlockSize)),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        parameters.replication())
                .withUnmaskedMode(parameters.mode("unmaskedpermission"))
                .withGroupOfParent()
                .withPolicy(
                        flags.contains("LAZY_PERSIST")
                                ? Optional.of(StoragePolicy.LAZY_PERSIST)
                                : Optional.empty());
    }

    static CreateOptions directory(Parameters parameters) {
        CreateOptions none = CreateOptions.DEFAULT;
        return new CreateOptions(
                        true,
                        true,
                        mode(parameters),
                        none.writeType(),
                        none.ttl(),
                        none.blockSize(),
                        none.replicationMin(),
                        none.replicationMax(),
                        none.replicationDurable())
                .withUnmaskedMode(parameters.mode("unmaskedpermission"))
                .withGroupOfParent();
    }

    /** What the client's mask has been applied to comes before what it has not. */
    private static OptionalInt mode(Parameters parameters) {
        OptionalInt masked = parameters.mode("permission");
        OptionalInt unmasked = parameters.mode("unmaskedpermission");
        return masked.isPresent() ? masked : unmasked;
    }
}
