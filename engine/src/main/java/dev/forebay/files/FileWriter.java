package dev.forebay.files;

import dev.forebay.base.FilePath;

import java.nio.ByteBuffer;

/**
 * A file being written. Belongs to one thread at a time; calls from several are run one after the
 * other.
 *
 * <p>The writer is bound to the inode, not to the path: a rename meanwhile does not disturb it.
 * When the file was deleted meanwhile, all calls succeed and the bytes are dropped.
 */
public interface FileWriter extends AutoCloseable {
    /** Where the file was created. */
    FilePath path();

    /** Bytes written so far. */
    long position();

    /**
     * Appends all of {@code source}.
     *
     * @throws dev.forebay.base.error.OutOfSpace when disk, or for MUST_CACHE memory, is full; the
     *     bytes of earlier calls stay, {@code source} stands behind what was taken of this one, and
     *     the rest can be written when there is room again
     * @throws dev.forebay.base.error.Unavailable when the mounted store cannot be reached; the file
     *     can then only be aborted
     * @throws dev.forebay.base.error.Closed after close or abort
     */
    void write(ByteBuffer source);

    /**
     * Completes the file: when this returns, bytes and name are as durable as the write type
     * promises. A second call does nothing. When this throws, the file stays incomplete and close
     * may be tried again. After a write that failed the file lacks bytes: it is dropped instead.
     *
     * @throws dev.forebay.base.error.OutOfSpace when the disk is full, or was for the last write
     * @throws dev.forebay.base.error.InvalidState when the last write failed for another reason
     * @throws dev.forebay.base.error.Unavailable when the mounted store cannot be reached
     */
    @Override
    void close();

    /** Drops the file and its bytes; no error after close. */
    void abort();
}
