package dev.forebay.base.error;

/** A directory that must be empty is not. */
public final class NotEmpty extends ForebayException {
    /**
     * Creates the error.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     */
    public NotEmpty(String message, Object subject) {
        super(message, subject, null);
    }

    /**
     * Creates the error with its cause.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     * @param cause what led to it
     */
    public NotEmpty(String message, Object subject, Throwable cause) {
        super(message, subject, cause);
    }
}
