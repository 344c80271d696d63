package dev.forebay.base;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * All access to files of the local disk that hold data. The real one is {@link LocalDisk}; {@link
 * MemoryDisk} keeps everything in memory; the test kit has one that stops, tears, flips and fills
 * up.
 *
 * <p>Durability: bytes are safe after {@link File#sync()}; a new, renamed or deleted name is safe
 * after {@link #syncDirectory}; directories are safe when {@link #createDirectories} returns. After
 * a failed sync nothing is known of the bytes or names it was to make safe, and a second sync that
 * succeeds does not change that: the system may have dropped them.
 *
 * <p>A full disk is an {@link IOException}; {@link DiskErrors} turns each into the typed family.
 * Safe for use by many threads. The rules are in {@code DiskContract}.
 */
public interface Disk {
    /** How a file is opened. */
    enum Mode {
        /** For reading; the file must exist. */
        READ,
        /** For reading and writing; made, and it must not exist. */
        CREATE,
        /** For reading and writing; the file must exist. */
        WRITE
    }

    /**
     * Opens a file.
     *
     * @throws java.nio.file.NoSuchFileException when it must exist and does not, or its directory
     *     does not exist
     * @throws java.nio.file.FileAlreadyExistsException when it must not exist and does
     */
    File open(Path path, Mode mode) throws IOException;

    /**
     * Deletes a file or an empty directory; no error when there is none. A file that is open stays
     * usable through what is open, and its bytes count until the last of these is closed.
     *
     * @throws java.nio.file.DirectoryNotEmptyException when a directory holds anything
     */
    void delete(Path path) throws IOException;

    /**
     * Gives a file another name in one step, in place of any file that has that name.
     *
     * @throws java.nio.file.NoSuchFileException when there is no source, or the target's directory
     *     does not exist; nothing changed
     */
    void rename(Path source, Path target) throws IOException;

    /**
     * The names in a directory in any order; empty when there is no such directory.
     *
     * @throws java.nio.file.NotDirectoryException when it is a file
     */
    List<String> list(Path directory) throws IOException;

    /**
     * The length of a file in bytes, without opening it.
     *
     * @throws java.nio.file.NoSuchFileException when there is no such file
     */
    long length(Path path) throws IOException;

    /**
     * Makes a directory and its parents where missing, all durable on return.
     *
     * @throws java.nio.file.FileAlreadyExistsException when one of them is a file
     */
    void createDirectories(Path directory) throws IOException;

    /** Whether there is a file or directory of this name. */
    boolean exists(Path path) throws IOException;

    /**
     * Makes names made, changed or deleted in this directory durable.
     *
     * @throws java.nio.file.NoSuchFileException when there is no such directory
     */
    void syncDirectory(Path directory) throws IOException;

    /** Bytes that can still be written below this directory. */
    long usableSpace(Path directory) throws IOException;

    /** An open file. Reads and writes name their position, so that threads can share it. */
    interface File extends AutoCloseable {
        /**
         * Reads until {@code target} is full or the file ends.
         *
         * @param position bytes from the start, 0 or more
         * @return bytes read; 0 at or beyond the end
         * @throws IllegalArgumentException when the position is negative
         */
        int read(long position, ByteBuffer target) throws IOException;

        /**
         * Writes all of {@code source} at {@code position}; a gap before it reads as zeros. After a
         * failure any part of it may have been written.
         *
         * @param position bytes from the start, 0 or more
         * @throws IllegalArgumentException when the position is negative
         */
        void write(long position, ByteBuffer source) throws IOException;

        /** Makes all bytes written so far, and the length, durable. */
        void sync() throws IOException;

        /**
         * Cuts or extends with zeros to {@code length} bytes.
         *
         * @throws IllegalArgumentException when the length is negative
         */
        void truncate(long length) throws IOException;

        /** The length in bytes. */
        long length() throws IOException;

        /** Gives the file back; a second call does nothing. */
        @Override
        void close() throws IOException;
    }
}
