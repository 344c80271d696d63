package dev.forebay.cli;

import dev.forebay.client.FilesException;
import dev.forebay.client.Status;

/**
 * Where things go: into a directory under their own name, or to a path of another name.
 *
 * @param path the directory or the path
 * @param directory whether it is a directory that is there
 */
record Destination(String path, boolean directory) {
    /**
     * The destination in the namespace.
     *
     * @throws FilesException.InvalidArgument when several things would go to one path
     */
    static Destination remote(Session session, String path, int count) {
        boolean directory = session.isDirectory(path);
        if (count > 1 && !directory) {
            throw FilesException.of(
                    Status.INVALID_ARGUMENT,
                    "several things can only go into a directory that is there",
                    path);
        }
        if (!directory && path.length() > 1 && path.endsWith("/")) {
            throw FilesException.of(Status.NOT_FOUND, "the directory does not exist", path);
        }
        return new Destination(path, directory);
    }

    /** The path for something with this name. */
    String of(String name) {
        return directory ? child(path, name) : path;
    }

    /** The path one level below a directory. */
    static String child(String directory, String name) {
        return directory.endsWith("/") ? directory + name : directory + "/" + name;
    }

    /** The last name of a path; empty for the root. */
    static String name(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(path.lastIndexOf('/', end - 1) + 1, end);
    }
}
