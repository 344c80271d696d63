package dev.forebay.objects;

import dev.forebay.base.ObjectId;

import java.lang.foreign.MemorySegment;

/**
 * Where an object lies. Valid while the session that got it holds a reference; not checked after
 * that. Metadata lies directly behind the data.
 */
public interface ObjectView {
    /** Its name. */
    ObjectId id();

    /** Offset of the data in the shared file. */
    long offset();

    /** Bytes of data. */
    long dataLength();

    /** Bytes of metadata. */
    long metadataLength();

    /** What its creator said is the digest; 0 while unsealed. */
    long digest();

    /** The data; may be written until the object is sealed. */
    MemorySegment data();

    /** The metadata; may be written until the object is sealed. */
    MemorySegment metadata();
}
