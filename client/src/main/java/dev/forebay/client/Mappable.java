package dev.forebay.client;

import java.lang.foreign.MemorySegment;

/** Reading without a copy, where the file is in the memory of the same host. */
public interface Mappable {
    /**
     * The bytes of the file where they lie, read-only, valid until the reader is closed.
     *
     * @throws FilesException.FailedPrecondition when the file is not in memory in one piece
     */
    MemorySegment map();
}
