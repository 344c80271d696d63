package dev.forebay.objects;

import dev.forebay.base.ObjectId;

/**
 * What is known of an object.
 *
 * @param id its name
 * @param dataLength bytes of data
 * @param metadataLength bytes of metadata
 * @param references sessions that hold it
 * @param createdMillis when it was created, milliseconds since 1970
 * @param constructMillis time from creation to sealing; -1 while unsealed
 * @param state where it is in its life
 * @param digest what its creator said is the digest, eight bytes, the first one least significant;
 *     0 while unsealed
 */
public record ObjectStatus(
        ObjectId id,
        long dataLength,
        long metadataLength,
        int references,
        long createdMillis,
        long constructMillis,
        State state,
        long digest) {
    /** The life of an object. */
    public enum State {
        /** Its creator writes it. */
        CREATED,
        /** Nobody changes it. */
        SEALED,
        /** Evicted to disk; comes back when somebody asks for it. */
        SPILLED
    }
}
