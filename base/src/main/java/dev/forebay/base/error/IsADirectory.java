package dev.forebay.base.error;

/** A directory stands where a file is needed. */
public final class IsADirectory extends ForebayException {
    /**
     * Creates the error.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     */
    public IsADirectory(String message, Object subject) {
        super(message, subject, null);
    }

    /**
     * Creates the error with its cause.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     * @param cause what led to it
     */
    public IsADirectory(String message, Object subject, Throwable cause) {
        super(message, subject, cause);
    }
}
