package dev.forebay.client;

/**
 * How memory is given up.
 *
 * @param recursive whether all below is freed
 * @param forced whether pinned files are freed as well
 */
public record FreeOptions(boolean recursive, boolean forced) {
    /** One file that is not pinned, or an empty directory. */
    public static final FreeOptions DEFAULT = new FreeOptions(false, false);

    /** With all below freed, or not. */
    public FreeOptions withRecursive(boolean value) {
        return new FreeOptions(value, forced);
    }

    /** With pinned files freed, or not. */
    public FreeOptions withForced(boolean value) {
        return new FreeOptions(recursive, value);
    }
}
