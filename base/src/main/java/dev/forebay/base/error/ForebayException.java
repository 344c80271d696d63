package dev.forebay.base.error;

import org.jspecify.annotations.Nullable;

/**
 * The root of all errors that a caller can meet. There is one subclass for each thing that a caller
 * would handle differently. Unless the thrower says otherwise, nothing changed.
 *
 * <p>The message is constant text; the facts are in {@link #subject()}.
 */
public abstract sealed class ForebayException extends RuntimeException
        permits AlreadyExists,
                Closed,
                Conflict,
                Corrupt,
                Fenced,
                Internal,
                Invalid,
                InvalidState,
                IsADirectory,
                LeaseHeld,
                Lost,
                NotADirectory,
                NotEmpty,
                NotFound,
                OutOfSpace,
                PermissionDenied,
                QuotaExceeded,
                ReadOnly,
                TimedOut,
                Unavailable,
                Unsupported {
    private final String subject;

    ForebayException(String message, Object subject, @Nullable Throwable cause) {
        super(message, cause);
        this.subject = subject.toString();
    }

    /** What the error is about: a path, an id, a setting. Never a secret. */
    public final String subject() {
        return subject;
    }

    /** The constant text. */
    public final String reason() {
        String message = super.getMessage();
        return message == null ? "" : message;
    }

    /** The constant text and the subject, for people. */
    @Override
    public final String getMessage() {
        return subject.isEmpty() ? reason() : reason() + ": " + subject;
    }
}
