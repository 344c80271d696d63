package dev.forebay.base.error;

/** A quota of names or space does not allow this. */
public final class QuotaExceeded extends ForebayException {
    /**
     * Creates the error.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     */
    public QuotaExceeded(String message, Object subject) {
        super(message, subject, null);
    }

    /**
     * Creates the error with its cause.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     * @param cause what led to it
     */
    public QuotaExceeded(String message, Object subject, Throwable cause) {
        super(message, subject, cause);
    }
}
