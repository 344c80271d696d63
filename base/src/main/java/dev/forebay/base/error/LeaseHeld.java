package dev.forebay.base.error;

/** Another holder has the lease of the file. */
public final class LeaseHeld extends ForebayException {
    /**
     * Creates the error.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     */
    public LeaseHeld(String message, Object subject) {
        super(message, subject, null);
    }

    /**
     * Creates the error with its cause.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     * @param cause what led to it
     */
    public LeaseHeld(String message, Object subject, Throwable cause) {
        super(message, subject, cause);
    }
}
