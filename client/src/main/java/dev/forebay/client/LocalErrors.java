package dev.forebay.client;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Failures of local files in the family of the API. */
final class LocalErrors {
    private LocalErrors() {}

    static FilesException of(IOException cause, Path local) {
        String name = local.toString();
        return switch (cause) {
            case NoSuchFileException e ->
                    FilesException.of(Status.NOT_FOUND, "no such local file", name, e);
            case FileAlreadyExistsException e ->
                    FilesException.of(Status.ALREADY_EXISTS, "the local file exists", name, e);
            case AccessDeniedException e ->
                    FilesException.of(
                            Status.PERMISSION_DENIED, "no permission on the local file", name, e);
            case FileSystemException e ->
                    FilesException.of(
                            Status.FAILED_PRECONDITION,
                            "the local file cannot be used",
                            reason(e, name),
                            e);
            default ->
                    FilesException.of(
                            Status.UNKNOWN, "the local file failed", reason(cause, name), cause);
        };
    }

    private static String reason(IOException cause, String name) {
        String message = cause.getMessage();
        return message == null ? name : message.contains(name) ? message : name + ": " + message;
    }
}
