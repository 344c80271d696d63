package dev.forebay.cli;

import dev.forebay.client.Status;

/** What the command returns to its caller. Documented in docs/cli.md and by help exit-codes. */
enum ExitCode {
    OK(0, "everything was done"),
    FAILED(1, "something failed that has no number of its own, or a part of several things"),
    USAGE(2, "the command line makes no sense"),
    NOT_FOUND(3, "a path does not exist"),
    ALREADY_EXISTS(4, "something is there already"),
    PERMISSION(5, "not allowed"),
    UNAVAILABLE(6, "the node cannot be reached, or not in time"),
    FULL(7, "memory, disk or a quota is used up"),
    DAMAGED(8, "bytes are lost or damaged"),
    UNSUPPORTED(9, "this node or wire cannot do that"),
    NO_READER(141, "nobody reads the output any more");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    int number() {
        return number;
    }

    String meaning() {
        return meaning;
    }

    static ExitCode of(Status status) {
        return switch (status) {
            case NOT_FOUND -> NOT_FOUND;
            case ALREADY_EXISTS -> ALREADY_EXISTS;
            case PERMISSION_DENIED, UNAUTHENTICATED -> PERMISSION;
            case UNAVAILABLE, DEADLINE_EXCEEDED -> UNAVAILABLE;
            case RESOURCE_EXHAUSTED -> FULL;
            case DATA_LOSS -> DAMAGED;
            case UNIMPLEMENTED -> UNSUPPORTED;
            case CANCELED,
                    UNKNOWN,
                    INVALID_ARGUMENT,
                    FAILED_PRECONDITION,
                    ABORTED,
                    OUT_OF_RANGE,
                    INTERNAL ->
                    FAILED;
        };
    }
}
