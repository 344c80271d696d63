package dev.forebay.client;

import dev.forebay.base.MetadataLoad;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * A namespace of files. Safe for use by many threads.
 *
 * <p>Errors of all methods that take a path, besides those named: {@link FilesException.NotFound}
 * when a component does not exist, {@link FilesException.InvalidArgument} when one is a file or the
 * path is malformed, {@link FilesException.PermissionDenied}, {@link FilesException.Unavailable}
 * when the service or a mounted store cannot be reached. Where a method has a form without options,
 * that form takes the defaults.
 */
public interface FileClient extends AutoCloseable {
    /**
     * Connects to one service. Nothing is sent yet, except for {@code forebay}.
     *
     * @param uri {@code alluxio://host:39999} for the REST of a Forebay node or an Alluxio 2.x
     *     proxy, {@code forebay://host:8900} for the node whose admin listener is there; and with
     *     {@code forebay-client-hdfs} on the class path, for a node or a Hadoop cluster, {@code
     *     hdfs://host:8020}, {@code hdfs://nameservice}, {@code hdfs:///} for the one that the
     *     configuration names, {@code webhdfs://host:9870}
     * @throws FilesException.InvalidArgument when it is no such URI
     * @throws FilesException.Unavailable when a node's admin listener does not answer
     * @throws FilesException.Unimplemented when the jar for this scheme is not there
     */
    static FileClient connect(String uri) {
        return connect(uri, ConnectOptions.DEFAULT);
    }

    /**
     * Connects to one service.
     *
     * @param uri as for {@link #connect(String)}
     * @throws FilesException.Unimplemented for options that the wire cannot heed
     */
    static FileClient connect(String uri, ConnectOptions options) {
        return Connections.files(uri, options);
    }

    /** The status of a path, with the mounted store asked as far as {@code load} says. */
    FileStatus stat(String path, MetadataLoad load);

    /** The status of a path. */
    default FileStatus stat(String path) {
        return stat(path, MetadataLoad.ONCE);
    }

    /** The status of a path; absent when nothing is there or a component is a file. */
    Optional<FileStatus> find(String path);

    /**
     * The children of a directory, in the order of names per directory where the service keeps one,
     * or the file itself. The listing arrives while it is consumed: close the stream unless it is
     * consumed to its end.
     */
    Stream<FileStatus> list(String path, ListOptions options);

    /** The direct children of a directory, or the file itself. */
    default Stream<FileStatus> list(String path) {
        return list(path, ListOptions.DEFAULT);
    }

    /**
     * Everything below a directory, parents before their children, names in order. One request for
     * each directory, sent when the walk gets there; a directory that vanishes meanwhile is left
     * out.
     */
    default Stream<FileStatus> walk(String path) {
        return TreeWalk.walk(this, path);
    }

    /**
     * Makes a directory.
     *
     * @throws FilesException.AlreadyExists when anything is there, unless the options allow it
     */
    void createDirectory(String path, CreateDirectoryOptions options);

    /** Makes a directory whose parent exists. */
    default void createDirectory(String path) {
        createDirectory(path, CreateDirectoryOptions.DEFAULT);
    }

    /**
     * Opens a file for reading.
     *
     * @throws FilesException.Unknown for a directory; and for a file that is being written, where
     *     the wire does not let its flushed bytes be seen
     */
    FileReader open(String path, OpenOptions options);

    /** Opens a file for reading. */
    default FileReader open(String path) {
        return open(path, OpenOptions.DEFAULT);
    }

    /**
     * Makes a file and opens it for writing.
     *
     * @throws FilesException.AlreadyExists when anything is there, unless the options allow it
     */
    FileWriter create(String path, CreateOptions options);

    /** Makes a file whose parent exists and opens it for writing. */
    default FileWriter create(String path) {
        return create(path, CreateOptions.DEFAULT);
    }

    /**
     * Opens a file for writing at its end.
     *
     * @throws FilesException.Unknown or NotFound for a directory
     * @throws FilesException.FailedPrecondition while somebody writes it
     * @throws FilesException.Unimplemented when the wire cannot
     */
    FileWriter append(String path, AppendOptions options);

    /** Opens a file for writing at its end. */
    default FileWriter append(String path) {
        return append(path, AppendOptions.DEFAULT);
    }

    /**
     * Deletes.
     *
     * @throws FilesException.FailedPrecondition for a directory with children, without {@code
     *     recursive}
     * @throws FilesException.PermissionDenied for the root, a mount point or what holds one
     */
    void delete(String path, DeleteOptions options);

    /** Deletes a file or an empty directory. */
    default void delete(String path) {
        delete(path, DeleteOptions.DEFAULT);
    }

    /**
     * Gives a path another name.
     *
     * @throws FilesException.AlreadyExists when anything is at the target, unless the options allow
     *     it
     * @throws FilesException.InvalidArgument into its own subtree, of a mount point, across mounts
     * @throws FilesException.Unimplemented when the wire cannot replace
     */
    void rename(String source, String target, RenameOptions options);

    /** Gives a path another name; never replaces. */
    default void rename(String source, String target) {
        rename(source, target, RenameOptions.DEFAULT);
    }

    /** Changes attributes. */
    void setAttributes(String path, AttributeChange change);

    /**
     * What the service holds and has room for.
     *
     * @throws FilesException.Unimplemented when the wire cannot say
     */
    Usage usage();

    /**
     * An optional power: {@link Residency}, {@link Mounts}, {@link BlockFiles}, {@link Security}.
     *
     * @throws FilesException.Unimplemented naming the power and the wire
     */
    <T> T as(Class<T> power);

    /** Ends the connection. Open readers and writers are not closed by it. */
    @Override
    void close();
}
