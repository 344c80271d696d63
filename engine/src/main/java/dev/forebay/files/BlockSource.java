package dev.forebay.files;

import java.nio.ByteBuffer;

/** The durable bytes of one block. Belongs to one thread at a time. */
interface BlockSource extends AutoCloseable {
    /**
     * Reads until {@code target} is full or the block ends.
     *
     * @param position in the block
     * @return bytes read
     */
    int read(long position, ByteBuffer target);

    @Override
    void close();

    /** Opens the source when it is needed. */
    @FunctionalInterface
    interface Opener {
        /** Opens at the start of the block. */
        BlockSource open();
    }
}
