package dev.forebay.base.error;

/** The thing is not in the state that the call needs, such as a file that is not yet complete. */
public final class InvalidState extends ForebayException {
    /**
     * Creates the error.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     */
    public InvalidState(String message, Object subject) {
        super(message, subject, null);
    }

    /**
     * Creates the error with its cause.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     * @param cause what led to it
     */
    public InvalidState(String message, Object subject, Throwable cause) {
        super(message, subject, cause);
    }
}
