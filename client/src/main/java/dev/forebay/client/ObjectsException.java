package dev.forebay.client;

import org.jspecify.annotations.Nullable;

/**
 * A failed call about objects. Unless a method says otherwise, nothing changed. After {@link
 * Unavailable} the outcome of a call that changes something is not known, and the client is of no
 * more use.
 */
public abstract sealed class ObjectsException extends RuntimeException {
    private final String subject;

    private ObjectsException(String reason, String subject, @Nullable Throwable cause) {
        super(reason, cause);
        this.subject = subject;
    }

    /** The kind of failure, in the terms of all clients. */
    public abstract Status status();

    /** What happened. */
    public final String reason() {
        return String.valueOf(super.getMessage());
    }

    /** What it is about: an object id, a socket. */
    public final String subject() {
        return subject;
    }

    /** What happened and the subject. */
    @Override
    public final String getMessage() {
        return super.getMessage() + ": " + subject;
    }

    /** An object of this name is there already. */
    public static final class ObjectExists extends ObjectsException {
        /** Creates the error. */
        public ObjectExists(Object subject) {
            super("an object of this name exists", subject.toString(), null);
        }

        @Override
        public Status status() {
            return Status.ALREADY_EXISTS;
        }
    }

    /** There is no such object. */
    public static final class ObjectNotFound extends ObjectsException {
        /** Creates the error. */
        public ObjectNotFound(Object subject) {
            super("no such object", subject.toString(), null);
        }

        @Override
        public Status status() {
            return Status.NOT_FOUND;
        }
    }

    /** It does not fit, even if all were evicted that may be, or a quota does not allow it. */
    public static final class StoreFull extends ObjectsException {
        /** Creates the error. */
        public StoreFull(Object subject) {
            super("the store is full", subject.toString(), null);
        }

        @Override
        public Status status() {
            return Status.RESOURCE_EXHAUSTED;
        }
    }

    /** The request makes no sense whatever the state. */
    public static final class InvalidArgument extends ObjectsException {
        /** Creates the error. */
        public InvalidArgument(String reason, Object subject) {
            super(reason, subject.toString(), null);
        }

        @Override
        public Status status() {
            return Status.INVALID_ARGUMENT;
        }
    }

    /** The store cannot be reached any more, or does not speak the protocol. */
    public static final class Unavailable extends ObjectsException {
        /** Creates the error. */
        public Unavailable(String reason, Object subject, Throwable cause) {
            super(reason, subject.toString(), cause);
        }

        @Override
        public Status status() {
            return Status.UNAVAILABLE;
        }
    }
}
