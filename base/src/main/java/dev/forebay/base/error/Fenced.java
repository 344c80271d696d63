package dev.forebay.base.error;

/** The caller's epoch is stale; it must drop what it owned. */
public final class Fenced extends ForebayException {
    /**
     * Creates the error.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     */
    public Fenced(String message, Object subject) {
        super(message, subject, null);
    }

    /**
     * Creates the error with its cause.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     * @param cause what led to it
     */
    public Fenced(String message, Object subject, Throwable cause) {
        super(message, subject, cause);
    }
}
