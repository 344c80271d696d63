package dev.forebay.protocol.plasma;

import dev.forebay.base.error.Invalid;

/** What a reply says went wrong. The numbers are those of plasma.fbs. */
public enum PlasmaError {
    OK(0),
    OBJECT_EXISTS(1),
    OBJECT_NOT_FOUND(2),
    OUT_OF_MEMORY(3),
    OBJECT_NOT_SEALED(4),
    OBJECT_IN_USE(5);

    /** By number, which is why the constants are in that order. */
    private static final PlasmaError[] ALL = values();

    private final int number;

    PlasmaError(int number) {
        this.number = number;
    }

    static PlasmaError of(int number) {
        if (number < 0 || number >= ALL.length) {
            throw new Invalid("no such error in the protocol", number);
        }
        return ALL[number];
    }

    int number() {
        return number;
    }
}
