package dev.forebay.gateway.plasma;

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
import dev.forebay.protocol.plasma.PlasmaError;

import java.util.Optional;

/** What the errors of the engine are called in the protocol. The only place that decides it. */
final class PlasmaErrors {
    private PlasmaErrors() {}

    /**
     * The protocol's form of an error: one of the three that do not abort a C++ client, or empty
     * where the connection has to be closed instead of an answer.
     */
    static Optional<PlasmaError> of(ForebayException e) {
        return switch (e) {
            case AlreadyExists _ -> Optional.of(PlasmaError.OBJECT_EXISTS);
            case NotFound _ -> Optional.of(PlasmaError.OBJECT_NOT_FOUND);
            // The only thing that can be invalid is a length, and then no store has the room.
            case OutOfSpace _, QuotaExceeded _, Invalid _ -> Optional.of(PlasmaError.OUT_OF_MEMORY);
            case Closed _,
                    Conflict _,
                    Corrupt _,
                    Fenced _,
                    Internal _,
                    InvalidState _,
                    IsADirectory _,
                    LeaseHeld _,
                    Lost _,
                    NotADirectory _,
                    NotEmpty _,
                    PermissionDenied _,
                    ReadOnly _,
                    TimedOut _,
                    Unavailable _,
                    Unsupported _ ->
                    Optional.empty();
        };
    }
}
