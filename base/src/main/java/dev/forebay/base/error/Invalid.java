package dev.forebay.base.error;

/** An argument is wrong whatever the state of the system. */
public final class Invalid extends ForebayException {
    /**
     * Creates the error.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     */
    public Invalid(String message, Object subject) {
        super(message, subject, null);
    }

    /**
     * Creates the error with its cause.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     * @param cause what led to it
     */
    public Invalid(String message, Object subject, Throwable cause) {
        super(message, subject, cause);
    }
}
