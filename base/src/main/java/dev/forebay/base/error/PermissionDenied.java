package dev.forebay.base.error;

/** The caller may not do this, or the place is read-only. */
public final class PermissionDenied extends ForebayException {
    /**
     * Creates the error.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     */
    public PermissionDenied(String message, Object subject) {
        super(message, subject, null);
    }

    /**
     * Creates the error with its cause.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     * @param cause what led to it
     */
    public PermissionDenied(String message, Object subject, Throwable cause) {
        super(message, subject, cause);
    }
}
