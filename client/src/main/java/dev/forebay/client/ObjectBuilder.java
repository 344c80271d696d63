package dev.forebay.client;

import dev.forebay.base.ObjectId;

import java.lang.foreign.MemorySegment;

/** An object being written. Closing it before it is sealed drops it. */
public interface ObjectBuilder extends AutoCloseable {
    /** Its name. */
    ObjectId id();

    /** The data, in shared memory, to be written. Its content is arbitrary at first. */
    MemorySegment data();

    /** Makes the object final and visible. It is not referenced afterwards. Again does nothing. */
    void seal();

    /** Drops the object, unless it is sealed. */
    void abort();

    /** The same as {@link #abort}. */
    @Override
    default void close() {
        abort();
    }
}
