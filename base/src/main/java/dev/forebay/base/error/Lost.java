package dev.forebay.base.error;

/** The only copy was in memory and is gone. */
public final class Lost extends ForebayException {
    /**
     * Creates the error.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     */
    public Lost(String message, Object subject) {
        super(message, subject, null);
    }

    /**
     * Creates the error with its cause.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     * @param cause what led to it
     */
    public Lost(String message, Object subject, Throwable cause) {
        super(message, subject, cause);
    }
}
