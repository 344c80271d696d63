package dev.forebay.client;

import java.util.List;

/** Stores mounted into the namespace. Asked for by {@link FileClient#as}. */
public interface Mounts {
    /**
     * Mounts a store.
     *
     * @param path where; must not exist, its parent must
     * @param source an absolute local path of the node's host, or a URI such as {@code
     *     s3://bucket/folder}
     * @param options properties, read-only
     * @throws FilesException.AlreadyExists when anything is at the path
     * @throws FilesException.InvalidArgument when the source is missing, no folder, or overlaps
     *     another mount's
     * @throws FilesException.Unimplemented for an unknown scheme
     */
    void mount(String path, String source, MountOptions options);

    /**
     * Removes a mount with all metadata and cached bytes below; the mounted data stays.
     *
     * @throws FilesException.InvalidArgument when the path is no mount point
     */
    void unmount(String path);

    /**
     * All mounts, in the order of paths.
     *
     * @throws FilesException.Unimplemented when the wire cannot list them
     */
    List<MountPoint> mounts();

    /**
     * Compares everything below a path with the mounted store: additions, changes and removals are
     * seen afterwards.
     *
     * @param path a mount point or anything below one
     * @throws FilesException.NotFound when nothing is there
     */
    void sync(String path);
}
