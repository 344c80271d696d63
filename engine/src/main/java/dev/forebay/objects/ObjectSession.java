package dev.forebay.objects;

import dev.forebay.base.ObjectId;

import java.util.List;

/**
 * One client. It references an object at most once, however often it asks for it. Threads may share
 * a session.
 */
public interface ObjectSession extends AutoCloseable {
    /** What to create. */
    record Request(ObjectId id, long dataLength, long metadataLength) {}

    /** What became of a delete. */
    enum Deletion {
        /** It is gone. */
        DONE,
        /** There is no such object. */
        NOT_FOUND,
        /** It goes once it is sealed and released. */
        NOT_SEALED,
        /** It goes with its last reference. */
        IN_USE
    }

    /**
     * Makes an unsealed object, referenced by this session, evicting others if need be.
     *
     * @return where to write it
     * @throws dev.forebay.base.error.AlreadyExists when there is one of this name in any state
     * @throws dev.forebay.base.error.OutOfSpace when it does not fit even after eviction; then
     *     nothing was evicted
     * @throws dev.forebay.base.error.QuotaExceeded when it does not fit the quota
     * @throws dev.forebay.base.error.Invalid when a length is negative or the sum too large
     */
    ObjectView create(Request request);

    /**
     * Makes an object final, and serves those who wait for it. The reference stays. Sealing again
     * does nothing.
     *
     * @param digest kept and handed out, never checked
     * @throws dev.forebay.base.error.NotFound when there is no such object, or another session
     *     creates it
     */
    void seal(ObjectId id, long digest);

    /**
     * Stores whole objects, all or none; nobody references them afterwards.
     *
     * @throws dev.forebay.base.error.AlreadyExists when one of them is there already
     * @throws dev.forebay.base.error.OutOfSpace when they do not fit even after eviction
     * @throws dev.forebay.base.error.QuotaExceeded when they do not fit the quota
     */
    void createAndSeal(List<ObjectContent> contents);

    /**
     * Drops an unsealed object that this session creates.
     *
     * @return false, and nothing happens, when there is none
     */
    boolean abort(ObjectId id);

    /**
     * References objects, now or when they are sealed. The same name may be given twice.
     *
     * @param ready called once when the last of them comes after this call returned, by the thread
     *     that sealed it and without any lock; never when the wait was ended before
     */
    ObjectWait get(List<ObjectId> ids, Runnable ready);

    /**
     * Gives the reference back. The last one makes the object the youngest candidate for eviction,
     * or ends it if it was deleted.
     *
     * @return false, and nothing happens, when this session has none
     */
    boolean release(ObjectId id);

    /** Deletes an object, now or as soon as nobody needs it. */
    Deletion delete(ObjectId id);

    /** Whether there is a sealed object of this name. */
    boolean contains(ObjectId id);

    /** Makes those of the objects that may be evicted the youngest candidates. */
    void refresh(List<ObjectId> ids);

    /**
     * Sets aside a part of the capacity for what this session creates, once. Objects within it are
     * evicted only by others of this session.
     *
     * @param bytes 0 or more; 0 asks for nothing
     * @throws dev.forebay.base.error.QuotaExceeded when less than 30 % of the capacity would be
     *     left for all, or when it was called before
     */
    void reserve(long bytes);

    /**
     * Ends the session: its waits end, its unsealed objects vanish, its references are released.
     * Again does nothing.
     */
    @Override
    void close();
}
