package dev.forebay.files;

import dev.forebay.base.BlockId;
import dev.forebay.base.InodeId;

/**
 * Writes a file under a lease. After the lease has gone to another, or the file was completed for
 * its holder, every call but abort is {@link dev.forebay.base.error.Closed}.
 */
public interface LeasedWriter extends FileWriter {
    /** The file. */
    InodeId id();

    /** Makes what was written so far visible to every reader. */
    void flush();

    /**
     * Flushes, and makes what was written so far as durable as a completed file; in memory only for
     * a file that is there only.
     *
     * @throws dev.forebay.base.error.OutOfSpace when the disk is full; as for any failed sync the
     *     writer may accept nothing more
     */
    void sync();

    /**
     * Ends the block being written, if it has bytes.
     *
     * @return the id of the block that the next byte written goes to
     */
    BlockId nextBlock();

    /**
     * Drops the bytes of the block being written; {@link #position} is that of its first byte
     * again. Nothing when the block is full or has none.
     */
    void abandonBlock();
}
