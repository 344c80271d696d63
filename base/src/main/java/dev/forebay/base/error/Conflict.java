package dev.forebay.base.error;

/** A compare-and-set lost, or a transaction gave up after its retries; nothing changed. */
public final class Conflict extends ForebayException {
    /**
     * Creates the error.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     */
    public Conflict(String message, Object subject) {
        super(message, subject, null);
    }

    /**
     * Creates the error with its cause.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     * @param cause what led to it
     */
    public Conflict(String message, Object subject, Throwable cause) {
        super(message, subject, cause);
    }
}
