package dev.forebay.protocol.plasma;

import dev.forebay.base.ObjectId;

import java.util.List;

/** What a client asks. Every request has a reply but Release and Subscribe. */
public sealed interface PlasmaRequest {
    /** The first request of a connection. */
    record Connect() implements PlasmaRequest {}

    /**
     * Makes an object that the client then writes.
     *
     * @param id its name
     * @param evictIfFull whether others may go for it
     * @param dataLength bytes; negative stands for 2^63 and more
     * @param metadataLength bytes; negative stands for 2^63 and more
     * @param device 0 for memory of the host
     */
    record Create(
            ObjectId id, boolean evictIfFull, long dataLength, long metadataLength, int device)
            implements PlasmaRequest {}

    /** Stores a whole object. */
    record CreateAndSeal(ObjectBytes content, boolean evictIfFull) implements PlasmaRequest {}

    /** Stores several objects, all or none. */
    record CreateAndSealBatch(List<ObjectBytes> contents, boolean evictIfFull)
            implements PlasmaRequest {
        /** Copies the list. */
        public CreateAndSealBatch {
            contents = List.copyOf(contents);
        }
    }

    /** Drops an object that the client creates. */
    record Abort(ObjectId id) implements PlasmaRequest {}

    /**
     * Makes an object final.
     *
     * @param id its name
     * @param digest eight bytes, the first one least significant
     */
    record Seal(ObjectId id, long digest) implements PlasmaRequest {}

    /**
     * References objects, waiting for those that are not sealed.
     *
     * @param ids names, also the same one twice
     * @param timeoutMillis -1 waits for ever
     */
    record Get(List<ObjectId> ids, long timeoutMillis) implements PlasmaRequest {
        /** Copies the list. */
        public Get {
            ids = List.copyOf(ids);
        }
    }

    /** Gives the reference to an object back. */
    record Release(ObjectId id) implements PlasmaRequest {}

    /** Deletes objects, now or when nobody uses them any more. */
    record Delete(List<ObjectId> ids) implements PlasmaRequest {
        /** Copies the list. */
        public Delete {
            ids = List.copyOf(ids);
        }
    }

    /** Asks whether an object is there and sealed. */
    record Contains(ObjectId id) implements PlasmaRequest {}

    /** Asks for all objects. */
    record ListObjects() implements PlasmaRequest {}

    /**
     * Evicts objects.
     *
     * @param bytes at least so many; negative stands for 2^63 and more
     */
    record Evict(long bytes) implements PlasmaRequest {}

    /** Asks for notifications; one byte with the socket for them follows. */
    record Subscribe() implements PlasmaRequest {}

    /**
     * Names the client and sets memory aside for it.
     *
     * @param clientName for people
     * @param quotaBytes memory for what it creates
     */
    record SetOptions(String clientName, long quotaBytes) implements PlasmaRequest {}

    /** Asks for a text about the state of the store. */
    record GetDebugString() implements PlasmaRequest {}

    /** Makes objects the youngest candidates for eviction. */
    record RefreshLru(List<ObjectId> ids) implements PlasmaRequest {
        /** Copies the list. */
        public RefreshLru {
            ids = List.copyOf(ids);
        }
    }
}
