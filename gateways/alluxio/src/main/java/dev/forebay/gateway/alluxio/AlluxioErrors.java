package dev.forebay.gateway.alluxio;

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

/** What the errors of the engine are called in the protocol. The only place that decides it. */
final class AlluxioErrors {
    private AlluxioErrors() {}

    /**
     * The protocol's form of an error. Where people match on the words of a real proxy, its words
     * are used. A directory that is opened and a file that is not in the state for a free or an
     * open are UNKNOWN there.
     *
     * @param operation the action of the URL
     * @param path of the request
     */
    static AlluxioError of(ForebayException e, String operation, String path) {
        return switch (e) {
            case NotFound _ -> failed("NOT_FOUND", notFound(e, path));
            case AlreadyExists _ ->
                    failed("ALREADY_EXISTS", subjectPath(e, path) + " already exists");
            case NotADirectory _ ->
                    failed(
                            "INVALID_ARGUMENT",
                            "Traversal failed for path " + path + ". " + text(e));
            case IsADirectory _ ->
                    failed(
                            operation.equals("open-file") ? "UNKNOWN" : "INVALID_ARGUMENT",
                            "Cannot read from " + path + " because it is a directory");
            case NotEmpty _ ->
                    failed(
                            "FAILED_PRECONDITION",
                            "Cannot delete non-empty directory "
                                    + path
                                    + " because recursive is set to false");
            case InvalidState _ -> invalidState(e, operation, path);
            case PermissionDenied _ -> failed("PERMISSION_DENIED", naming(e, path));
            case Invalid _ -> failed("INVALID_ARGUMENT", text(e));
            case Conflict _, Fenced _ -> failed("ABORTED", naming(e, path));
            case LeaseHeld _ -> failed("FAILED_PRECONDITION", naming(e, path));
            case QuotaExceeded _, OutOfSpace _ -> failed("RESOURCE_EXHAUSTED", naming(e, path));
            case Corrupt _, Lost _ -> failed("DATA_LOSS", naming(e, path));
            case Unsupported _ -> failed("UNIMPLEMENTED", text(e));
            case TimedOut _ -> failed("DEADLINE_EXCEEDED", naming(e, path));
            case Unavailable _, ReadOnly _, Closed _ -> failed("UNAVAILABLE", naming(e, path));
            case Internal _ -> failed("INTERNAL", "internal error: " + e.reason());
        };
    }

    private static AlluxioError invalidState(ForebayException e, String operation, String path) {
        return switch (operation) {
            case "open-file", "download-file" ->
                    failed(
                            "UNKNOWN",
                            "Cannot read from "
                                    + path
                                    + " because it is incomplete. Wait for the file to be marked"
                                    + " as complete by the writing thread or application.");
            case "free" -> failed("UNKNOWN", "Cannot free file " + path + ": " + text(e));
            default -> failed("FAILED_PRECONDITION", naming(e, path));
        };
    }

    private static String notFound(ForebayException e, String path) {
        return "Path \"" + subjectPath(e, path) + "\" does not exist.";
    }

    /** The path that the error is about, which need not be the request's. */
    private static String subjectPath(ForebayException e, String path) {
        return e.subject().startsWith("/") ? e.subject() : path;
    }

    private static String naming(ForebayException e, String path) {
        return path.isEmpty() || e.subject().contains(path) ? text(e) : text(e) + " at " + path;
    }

    private static String text(ForebayException e) {
        return e.subject().isEmpty() ? e.reason() : e.reason() + ": " + e.subject();
    }

    private static AlluxioError failed(String status, String message) {
        return AlluxioError.failed(status, message);
    }
}
