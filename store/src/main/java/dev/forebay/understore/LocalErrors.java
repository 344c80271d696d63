package dev.forebay.understore;

import dev.forebay.base.error.AlreadyExists;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.NotEmpty;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.OutOfSpace;
import dev.forebay.base.error.PermissionDenied;
import dev.forebay.base.error.Unavailable;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;

/** What an error of the local file system is to callers. */
final class LocalErrors {
    private LocalErrors() {}

    static ForebayException of(IOException error, Object subject) {
        return switch (error) {
            case NoSuchFileException e -> new NotFound("no such file or directory", subject, e);
            case AccessDeniedException e ->
                    new PermissionDenied("the file system refuses", subject, e);
            case DirectoryNotEmptyException e -> new NotEmpty("directory has children", subject, e);
            case FileAlreadyExistsException e -> new AlreadyExists("exists", subject, e);
            default -> byText(error, subject);
        };
    }

    /** The JDK has no type for these; the texts are those of Linux. */
    private static ForebayException byText(IOException error, Object subject) {
        String text = String.valueOf(error.getMessage());
        if (text.contains("No space left on device") || text.contains("quota exceeded")) {
            return new OutOfSpace("the file system is full", subject, error);
        }
        if (text.contains("Read-only file system") || text.contains("not permitted")) {
            return new PermissionDenied("the file system refuses", subject, error);
        }
        return new Unavailable("the file system failed", subject, error);
    }
}
