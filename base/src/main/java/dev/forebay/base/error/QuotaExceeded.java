package dev.forebay.base.error;

/** A quota of names or space does not allow this. */
public final class QuotaExceeded extends ForebayException {
    private final Kind kind;

    /** What there is too much of. */
    public enum Kind {
        /** Files and directories. */
        NAMES,
        /** Bytes, on disk or in memory. */
        SPACE
    }

    /**
     * Creates the error.
     *
     * @param kind what there is too much of
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     */
    public QuotaExceeded(Kind kind, String message, Object subject) {
        super(message, subject, null);
        this.kind = kind;
    }

    /**
     * Creates the error of a quota of space.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     */
    public QuotaExceeded(String message, Object subject) {
        this(Kind.SPACE, message, subject);
    }

    /** What there is too much of. */
    public Kind kind() {
        return kind;
    }

    /**
     * Creates the error of a quota of space with its cause.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     * @param cause what led to it
     */
    public QuotaExceeded(String message, Object subject, Throwable cause) {
        super(message, subject, cause);
        this.kind = Kind.SPACE;
    }
}
