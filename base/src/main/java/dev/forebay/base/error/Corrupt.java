package dev.forebay.base.error;

/** Stored bytes do not match their checksum; they are never served. */
public final class Corrupt extends ForebayException {
    /**
     * Creates the error.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     */
    public Corrupt(String message, Object subject) {
        super(message, subject, null);
    }

    /**
     * Creates the error with its cause.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     * @param cause what led to it
     */
    public Corrupt(String message, Object subject, Throwable cause) {
        super(message, subject, cause);
    }
}
