package dev.forebay.protocol.plasma;

import dev.forebay.base.ObjectId;

import java.util.OptionalLong;

/**
 * An object in a list or a notification.
 *
 * @param id its name
 * @param dataLength bytes
 * @param metadataLength bytes
 * @param references connections that hold it; 0 in a notification
 * @param createdSeconds since 1970; 0 in a notification
 * @param constructSeconds from creation to sealing, -1 while unsealed; 0 in a notification
 * @param digest eight bytes, the first one least significant; empty while unsealed
 * @param deletion whether the notification says that it is gone
 */
public record ObjectEntry(
        ObjectId id,
        long dataLength,
        long metadataLength,
        int references,
        long createdSeconds,
        long constructSeconds,
        OptionalLong digest,
        boolean deletion) {
    /** An entry that says that an object was sealed. */
    public static ObjectEntry sealed(
            ObjectId id, long dataLength, long metadataLength, long digest) {
        return new ObjectEntry(
                id, dataLength, metadataLength, 0, 0, 0, OptionalLong.of(digest), false);
    }

    /** An entry that says that an object is gone. */
    public static ObjectEntry gone(ObjectId id) {
        return new ObjectEntry(id, 0, 0, 0, 0, 0, OptionalLong.empty(), true);
    }
}
