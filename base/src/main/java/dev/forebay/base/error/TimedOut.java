package dev.forebay.base.error;

/** The time allowed is over; the outcome is as the thrower documents. */
public final class TimedOut extends ForebayException {
    /**
     * Creates the error.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     */
    public TimedOut(String message, Object subject) {
        super(message, subject, null);
    }

    /**
     * Creates the error with its cause.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     * @param cause what led to it
     */
    public TimedOut(String message, Object subject, Throwable cause) {
        super(message, subject, cause);
    }
}
