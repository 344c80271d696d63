package dev.forebay.client;

import dev.forebay.base.ObjectId;

import java.lang.foreign.MemorySegment;

/** A referenced object. Its bytes stay where they are until this is closed. */
public interface ObjectHandle extends AutoCloseable {
    /** Its name. */
    ObjectId id();

    /** The data in shared memory, read-only; no copy. */
    MemorySegment data();

    /** The metadata in shared memory, read-only. */
    MemorySegment metadata();

    /** Gives the reference back; again does nothing. */
    @Override
    void close();
}
