package dev.forebay.block;

import dev.forebay.base.BlockId;

import java.nio.ByteBuffer;

/**
 * The tail of one unsealed block. Closing without sealing leaves the block as {@link
 * BlockStore#recover} finds it.
 *
 * <p>When a sync fails, in {@link #sync} or {@link #seal}, the system may have dropped bytes
 * without saying which. Such a writer accepts nothing more (InvalidState); its block can be
 * recovered to what was synced before, or deleted.
 */
public interface BlockWriter extends AutoCloseable {
    /** The block's id. */
    BlockId id();

    /** Bytes written so far. */
    long length();

    /**
     * Appends all of {@code source}. Readers from {@link #reader} see the bytes at once.
     *
     * @throws dev.forebay.base.error.OutOfSpace when the disk is full; the block keeps its length
     * @throws dev.forebay.base.error.InvalidState after sealing, or after a failed sync
     * @throws dev.forebay.base.error.NotFound when the block was deleted
     * @throws dev.forebay.base.error.Invalid when the block would be longer than 64 GiB
     */
    void append(ByteBuffer source);

    /**
     * Makes the block and the bytes appended so far durable. After sealing they are.
     *
     * @throws dev.forebay.base.error.OutOfSpace when the disk is full; as for any failed sync
     * @throws dev.forebay.base.error.Unavailable when the disk fails
     * @throws dev.forebay.base.error.NotFound when the block was deleted
     */
    void sync();

    /**
     * Ends the block: writes the checksums, makes all durable. A second call does nothing.
     *
     * @throws dev.forebay.base.error.OutOfSpace when the disk is full; the block stays unsealed and
     *     may be sealed later, unless it was the sync that failed
     * @throws dev.forebay.base.error.Unavailable when the disk fails
     * @throws dev.forebay.base.error.NotFound when the block was deleted
     */
    void seal();

    /** A reader of this block that sees each append at once. */
    BlockReader reader();

    @Override
    void close();
}
