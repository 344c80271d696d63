package dev.forebay.protocol.plasma;

import dev.forebay.base.ObjectId;

import java.lang.foreign.MemorySegment;

/**
 * A whole object within a request. In a request that was received the segments lie in the memory of
 * the stream and are valid until it reads on.
 *
 * @param id its name
 * @param data its data
 * @param metadata its metadata
 * @param digest eight bytes, the first one least significant
 */
public record ObjectBytes(ObjectId id, MemorySegment data, MemorySegment metadata, long digest) {}
