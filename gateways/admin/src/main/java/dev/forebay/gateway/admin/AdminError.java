package dev.forebay.gateway.admin;

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
import dev.forebay.wire.Json;

import java.io.ByteArrayOutputStream;

/**
 * An error as this gateway sends it: a fitting HTTP status and the JSON form of the Alluxio wire,
 * so that one client decodes both.
 *
 * @param httpStatus 400 to 599
 * @param status one of the 16 texts of that form
 * @param message for people
 */
record AdminError(int httpStatus, String status, String message) {
    /** The only place that decides how errors of the engine are told here. */
    static AdminError of(ForebayException e) {
        String message = e.subject().isEmpty() ? e.reason() : e.reason() + ": " + e.subject();
        return switch (e) {
            case NotFound _ -> new AdminError(404, "NOT_FOUND", message);
            case AlreadyExists _ -> new AdminError(409, "ALREADY_EXISTS", message);
            case Invalid _, NotADirectory _, IsADirectory _ ->
                    new AdminError(400, "INVALID_ARGUMENT", message);
            case NotEmpty _, InvalidState _, LeaseHeld _ ->
                    new AdminError(409, "FAILED_PRECONDITION", message);
            case Conflict _, Fenced _ -> new AdminError(409, "ABORTED", message);
            case PermissionDenied _ -> new AdminError(403, "PERMISSION_DENIED", message);
            case OutOfSpace _, QuotaExceeded _ ->
                    new AdminError(507, "RESOURCE_EXHAUSTED", message);
            case Corrupt _, Lost _ -> new AdminError(500, "DATA_LOSS", message);
            case Unsupported _ -> new AdminError(501, "UNIMPLEMENTED", message);
            case TimedOut _ -> new AdminError(504, "DEADLINE_EXCEEDED", message);
            case Unavailable _, ReadOnly _, Closed _ -> new AdminError(503, "UNAVAILABLE", message);
            case Internal _ -> new AdminError(500, "INTERNAL", "internal error: " + e.reason());
        };
    }

    /** An error that was found before any gateway code ran. */
    static AdminError ofHttp(int httpStatus, String message) {
        String status =
                switch (httpStatus) {
                    case 403 -> "PERMISSION_DENIED";
                    case 404 -> "NOT_FOUND";
                    case 405, 501, 505 -> "UNIMPLEMENTED";
                    case 503 -> "UNAVAILABLE";
                    default -> httpStatus < 500 ? "INVALID_ARGUMENT" : "INTERNAL";
                };
        return new AdminError(httpStatus, status, message);
    }

    byte[] json() {
        var target = new ByteArrayOutputStream(160);
        try (var json = Json.writer(target)) {
            json.writeStartObject()
                    .writeStringProperty("message", message)
                    .writeStringProperty("statusCode", status)
                    .writeStringProperty("status", status)
                    .writeEndObject();
        }
        return target.toByteArray();
    }
}
