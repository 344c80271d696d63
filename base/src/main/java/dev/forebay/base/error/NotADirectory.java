package dev.forebay.base.error;

/** A component of a path that must be a directory is a file. */
public final class NotADirectory extends ForebayException {
    /**
     * Creates the error.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     */
    public NotADirectory(String message, Object subject) {
        super(message, subject, null);
    }

    /**
     * Creates the error with its cause.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     * @param cause what led to it
     */
    public NotADirectory(String message, Object subject, Throwable cause) {
        super(message, subject, cause);
    }
}
