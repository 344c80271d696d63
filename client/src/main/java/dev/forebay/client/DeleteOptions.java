package dev.forebay.client;

/**
 * How a path is deleted.
 *
 * @param recursive whether a directory goes with all below
 * @param keepUnderStore whether the mounted store keeps its copy (Alluxio: alluxioOnly)
 */
public record DeleteOptions(boolean recursive, boolean keepUnderStore) {
    /** A file or an empty directory. */
    public static final DeleteOptions DEFAULT = new DeleteOptions(false, false);

    /** Everything below as well. */
    public static final DeleteOptions RECURSIVE = new DeleteOptions(true, false);

    /** With everything below deleted, or not. */
    public DeleteOptions withRecursive(boolean value) {
        return new DeleteOptions(value, keepUnderStore);
    }

    /** With the mounted store's copy kept, or not. */
    public DeleteOptions withKeepUnderStore(boolean value) {
        return new DeleteOptions(recursive, value);
    }
}
