package dev.forebay.client;

/**
 * How a path is given another name.
 *
 * @param overwrite whether a file, or an empty directory, at the target is replaced by its like
 */
public record RenameOptions(boolean overwrite) {
    /** Never replaces. */
    public static final RenameOptions DEFAULT = new RenameOptions(false);

    /** Replaces what is at the target, in one step. */
    public static final RenameOptions OVERWRITE = new RenameOptions(true);
}
