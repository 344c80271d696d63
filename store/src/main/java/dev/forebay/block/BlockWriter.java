package dev.forebay.block;

import dev.forebay.base.BlockId;

import java.nio.ByteBuffer;

/**
 * The tail of one unsealed block. Closing without sealing leaves the block as {@link
 * BlockStore#recover} finds it.
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
     * @throws dev.forebay.base.error.InvalidState after sealing
     */
    void append(ByteBuffer source);

    /** Makes the bytes appended so far durable. */
    void sync();

    /**
     * Ends the block: writes the checksums, makes all durable. A second call does nothing.
     *
     * @throws dev.forebay.base.error.OutOfSpace when the disk is full; the block stays unsealed and
     *     may be sealed later
     */
    void seal();

    /** A reader of this block that sees each append at once. */
    BlockReader reader();

    @Override
    void close();
}
