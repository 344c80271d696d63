package dev.forebay.files;

/**
 * How a path is deleted.
 *
 * @param recursive whether a directory goes with all below
 * @param keepUnderStore whether the mounted store keeps its copy
 */
public record DeleteOptions(boolean recursive, boolean keepUnderStore) {
    /** A file or an empty directory. */
    public static final DeleteOptions DEFAULT = new DeleteOptions(false, false);

    /** Everything below as well. */
    public static final DeleteOptions RECURSIVE = new DeleteOptions(true, false);
}
