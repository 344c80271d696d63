package dev.forebay.understore;

import dev.forebay.base.FilePath;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * One mounted place. Paths are relative to the mounted folder, whose own path is {@link
 * FilePath#ROOT}.
 *
 * <p>Errors of all methods: {@link dev.forebay.base.error.Unavailable} when the place cannot be
 * reached, {@link dev.forebay.base.error.PermissionDenied} when it refuses, {@link
 * dev.forebay.base.error.OutOfSpace} when it is full, {@link dev.forebay.base.error.Invalid} for a
 * name that it cannot hold.
 */
public interface UnderStore extends AutoCloseable {
    /** What is known of a file or directory; empty when there is none. */
    Optional<UnderStatus> stat(FilePath path);

    /**
     * The direct children of a directory, in any order. Things that are neither file nor directory
     * are left out, and so are files of this node's own making that are not complete.
     *
     * @throws dev.forebay.base.error.NotFound when there is no such directory
     * @throws dev.forebay.base.error.NotADirectory when it is a file
     */
    List<UnderStatus> list(FilePath path);

    /**
     * Opens a range of a file.
     *
     * @param range position 0 to the file's length; a length beyond the end is cut
     * @throws dev.forebay.base.error.NotFound when there is no such file
     */
    InputStream open(FilePath path, Range range);

    /**
     * Begins a file, which appears, complete and in place of any other, when the writer commits.
     * Missing parent directories are made.
     */
    UnderWriter create(FilePath path);

    /**
     * Deletes a file or an empty directory.
     *
     * @return false when there was none
     * @throws dev.forebay.base.error.NotEmpty for a directory with children
     */
    boolean delete(FilePath path);

    /**
     * Renames a file or directory. Missing parents of the target are made. Atomic where the place
     * can.
     *
     * @throws dev.forebay.base.error.NotFound when there is no source
     * @throws dev.forebay.base.error.AlreadyExists when there is a target
     */
    void rename(FilePath source, FilePath target);

    /** Makes a directory and its parents; no error when it exists. */
    void createDirectories(FilePath path);

    @Override
    void close();

    /**
     * A run of bytes.
     *
     * @param position first byte, from 0
     * @param length bytes, 0 or more
     */
    record Range(long position, long length) {}
}
