package dev.forebay.client;

import org.jspecify.annotations.Nullable;

/**
 * A failed call: one subclass for each {@link Status}. Unless a method says otherwise, nothing
 * changed. After {@link Unavailable} and {@link DeadlineExceeded} of a call that changes something
 * the outcome is not known.
 */
public abstract sealed class FilesException extends RuntimeException {
    private final String subject;

    private FilesException(String reason, String subject, @Nullable Throwable cause) {
        super(reason, cause);
        this.subject = subject;
    }

    /** The kind of failure. */
    public abstract Status status();

    /** What it is about: a path, an address, a setting. Never a secret; may be empty. */
    public final String subject() {
        return subject;
    }

    /** What happened, without the subject. */
    public final String reason() {
        String reason = super.getMessage();
        return reason == null ? "" : reason;
    }

    /** What happened and the subject, which is not repeated when the reason names it. */
    @Override
    public final String getMessage() {
        return subject.isEmpty() || reason().contains(subject)
                ? reason()
                : reason() + ": " + subject;
    }

    /**
     * The failure of a status.
     *
     * @param status its kind
     * @param reason what happened, for people
     * @param subject what it is about
     */
    public static FilesException of(Status status, String reason, String subject) {
        return create(status, reason, subject, null);
    }

    /**
     * The failure of a status with its cause.
     *
     * @param status its kind
     * @param reason what happened, for people
     * @param subject what it is about
     * @param cause what led to it
     */
    public static FilesException of(Status status, String reason, String subject, Throwable cause) {
        return create(status, reason, subject, cause);
    }

    private static FilesException create(
            Status status, String reason, String subject, @Nullable Throwable cause) {
        return switch (status) {
            case CANCELED -> new Canceled(reason, subject, cause);
            case UNKNOWN -> new Unknown(reason, subject, cause);
            case INVALID_ARGUMENT -> new InvalidArgument(reason, subject, cause);
            case DEADLINE_EXCEEDED -> new DeadlineExceeded(reason, subject, cause);
            case NOT_FOUND -> new NotFound(reason, subject, cause);
            case ALREADY_EXISTS -> new AlreadyExists(reason, subject, cause);
            case PERMISSION_DENIED -> new PermissionDenied(reason, subject, cause);
            case UNAUTHENTICATED -> new Unauthenticated(reason, subject, cause);
            case RESOURCE_EXHAUSTED -> new ResourceExhausted(reason, subject, cause);
            case FAILED_PRECONDITION -> new FailedPrecondition(reason, subject, cause);
            case ABORTED -> new Aborted(reason, subject, cause);
            case OUT_OF_RANGE -> new OutOfRange(reason, subject, cause);
            case UNIMPLEMENTED -> new Unimplemented(reason, subject, cause);
            case INTERNAL -> new Internal(reason, subject, cause);
            case UNAVAILABLE -> new Unavailable(reason, subject, cause);
            case DATA_LOSS -> new DataLoss(reason, subject, cause);
        };
    }

    /** The caller gave up. */
    public static final class Canceled extends FilesException {
        private Canceled(String reason, String subject, @Nullable Throwable cause) {
            super(reason, subject, cause);
        }

        @Override
        public Status status() {
            return Status.CANCELED;
        }
    }

    /** A failure without a better name. */
    public static final class Unknown extends FilesException {
        private Unknown(String reason, String subject, @Nullable Throwable cause) {
            super(reason, subject, cause);
        }

        @Override
        public Status status() {
            return Status.UNKNOWN;
        }
    }

    /** The request makes no sense whatever the state. */
    public static final class InvalidArgument extends FilesException {
        private InvalidArgument(String reason, String subject, @Nullable Throwable cause) {
            super(reason, subject, cause);
        }

        @Override
        public Status status() {
            return Status.INVALID_ARGUMENT;
        }
    }

    /** Not done in time; it may still have happened. */
    public static final class DeadlineExceeded extends FilesException {
        private DeadlineExceeded(String reason, String subject, @Nullable Throwable cause) {
            super(reason, subject, cause);
        }

        @Override
        public Status status() {
            return Status.DEADLINE_EXCEEDED;
        }
    }

    /** The thing named does not exist. */
    public static final class NotFound extends FilesException {
        private NotFound(String reason, String subject, @Nullable Throwable cause) {
            super(reason, subject, cause);
        }

        @Override
        public Status status() {
            return Status.NOT_FOUND;
        }
    }

    /** Something is there already. */
    public static final class AlreadyExists extends FilesException {
        private AlreadyExists(String reason, String subject, @Nullable Throwable cause) {
            super(reason, subject, cause);
        }

        @Override
        public Status status() {
            return Status.ALREADY_EXISTS;
        }
    }

    /** The caller is not allowed. */
    public static final class PermissionDenied extends FilesException {
        private PermissionDenied(String reason, String subject, @Nullable Throwable cause) {
            super(reason, subject, cause);
        }

        @Override
        public Status status() {
            return Status.PERMISSION_DENIED;
        }
    }

    /** The caller is not known. */
    public static final class Unauthenticated extends FilesException {
        private Unauthenticated(String reason, String subject, @Nullable Throwable cause) {
            super(reason, subject, cause);
        }

        @Override
        public Status status() {
            return Status.UNAUTHENTICATED;
        }
    }

    /** A quota, the memory or the disk is used up. */
    public static final class ResourceExhausted extends FilesException {
        private ResourceExhausted(String reason, String subject, @Nullable Throwable cause) {
            super(reason, subject, cause);
        }

        @Override
        public Status status() {
            return Status.RESOURCE_EXHAUSTED;
        }
    }

    /** The state must be changed first. */
    public static final class FailedPrecondition extends FilesException {
        private FailedPrecondition(String reason, String subject, @Nullable Throwable cause) {
            super(reason, subject, cause);
        }

        @Override
        public Status status() {
            return Status.FAILED_PRECONDITION;
        }
    }

    /** Lost against another caller. */
    public static final class Aborted extends FilesException {
        private Aborted(String reason, String subject, @Nullable Throwable cause) {
            super(reason, subject, cause);
        }

        @Override
        public Status status() {
            return Status.ABORTED;
        }
    }

    /** Beyond the end. */
    public static final class OutOfRange extends FilesException {
        private OutOfRange(String reason, String subject, @Nullable Throwable cause) {
            super(reason, subject, cause);
        }

        @Override
        public Status status() {
            return Status.OUT_OF_RANGE;
        }
    }

    /** This service cannot do that. */
    public static final class Unimplemented extends FilesException {
        private Unimplemented(String reason, String subject, @Nullable Throwable cause) {
            super(reason, subject, cause);
        }

        @Override
        public Status status() {
            return Status.UNIMPLEMENTED;
        }
    }

    /** A broken rule inside the service. */
    public static final class Internal extends FilesException {
        private Internal(String reason, String subject, @Nullable Throwable cause) {
            super(reason, subject, cause);
        }

        @Override
        public Status status() {
            return Status.INTERNAL;
        }
    }

    /** Cannot be reached for the moment. */
    public static final class Unavailable extends FilesException {
        private Unavailable(String reason, String subject, @Nullable Throwable cause) {
            super(reason, subject, cause);
        }

        @Override
        public Status status() {
            return Status.UNAVAILABLE;
        }
    }

    /** Bytes are lost or damaged. */
    public static final class DataLoss extends FilesException {
        private DataLoss(String reason, String subject, @Nullable Throwable cause) {
            super(reason, subject, cause);
        }

        @Override
        public Status status() {
            return Status.DATA_LOSS;
        }
    }
}
