package dev.forebay.files;

import dev.forebay.base.FilePath;
import dev.forebay.base.MetadataLoad;
import dev.forebay.base.Principal;
import dev.forebay.base.ReadType;
import dev.forebay.base.WriteType;

import java.util.List;
import java.util.function.Consumer;

/**
 * The namespace: what every gateway calls. Each method checks the caller's permission on the path
 * once.
 *
 * <p>Errors of all methods that take a path, besides those named: {@link
 * dev.forebay.base.error.NotFound} when a component does not exist, {@link
 * dev.forebay.base.error.NotADirectory} when one is a file, {@link
 * dev.forebay.base.error.PermissionDenied}, {@link dev.forebay.base.error.Unavailable} when a
 * mounted store cannot be reached.
 */
public interface FileEngine extends AutoCloseable {
    /** The status of a path. */
    FileStatus stat(Principal caller, FilePath path, MetadataLoad load);

    /** Whether there is anything at a path; false where a component is missing or a file. */
    boolean exists(Principal caller, FilePath path, MetadataLoad load);

    /**
     * The children of a directory, or the file itself, in the order of names; with {@code
     * recursive} all below, parents before children.
     */
    void list(Principal caller, FilePath path, ListOptions options, Consumer<FileStatus> consumer);

    /**
     * How a directory is listed.
     *
     * @param recursive whether all below is listed
     * @param load how far the mounted store is asked
     */
    record ListOptions(boolean recursive, MetadataLoad load) {
        /** Direct children, known ones or first listing. */
        public static final ListOptions DEFAULT = new ListOptions(false, MetadataLoad.ONCE);
    }

    /**
     * Makes a directory.
     *
     * @throws dev.forebay.base.error.AlreadyExists when anything is there, unless allowed by the
     *     options; for the root always
     */
    FileStatus createDirectory(Principal caller, FilePath path, CreateOptions options);

    /**
     * Makes a file, visible at once as incomplete.
     *
     * @throws dev.forebay.base.error.AlreadyExists when anything is there
     * @throws dev.forebay.base.error.Invalid for a block size under 1, or a least replication over
     *     the greatest
     * @throws dev.forebay.base.error.OutOfSpace when the disk is full but for its reserve
     */
    FileWriter create(Principal caller, FilePath path, CreateOptions options);

    /**
     * Opens a file.
     *
     * @throws dev.forebay.base.error.IsADirectory for a directory
     * @throws dev.forebay.base.error.InvalidState for a file that is being written
     */
    FileReader open(Principal caller, FilePath path, ReadType readType);

    /**
     * Deletes.
     *
     * @throws dev.forebay.base.error.NotEmpty for a directory with children, without {@code
     *     recursive}; for the root
     * @throws dev.forebay.base.error.PermissionDenied for a mount point or a directory that holds
     *     one; for the root with {@code recursive}
     */
    void delete(Principal caller, FilePath path, DeleteOptions options);

    /**
     * Gives a path another name; never replaces. The same source and target is fine.
     *
     * @throws dev.forebay.base.error.AlreadyExists when anything is at the target
     * @throws dev.forebay.base.error.Invalid into its own subtree, from or to the root, of a mount
     *     point, across mounts
     */
    void rename(Principal caller, FilePath source, FilePath target);

    /** Changes attributes, all or none of those of one inode. */
    void setAttributes(Principal caller, FilePath path, AttributeChange change);

    /**
     * Gives up memory.
     *
     * @throws dev.forebay.base.error.InvalidState for a file not persisted, a pinned one without
     *     {@code forced}, a directory with children without {@code recursive}
     */
    void free(Principal caller, FilePath path, FreeOptions options);

    /**
     * How memory is given up.
     *
     * @param recursive whether all below is freed
     * @param forced whether pinned files are freed as well
     */
    record FreeOptions(boolean recursive, boolean forced) {}

    /** Brings a file, or with {@code recursive} all files below, into memory. */
    void load(Principal caller, FilePath path, boolean recursive);

    /**
     * Mounts.
     *
     * @return the mount
     * @throws dev.forebay.base.error.AlreadyExists when anything is at the path
     * @throws dev.forebay.base.error.Invalid when the source is malformed, missing, no folder, or
     *     overlaps another mount's
     * @throws dev.forebay.base.error.Unsupported for an unknown scheme
     */
    MountStatus mount(Principal caller, FilePath path, MountRequest request);

    /**
     * Removes a mount with all metadata and cached data below; the mounted data stays.
     *
     * @throws dev.forebay.base.error.Invalid when the path is not a mount point
     */
    void unmount(Principal caller, FilePath path);

    /** All mounts. */
    List<MountStatus> mounts(Principal caller);

    /** What the node holds and has room for. */
    Usage usage();

    /**
     * Space.
     *
     * @param memoryCapacity bytes of the arena
     * @param memoryUsed bytes taken in it
     * @param diskFree bytes that can still be written on the node's disk
     * @param diskUsed bytes that files and their names take there
     */
    record Usage(long memoryCapacity, long memoryUsed, long diskFree, long diskUsed) {
        /** Bytes that could be held if nothing were there yet. */
        public long diskCapacity() {
            return diskFree + diskUsed;
        }
    }

    /** The write type of files made without one. */
    WriteType defaultWriteType();

    /** Stops background work and completes nothing: files being written stay recoverable. */
    @Override
    void close();
}
