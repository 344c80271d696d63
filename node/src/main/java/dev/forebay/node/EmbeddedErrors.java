package dev.forebay.node;

import dev.forebay.base.error.AlreadyExists;
import dev.forebay.base.error.Closed;
import dev.forebay.base.error.Conflict;
import dev.forebay.base.error.Corrupt;
import dev.forebay.base.error.Fenced;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Internal;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.InvalidState;
import dev.forebay.base.error.IsADirectory;
import dev.forebay.base.error.LeaseHeld;
import dev.forebay.base.error.Lost;
import dev.forebay.base.error.NotADirectory;
import dev.forebay.base.error.NotEmpty;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.OutOfSpace;
import dev.forebay.base.error.PermissionDenied;
import dev.forebay.base.error.QuotaExceeded;
import dev.forebay.base.error.ReadOnly;
import dev.forebay.base.error.TimedOut;
import dev.forebay.base.error.Unavailable;
import dev.forebay.base.error.Unsupported;
import dev.forebay.client.FilesException;
import dev.forebay.client.Status;

import java.util.function.Supplier;

/** Errors of the engine as the Java API tells them; the same statuses as over the Alluxio REST. */
final class EmbeddedErrors {
    private EmbeddedErrors() {}

    /** Runs a call of the engine. */
    static <T> T call(Supplier<T> work) {
        try {
            return work.get();
        } catch (ForebayException e) {
            throw FilesException.of(status(e), e.reason(), e.subject(), e);
        }
    }

    /** Runs a call that gives nothing back. */
    static void run(Runnable work) {
        try {
            work.run();
        } catch (ForebayException e) {
            throw FilesException.of(status(e), e.reason(), e.subject(), e);
        }
    }

    static Status status(ForebayException e) {
        return switch (e) {
            case NotFound _ -> Status.NOT_FOUND;
            case AlreadyExists _ -> Status.ALREADY_EXISTS;
            case NotADirectory _, Invalid _ -> Status.INVALID_ARGUMENT;
            case IsADirectory _, InvalidState _ -> Status.UNKNOWN;
            case NotEmpty _, LeaseHeld _ -> Status.FAILED_PRECONDITION;
            case PermissionDenied _ -> Status.PERMISSION_DENIED;
            case Conflict _, Fenced _ -> Status.ABORTED;
            case QuotaExceeded _, OutOfSpace _ -> Status.RESOURCE_EXHAUSTED;
            case Corrupt _, Lost _ -> Status.DATA_LOSS;
            case Unavailable _, ReadOnly _, Closed _ -> Status.UNAVAILABLE;
            case Unsupported _ -> Status.UNIMPLEMENTED;
            case TimedOut _ -> Status.DEADLINE_EXCEEDED;
            case Internal _ -> Status.INTERNAL;
        };
    }
}
