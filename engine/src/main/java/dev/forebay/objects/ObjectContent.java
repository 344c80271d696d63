package dev.forebay.objects;

import dev.forebay.base.ObjectId;

import java.lang.foreign.MemorySegment;

/**
 * A whole object to store. The segments are read during the call only.
 *
 * @param id its name
 * @param data its data
 * @param metadata its metadata
 * @param digest kept and handed out, never checked
 */
public record ObjectContent(ObjectId id, MemorySegment data, MemorySegment metadata, long digest) {}
