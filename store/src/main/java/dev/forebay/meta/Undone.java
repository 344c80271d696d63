package dev.forebay.meta;

/**
 * Unwinds the work of a transaction that has to run again. It is control flow within this package
 * and never reaches a caller but as the cause of a {@link dev.forebay.base.error.Conflict}.
 */
final class Undone extends RuntimeException {
    Undone(String reason) {
        super(reason, null, false, false);
    }
}
