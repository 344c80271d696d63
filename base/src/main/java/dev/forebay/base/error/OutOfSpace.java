package dev.forebay.base.error;

/** Disk or memory is full; what was acknowledged before is intact. */
public final class OutOfSpace extends ForebayException {
    /**
     * Creates the error.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     */
    public OutOfSpace(String message, Object subject) {
        super(message, subject, null);
    }

    /**
     * Creates the error with its cause.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     * @param cause what led to it
     */
    public OutOfSpace(String message, Object subject, Throwable cause) {
        super(message, subject, cause);
    }
}
