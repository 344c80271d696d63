package dev.forebay.client;

import dev.forebay.base.MetadataLoad;

/**
 * How a directory is listed.
 *
 * @param recursive whether all below is listed, not only direct children
 * @param load how far a mounted store is asked
 */
public record ListOptions(boolean recursive, MetadataLoad load) {
    /** Direct children, with the first listing of a mounted directory loaded. */
    public static final ListOptions DEFAULT = new ListOptions(false, MetadataLoad.ONCE);

    /** All below. */
    public static final ListOptions RECURSIVE = DEFAULT.withRecursive(true);

    /** With all below listed, or not. */
    public ListOptions withRecursive(boolean value) {
        return new ListOptions(value, load);
    }

    /** With the mounted store asked this far. */
    public ListOptions withLoad(MetadataLoad value) {
        return new ListOptions(recursive, value);
    }
}
