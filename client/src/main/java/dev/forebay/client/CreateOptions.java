package dev.forebay.client;

import dev.forebay.base.TtlAction;
import dev.forebay.base.WriteType;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How a file is made. What is absent is decided by the service.
 *
 * @param recursive whether missing parents are made
 * @param overwrite whether a file that is there is replaced
 * @param mode permissions
 * @param writeType where the bytes go
 * @param ttlMillis milliseconds from creation; negative for none
 * @param ttlAction what happens then
 * @param blockSize bytes of a full block, 1 or more
 * @param replication numbers of copies
 * @param locationPolicy class name of a location policy; accepted and without effect, since neither
 *     Forebay nor Alluxio 2.x takes one from the caller
 * @param bufferSize bytes gathered before they are sent, 1 or more; a hint
 */
public record CreateOptions(
        boolean recursive,
        boolean overwrite,
        Optional<Mode> mode,
        Optional<WriteType> writeType,
        OptionalLong ttlMillis,
        Optional<TtlAction> ttlAction,
        OptionalLong blockSize,
        Replication replication,
        Optional<String> locationPolicy,
        OptionalInt bufferSize) {
    /** The parent must exist, the path must not; everything else is decided by the service. */
    public static final CreateOptions DEFAULT =
            new CreateOptions(
                    false,
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    OptionalLong.empty(),
                    Optional.empty(),
                    OptionalLong.empty(),
                    Replication.DEFAULT,
                    Optional.empty(),
                    OptionalInt.empty());

    /**
     * Numbers of copies; stored by a single node, without other effect.
     *
     * @param durable at close, 1 to 32,767; what HDFS calls replication
     * @param min in memory at least
     * @param max in memory at most, -1 for any
     */
    public record Replication(OptionalInt durable, OptionalInt min, OptionalInt max) {
        /** Decided by the service. */
        public static final Replication DEFAULT =
                new Replication(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

        /** This many durable copies. */
        public static Replication of(int durable) {
            return new Replication(
                    OptionalInt.of(durable), OptionalInt.empty(), OptionalInt.empty());
        }
    }

    /** With missing parents made, or not. */
    public CreateOptions withRecursive(boolean value) {
        return new CreateOptions(
                value,
                overwrite,
                mode,
                writeType,
                ttlMillis,
                ttlAction,
                blockSize,
                replication,
                locationPolicy,
                bufferSize);
    }

    /** With a file that is there replaced, or not. */
    public CreateOptions withOverwrite(boolean value) {
        return new CreateOptions(
                recursive,
                value,
                mode,
                writeType,
                ttlMillis,
                ttlAction,
                blockSize,
                replication,
                locationPolicy,
                bufferSize);
    }

    /** With permissions. */
    public CreateOptions withMode(Mode value) {
        return new CreateOptions(
                recursive,
                overwrite,
                Optional.of(value),
                writeType,
                ttlMillis,
                ttlAction,
                blockSize,
                replication,
                locationPolicy,
                bufferSize);
    }

    /** With a write type. */
    public CreateOptions withWriteType(WriteType value) {
        return new CreateOptions(
                recursive,
                overwrite,
                mode,
                Optional.of(value),
                ttlMillis,
                ttlAction,
                blockSize,
                replication,
                locationPolicy,
                bufferSize);
    }

    /**
     * With a time to live.
     *
     * @param millis from creation; negative for none
     * @param action what happens then
     */
    public CreateOptions withTtl(long millis, TtlAction action) {
        return new CreateOptions(
                recursive,
                overwrite,
                mode,
                writeType,
                OptionalLong.of(millis),
                Optional.of(action),
                blockSize,
                replication,
                locationPolicy,
                bufferSize);
    }

    /**
     * With a block size.
     *
     * @param bytes 1 or more
     */
    public CreateOptions withBlockSize(long bytes) {
        return new CreateOptions(
                recursive,
                overwrite,
                mode,
                writeType,
                ttlMillis,
                ttlAction,
                OptionalLong.of(bytes),
                replication,
                locationPolicy,
                bufferSize);
    }

    /** With numbers of copies. */
    public CreateOptions withReplication(Replication value) {
        return new CreateOptions(
                recursive,
                overwrite,
                mode,
                writeType,
                ttlMillis,
                ttlAction,
                blockSize,
                value,
                locationPolicy,
                bufferSize);
    }

    /** With a location policy, which has no effect. */
    public CreateOptions withLocationPolicy(String className) {
        return new CreateOptions(
                recursive,
                overwrite,
                mode,
                writeType,
                ttlMillis,
                ttlAction,
                blockSize,
                replication,
                Optional.of(className),
                bufferSize);
    }

    /** With this many bytes gathered, 1 or more. */
    public CreateOptions withBufferSize(int bytes) {
        return new CreateOptions(
                recursive,
                overwrite,
                mode,
                writeType,
                ttlMillis,
                ttlAction,
                blockSize,
                replication,
                locationPolicy,
                OptionalInt.of(bytes));
    }
}
