package dev.forebay.base.error;

/** A system below cannot be reached, or the node is stopping; a later try may succeed. */
public final class Unavailable extends ForebayException {
    /**
     * Creates the error.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     */
    public Unavailable(String message, Object subject) {
        super(message, subject, null);
    }

    /**
     * Creates the error with its cause.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     * @param cause what led to it
     */
    public Unavailable(String message, Object subject, Throwable cause) {
        super(message, subject, cause);
    }
}
