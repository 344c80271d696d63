package dev.forebay.client;

import dev.forebay.base.TtlAction;

/** What is in memory, and for how long. Asked for by {@link FileClient#as}. */
public interface Residency {
    /** Keeps a file, or all below a directory at once and later, in memory. */
    void pin(String path);

    /** Lets memory be given up again. */
    void unpin(String path);

    /**
     * Gives up memory; the data stays below.
     *
     * @throws FilesException.Unknown for a file that is not persisted, a pinned one without {@code
     *     forced}, a directory with children without {@code recursive}
     */
    void free(String path, FreeOptions options);

    /**
     * Brings a file into memory.
     *
     * @param recursive whether all files below a directory are loaded; a directory without it loads
     *     nothing
     */
    void load(String path, boolean recursive);

    /**
     * Brings a file into memory and makes objects of its blocks, without a copy. They stay for a
     * minute, and beyond for as long as somebody references them or the memory is not needed. A
     * file that is changed afterwards does not change them.
     *
     * @throws FilesException.NotFound when there is no such file
     * @throws FilesException.ResourceExhausted when it does not fit into memory as a whole
     * @throws FilesException.Unimplemented over a wire that has no objects
     */
    LentFile lend(String path);

    /**
     * Sets a time to live.
     *
     * @param millis counted from creation; negative for none
     * @param action what happens then
     */
    void expire(String path, long millis, TtlAction action);

    /** The fraction of a file, or of all files below a directory, that is in memory: 0 to 1. */
    double residency(String path);
}
