package dev.forebay.base.error;

/** A rule of ours was broken: a bug. */
public final class Internal extends ForebayException {
    /**
     * Creates the error.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     */
    public Internal(String message, Object subject) {
        super(message, subject, null);
    }

    /**
     * Creates the error with its cause.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     * @param cause what led to it
     */
    public Internal(String message, Object subject, Throwable cause) {
        super(message, subject, cause);
    }
}
