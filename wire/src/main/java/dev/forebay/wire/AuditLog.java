package dev.forebay.wire;

import dev.forebay.base.Principal;

import java.util.Optional;

/** Keeps who did what. Called once for each request of each gateway, by many threads. */
@FunctionalInterface
public interface AuditLog {
    /** Keeps nothing. */
    AuditLog NONE = _ -> {};

    /** Keeps one entry. Never throws: a full disk must not stop requests. */
    void record(Entry entry);

    /**
     * One request.
     *
     * @param timeMillis when it ended, since 1970
     * @param caller who, and from where
     * @param operation what
     * @param millis how long it took
     */
    record Entry(long timeMillis, Principal caller, Operation operation, long millis) {}

    /**
     * What was asked.
     *
     * @param gateway name of the gateway
     * @param name of the operation, in the gateway's words
     * @param path what it was about; empty when there is none
     * @param target second path of a rename, or what is mounted
     * @param outcome {@code OK} or the error's name in the gateway's protocol
     */
    record Operation(
            String gateway, String name, String path, Optional<String> target, String outcome) {}
}
