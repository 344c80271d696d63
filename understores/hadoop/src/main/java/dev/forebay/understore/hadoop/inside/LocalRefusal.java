package dev.forebay.understore.hadoop.inside;

import dev.forebay.base.error.PermissionDenied;

import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.HarFileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.viewfs.ViewFileSystem;

/**
 * Keeps mounts through Hadoop from files of this machine, whose allow-list is {@code
 * mounts.local.roots}. Any property may name the class of a file system, so the class counts, not
 * the scheme.
 */
final class LocalRefusal {
    private LocalRefusal() {}

    /**
     * Passes when nothing below leads to this machine's files.
     *
     * @throws PermissionDenied when it may
     */
    static void check(FileSystem place, Object subject) {
        boolean refused =
                switch (place) {
                    case LocalFileSystem local -> true;
                    case RawLocalFileSystem local -> true;
                    // these can name any other, and look it up as late as they like
                    case ViewFileSystem view -> true;
                    case HarFileSystem archive -> true;
                    default -> false;
                };
        if (refused) {
            throw new PermissionDenied(
                    "files of the node's machine are not mounted through Hadoop", subject);
        }
        FileSystem[] below = place.getChildFileSystems();
        if (below != null) {
            for (FileSystem each : below) {
                check(each, subject);
            }
        }
    }
}
