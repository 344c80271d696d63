package dev.forebay.client;

import dev.forebay.base.ReadType;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a file is opened. What is absent is decided by the service.
 *
 * @param readType what reading does to memory
 * @param underStoreConcurrencyMax readers of one block of the under store at once, 1 or more
 *     (Alluxio: maxUfsReadConcurrency)
 * @param cachePolicy class name of a location policy; accepted and without effect
 * @param underStorePolicy class name of a location policy; accepted and without effect
 * @param bufferSize bytes asked for at once, 1 or more; a hint
 */
public record OpenOptions(
        Optional<ReadType> readType,
        OptionalInt underStoreConcurrencyMax,
        Optional<String> cachePolicy,
        Optional<String> underStorePolicy,
        OptionalInt bufferSize) {
    /** Everything is decided by the service. */
    public static final OpenOptions DEFAULT =
            new OpenOptions(
                    Optional.empty(),
                    OptionalInt.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalInt.empty());

    /** With a read type. */
    public OpenOptions withReadType(ReadType value) {
        return new OpenOptions(
                Optional.of(value),
                underStoreConcurrencyMax,
                cachePolicy,
                underStorePolicy,
                bufferSize);
    }

    /** With at most this many readers of one block of the under store, 1 or more. */
    public OpenOptions withUnderStoreConcurrencyMax(int value) {
        return new OpenOptions(
                readType, OptionalInt.of(value), cachePolicy, underStorePolicy, bufferSize);
    }

    /** With policies, which have no effect. */
    public OpenOptions withPolicies(String cache, String underStore) {
        return new OpenOptions(
                readType,
                underStoreConcurrencyMax,
                Optional.of(cache),
                Optional.of(underStore),
                bufferSize);
    }

    /** With this many bytes asked for at once, 1 or more. */
    public OpenOptions withBufferSize(int bytes) {
        return new OpenOptions(
                readType,
                underStoreConcurrencyMax,
                cachePolicy,
                underStorePolicy,
                OptionalInt.of(bytes));
    }
}
