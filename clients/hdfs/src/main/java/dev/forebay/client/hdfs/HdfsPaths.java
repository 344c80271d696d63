package dev.forebay.client.hdfs;

import dev.forebay.base.FilePath;
import dev.forebay.base.error.Invalid;
import dev.forebay.client.FilesException;
import dev.forebay.client.Status;

import org.apache.hadoop.fs.Path;

import java.nio.charset.StandardCharsets;

/** Paths of the API as Hadoop's client takes them. */
final class HdfsPaths {
    private HdfsPaths() {}

    /**
     * The path.
     *
     * @throws FilesException.InvalidArgument when it is malformed, or has a colon, which Hadoop's
     *     client does not take in names
     * @throws FilesException.Unimplemented when it has bytes that are not UTF-8
     */
    static Path of(String path) {
        String text = wellFormed(path);
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw FilesException.of(
                    Status.UNIMPLEMENTED, "Hadoop's client takes names in UTF-8 alone", text);
        }
        if (text.indexOf(':') >= 0) {
            throw FilesException.of(
                    Status.INVALID_ARGUMENT, "Hadoop's client takes no colon in names", text);
        }
        // in parts, so that nothing in a name is taken for a scheme or a host
        return new Path(null, null, text);
    }

    private static String wellFormed(String path) {
        try {
            return FilePath.parse(path).toString();
        } catch (Invalid e) {
            throw FilesException.of(Status.INVALID_ARGUMENT, e.reason(), e.subject(), e);
        }
    }

    /** The text of a path, without scheme and host. */
    static String text(Path path) {
        return path.toUri().getPath();
    }

    /** Whether {@code below} is under {@code path}. */
    static boolean contains(Path path, Path below) {
        String prefix = path.isRoot() ? "/" : text(path) + "/";
        return text(below).startsWith(prefix);
    }
}
