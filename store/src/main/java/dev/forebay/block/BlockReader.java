package dev.forebay.block;

import java.nio.ByteBuffer;

/** Reads of one block by position, checked against its checksums. Safe for use by many threads. */
public interface BlockReader extends AutoCloseable {
    /** Bytes in the block now; grows while the block is unsealed. */
    long length();

    /**
     * Reads until {@code target} is full or the block ends. Bytes that fail their checksum never
     * reach {@code target}'s caller: the target's content is then undefined and its position
     * unchanged.
     *
     * @param position 0 to the length
     * @return bytes read; 0 at the end
     * @throws dev.forebay.base.error.Corrupt naming the block, when a checksum does not match
     */
    int read(long position, ByteBuffer target);

    @Override
    void close();
}
