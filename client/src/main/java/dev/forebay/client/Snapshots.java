package dev.forebay.client;

import java.util.List;
import java.util.Optional;

/**
 * Snapshots of directories: what was there at one moment, read by every call that reads, below
 * {@code directory/.snapshot/name}. Asked for by {@link FileClient#as}.
 *
 * <p>A directory that does not exist is {@link FilesException.NotFound}; one that may not have
 * snapshots {@link FilesException.FailedPrecondition}.
 */
public interface Snapshots {
    /** Lets a directory have snapshots; nothing when it may already. For superusers. */
    void allow(String directory);

    /**
     * Lets a directory have no more snapshots; nothing when it may not. For superusers.
     *
     * @throws FilesException.FailedPrecondition while it has any
     */
    void disallow(String directory);

    /**
     * Makes a snapshot, for the directory's owner.
     *
     * @param name one component
     * @return where it is
     * @throws FilesException.AlreadyExists when there is one of that name
     * @throws FilesException.InvalidArgument for a name that none can have
     */
    String create(String directory, String name);

    /**
     * Makes a snapshot that is called by the time.
     *
     * @return where it is
     */
    String create(String directory);

    /**
     * Gives a snapshot another name, for the directory's owner.
     *
     * @throws FilesException.NotFound also when there is none of that name
     * @throws FilesException.AlreadyExists when there is one of the other name
     */
    void rename(String directory, String from, String to);

    /**
     * Removes a snapshot, for the directory's owner.
     *
     * @throws FilesException.NotFound also when there is none of that name
     */
    void delete(String directory, String name);

    /** Directories that may have snapshots, by path: a superuser's all, others' own. */
    List<Root> roots();

    /**
     * A directory that may have snapshots.
     *
     * @param path of the directory
     * @param count snapshots there are
     * @param countMax snapshots there may be
     */
    record Root(String path, int count, int countMax) {}

    /** The snapshots of a directory, oldest first. */
    List<Snapshot> list(String directory);

    /**
     * One snapshot.
     *
     * @param number higher than those of all made before
     * @param name under which it is found
     * @param path where it is
     * @param createdMillis when it was made, in milliseconds since 1970
     */
    record Snapshot(long number, String name, String path, long createdMillis) {}

    /**
     * What differs between two moments, directory by directory, with the paths of the earlier
     * moment.
     *
     * @param from the name of a snapshot; empty for now
     * @param to the name of a snapshot; empty for now
     * @throws FilesException.NotFound also when there is none of that name
     */
    List<Difference> compare(String directory, Optional<String> from, Optional<String> to);

    /**
     * One difference.
     *
     * @param kind what happened
     * @param path below the directory, without a first slash; empty for itself
     * @param target of a rename
     */
    record Difference(Kind kind, String path, Optional<String> target) {}

    /** What happened to a file or directory. */
    enum Kind {
        /** It was not there before. */
        CREATED,
        /** Its bytes or attributes differ; of a directory also its names. */
        MODIFIED,
        /** It is not there any more. */
        DELETED,
        /** It has another name or is in another directory. */
        RENAMED
    }
}
