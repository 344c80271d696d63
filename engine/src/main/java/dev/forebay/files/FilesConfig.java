package dev.forebay.files;

import dev.forebay.base.DataSize;
import dev.forebay.base.WriteType;

import java.time.Duration;

/**
 * Settings of the files engine.
 *
 * @param blockSize bytes of a full block where the creator names none
 * @param smallFileMax files up to this many bytes live in the value log of the metadata store
 * @param writeType where the bytes of a new file go where the creator does not say
 * @param ttlCheckInterval how often times to live are looked at
 * @param incompleteExpiry how long a file without a writer may stay incomplete before it is deleted
 * @param persistThreads files written to mounted stores at the same time
 */
public record FilesConfig(
        DataSize blockSize,
        DataSize smallFileMax,
        WriteType writeType,
        Duration ttlCheckInterval,
        Duration incompleteExpiry,
        int persistThreads) {
    /** 64 MiB blocks, 64 KiB small files, ASYNC_THROUGH, 1 s, 1 h, 4 threads. */
    public static final FilesConfig DEFAULT =
            new FilesConfig(
                    new DataSize(64L << 20),
                    new DataSize(64L << 10),
                    WriteType.ASYNC_THROUGH,
                    Duration.ofSeconds(1),
                    Duration.ofHours(1),
                    4);
}
