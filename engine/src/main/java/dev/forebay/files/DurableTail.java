package dev.forebay.files;

import dev.forebay.base.BlockId;

import java.nio.ByteBuffer;

/** Where the durable bytes of a file being written go, block by block. */
interface DurableTail {
    /** Begins a block. */
    void begin(BlockId block);

    /** Appends all of {@code source} to the block. */
    void append(ByteBuffer source);

    /** Ends the block; its bytes are durable now or at {@link #complete}. */
    void end();

    /**
     * Makes all blocks durable.
     *
     * @return the fingerprint of the mounted store, or empty
     */
    String complete();

    /** Makes the bytes of the block being written durable. */
    void sync();

    /** Drops one block that is not being written. */
    void drop(BlockId block);

    /** Drops all blocks; no error after complete. */
    void abort();

    /** Ends writing the tail, and leaves all blocks as they are. */
    void leave();

    /** What its extents say. */
    Extent.Place place();
}
