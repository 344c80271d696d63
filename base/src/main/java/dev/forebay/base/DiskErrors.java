package dev.forebay.base;

import dev.forebay.base.error.AlreadyExists;
import dev.forebay.base.error.Closed;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.NotADirectory;
import dev.forebay.base.error.NotEmpty;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.OutOfSpace;
import dev.forebay.base.error.PermissionDenied;
import dev.forebay.base.error.Unavailable;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** The one place where what a {@link Disk} throws becomes the typed family. */
public final class DiskErrors {
    // strerror(3) of ENOSPC and EDQUOT in the C locale, which the JDK puts into the message
    private static final String NO_SPACE = "No space left on device";
    private static final String QUOTA = "Disk quota exceeded";
    private static final String READ_ONLY = "Read-only file system";

    private DiskErrors() {}

    /**
     * The typed error for a failure of the disk, with the failure as its cause. What is not
     * recognised is {@link Unavailable}: the disk did not do what it can do, and may again.
     *
     * @param failure what the disk threw
     * @param subject what it was about: the path, or the id of what the file holds
     */
    public static ForebayException of(IOException failure, Object subject) {
        return switch (failure) {
            case NoSuchFileException e -> new NotFound("no such file on disk", subject, e);
            case FileAlreadyExistsException e ->
                    new AlreadyExists("file exists on disk", subject, e);
            case DirectoryNotEmptyException e -> new NotEmpty("directory is not empty", subject, e);
            case NotDirectoryException e -> new NotADirectory("not a directory", subject, e);
            case AccessDeniedException e ->
                    new PermissionDenied("the node may not use this file", subject, e);
            case ClosedChannelException e -> new Closed("file was closed", subject, e);
            default -> ofMessage(failure, subject);
        };
    }

    /** Whether the failure says that the disk, or the node's quota of it, is full. */
    public static boolean isOutOfSpace(IOException failure) {
        return says(failure, NO_SPACE) || says(failure, QUOTA);
    }

    private static ForebayException ofMessage(IOException failure, Object subject) {
        if (isOutOfSpace(failure)) {
            return new OutOfSpace("the disk is full", subject, failure);
        }
        if (says(failure, READ_ONLY)) {
            return new PermissionDenied("the file system is read-only", subject, failure);
        }
        return new Unavailable("the disk failed", subject, failure);
    }

    private static boolean says(IOException failure, String text) {
        String message = failure.getMessage();
        return message != null && message.contains(text);
    }
}
