package dev.forebay.files;

import dev.forebay.base.FilePath;
import dev.forebay.base.Name;
import dev.forebay.base.Principal;

import java.util.List;
import java.util.Optional;

/**
 * Snapshots of directories: what was there at one moment, unchanged, under {@code
 * directory/.snapshot/name}. Making one takes the same time for every size; what is changed or
 * removed afterwards takes room until the snapshots that show it are removed. Bytes that were in
 * memory only are kept in memory only.
 *
 * <p>Where a directory is no directory, every method throws {@link
 * dev.forebay.base.error.NotADirectory}; where it may not have snapshots, those for one directory
 * throw {@link dev.forebay.base.error.InvalidState}.
 */
public interface Snapshots {
    /** The name under which a directory's snapshots are; nothing else may be called like this. */
    Name FOLDER = Name.of(".snapshot");

    /** Why changes below {@link #FOLDER} are denied: the reason of the error that says so. */
    String READ_ONLY = "snapshots do not change, and the name of their folder is reserved";

    /** Snapshots that one directory may have, as in HDFS (dfs.namenode.snapshot.max.limit). */
    int COUNT_MAX = 65536;

    /**
     * Lets a directory have snapshots; nothing when it may already. For superusers.
     *
     * @throws dev.forebay.base.error.Unsupported where files are of a mount, there or below
     */
    void allow(Principal caller, FilePath directory);

    /**
     * Lets a directory have no more snapshots; nothing when it may not. For superusers.
     *
     * @throws dev.forebay.base.error.InvalidState while it has any
     */
    void disallow(Principal caller, FilePath directory);

    /**
     * Makes a snapshot, for the directory's owner. A file that is being written is in it with the
     * bytes that were made durable.
     *
     * @param name empty for one made of the time
     * @return where it is
     * @throws dev.forebay.base.error.AlreadyExists when there is one of that name
     * @throws dev.forebay.base.error.Invalid for the name {@link #FOLDER}
     * @throws dev.forebay.base.error.InvalidState when there are {@link #COUNT_MAX}
     */
    FilePath create(Principal caller, FilePath directory, Optional<Name> name);

    /**
     * Removes a snapshot, for the directory's owner. It is gone at once; the room that only it took
     * is given up later.
     *
     * @throws dev.forebay.base.error.NotFound when there is none of that name
     */
    void delete(Principal caller, FilePath directory, Name name);

    /**
     * Gives a snapshot another name, for the directory's owner.
     *
     * @throws dev.forebay.base.error.NotFound when there is none of that name
     * @throws dev.forebay.base.error.AlreadyExists when there is one of the other name
     * @throws dev.forebay.base.error.Invalid for the name {@link #FOLDER}
     */
    void rename(Principal caller, FilePath directory, Name from, Name to);

    /**
     * Directories that may have snapshots, in the order of paths: a superuser's all, others' own.
     */
    List<Root> roots(Principal caller);

    /**
     * A directory that may have snapshots.
     *
     * @param status of the directory
     * @param count snapshots there are
     */
    record Root(FileStatus status, int count) {}

    /** The snapshots of a directory, oldest first, for who may read it. */
    List<Snapshot> list(Principal caller, FilePath directory);

    /**
     * One snapshot.
     *
     * @param number higher than those of all made before, of any directory
     * @param name under which it is found
     * @param createdMillis when it was made, in milliseconds since 1970
     * @param root the directory as it shows it
     */
    record Snapshot(long number, Name name, long createdMillis, FileStatus root) {}

    /**
     * What differs between two moments, in the order of paths; for who may read the directory.
     *
     * @param from a snapshot; empty for now
     * @param to a snapshot; empty for now
     * @throws dev.forebay.base.error.NotFound when there is none of that name
     */
    List<Change> compare(
            Principal caller, FilePath directory, Optional<Name> from, Optional<Name> to);

    /**
     * One difference.
     *
     * @param kind what happened
     * @param path below the directory, empty for itself: where it was before, or is now for what
     *     was made
     * @param target where what was renamed is now
     */
    record Change(Kind kind, FilePath path, Optional<FilePath> target) {}

    /** What happened to a file or directory. */
    enum Kind {
        /** Its bytes or attributes differ; of a directory also its names. */
        MODIFIED,
        /** It was not there before. */
        CREATED,
        /** It is not there any more, or not below the directory. */
        DELETED,
        /** It has another name or is in another directory. */
        RENAMED
    }
}
