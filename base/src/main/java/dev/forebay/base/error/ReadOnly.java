package dev.forebay.base.error;

/** The namespace takes no changes for now: somebody put it into safe mode. */
public final class ReadOnly extends ForebayException {
    /**
     * Creates the error.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     */
    public ReadOnly(String message, Object subject) {
        super(message, subject, null);
    }
}
