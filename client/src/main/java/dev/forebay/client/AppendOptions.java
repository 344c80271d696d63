package dev.forebay.client;

import java.util.OptionalInt;

/**
 * How a file is continued. What is absent is decided by the service.
 *
 * @param bufferSize bytes gathered before they are sent, 1 or more; a hint
 */
public record AppendOptions(OptionalInt bufferSize) {
    /** Everything is decided by the service. */
    public static final AppendOptions DEFAULT = new AppendOptions(OptionalInt.empty());

    /** With this many bytes gathered, 1 or more. */
    public AppendOptions withBufferSize(int bytes) {
        return new AppendOptions(OptionalInt.of(bytes));
    }
}
