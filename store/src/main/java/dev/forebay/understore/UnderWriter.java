package dev.forebay.understore;

import java.nio.ByteBuffer;

/** A file of an under store in the making. Nothing of it is visible before {@link #commit}. */
public interface UnderWriter extends AutoCloseable {
    /** Appends all of {@code source}. */
    void write(ByteBuffer source);

    /**
     * Makes the file durable and visible in one step.
     *
     * @return its status, with the fingerprint of what was written
     */
    UnderStatus commit();

    /** Without a commit before: drops what was written. */
    @Override
    void close();
}
