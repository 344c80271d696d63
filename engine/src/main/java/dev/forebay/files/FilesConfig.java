package dev.forebay.files;

import dev.forebay.base.DataSize;
import dev.forebay.base.Settings;
import dev.forebay.base.WriteType;
import dev.forebay.base.error.Invalid;

import java.time.Duration;

/**
 * Settings of the files engine.
 *
 * @param blockSize bytes of a full block where the creator names none
 * @param smallFileMax files up to this many bytes live in the value log of the metadata store
 * @param writeType where the bytes of a new file go where the creator does not say
 * @param ttlCheckInterval how often times to live are looked at
 * @param incompleteExpiry how long a file without a writer may stay incomplete before it is deleted
 * @param leaseSoftLimit how long a lease that is not renewed keeps others from the file
 * @param leaseHardLimit how long a lease that is not renewed lasts
 * @param persistThreads files written to mounted stores at the same time
 */
public record FilesConfig(
        DataSize blockSize,
        DataSize smallFileMax,
        WriteType writeType,
        Duration ttlCheckInterval,
        Duration incompleteExpiry,
        Duration leaseSoftLimit,
        Duration leaseHardLimit,
        int persistThreads) {
    private static final long SMALL_FILE_LIMIT = 1 << 20;

    /** 64 MiB blocks, 64 KiB small files, ASYNC_THROUGH, 1 s, 1 h, 60 s, 20 min, 4 threads. */
    public static final FilesConfig DEFAULT =
            new FilesConfig(
                    new DataSize(64L << 20),
                    new DataSize(64L << 10),
                    WriteType.ASYNC_THROUGH,
                    Duration.ofSeconds(1),
                    Duration.ofHours(1),
                    Duration.ofSeconds(60),
                    Duration.ofMinutes(20),
                    4);

    /**
     * Reads the keys {@code files.*}.
     *
     * @throws Invalid for a value out of its range
     */
    public static FilesConfig from(Settings settings) {
        DataSize blockSize = settings.size("files.block-size", DEFAULT.blockSize());
        DataSize smallFileMax = settings.size("files.small-file-max", DEFAULT.smallFileMax());
        if (blockSize.bytes() < 1) {
            throw new Invalid("files.block-size is under 1", blockSize);
        }
        if (smallFileMax.bytes() > SMALL_FILE_LIMIT) {
            throw new Invalid("files.small-file-max is over 1MB", smallFileMax);
        }
        return new FilesConfig(
                blockSize,
                smallFileMax,
                settings.constant("files.write-type", DEFAULT.writeType()),
                settings.duration("files.ttl-check-interval", DEFAULT.ttlCheckInterval()),
                settings.duration("files.incomplete-expiry", DEFAULT.incompleteExpiry()),
                settings.duration("files.lease-soft-limit", DEFAULT.leaseSoftLimit()),
                settings.duration("files.lease-hard-limit", DEFAULT.leaseHardLimit()),
                settings.number(
                        "files.persist-threads",
                        DEFAULT.persistThreads(),
                        new Settings.Range(1, 256)));
    }
}
