package dev.forebay.base.error;

/** The thing named does not exist. */
public final class NotFound extends ForebayException {
    /**
     * Creates the error.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     */
    public NotFound(String message, Object subject) {
        super(message, subject, null);
    }

    /**
     * Creates the error with its cause.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     * @param cause what led to it
     */
    public NotFound(String message, Object subject, Throwable cause) {
        super(message, subject, cause);
    }
}
