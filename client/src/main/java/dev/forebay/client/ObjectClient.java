package dev.forebay.client;

import dev.forebay.base.ObjectId;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Objects in shared memory. Safe for use by many threads; over a socket they take turns, also
 * behind a {@link #get} that waits.
 *
 * <p>What a client references stays in memory until the handles are closed, or the client is.
 * Errors of all methods, besides those named: {@link ObjectsException.Unavailable} when the store
 * cannot be reached, or the client is closed.
 */
public interface ObjectClient extends AutoCloseable {
    /**
     * Connects to a store: a Forebay node, or a {@code plasma_store}.
     *
     * @param socket path of its socket
     * @throws ObjectsException.Unavailable when nobody answers there
     * @throws ObjectsException.InvalidArgument for a path of over 107 bytes
     */
    static ObjectClient connect(Path socket) {
        return new CountedObjects(PlasmaCalls.connect(socket));
    }

    /** Where the store is: the path of its socket, or {@code embedded}. */
    String endpoint();

    /** Bytes of data and metadata that all objects may take together. */
    long capacity();

    /**
     * Makes an object to be written in place; nobody sees it before {@link ObjectBuilder#seal}.
     *
     * @param dataLength bytes, 0 or more
     * @param metadata copied at once
     * @throws ObjectsException.ObjectExists when there is one of this name, sealed or not
     * @throws ObjectsException.StoreFull when it does not fit
     */
    ObjectBuilder create(ObjectId id, long dataLength, byte[] metadata);

    /** Makes an object without metadata to be written in place. */
    default ObjectBuilder create(ObjectId id, long dataLength) {
        return create(id, dataLength, new byte[0]);
    }

    /**
     * Stores a whole object. Large ones are copied by several threads.
     *
     * @throws ObjectsException.ObjectExists when there is one of this name, sealed or not
     * @throws ObjectsException.StoreFull when it does not fit
     */
    void createAndSeal(ObjectContent content);

    /**
     * Stores whole objects, all or none, and tells subscribers at once.
     *
     * @param contents together at most 1 GiB over a socket
     * @throws ObjectsException.ObjectExists when there is one of these names, sealed or not
     * @throws ObjectsException.StoreFull when they do not fit
     */
    void createAndSeal(List<ObjectContent> contents);

    /**
     * References sealed objects, waiting for them if need be.
     *
     * @param ids names; the same one may be given twice
     * @param timeout how long to wait, zero for not at all
     * @return one for each name in the same order; empty for one that did not come in time
     */
    List<Optional<ObjectHandle>> get(List<ObjectId> ids, Duration timeout);

    /** References one object that is there, without waiting. */
    default Optional<ObjectHandle> find(ObjectId id) {
        return get(List.of(id), Duration.ZERO).getFirst();
    }

    /** Whether there is a sealed object of this name. */
    boolean contains(ObjectId id);

    /**
     * The digest of an object, computed here: XXH64 of data and metadata as Plasma clients do it.
     *
     * @return 8 bytes; empty when the object is not there
     */
    Optional<byte[]> hash(ObjectId id);

    /** All objects, in no order, also those that are being written. */
    List<ObjectInfo> list();

    /**
     * Deletes objects: those in use once they are released, unsealed ones once they are sealed and
     * released. Names of no object are ignored.
     */
    void delete(List<ObjectId> ids);

    /** Deletes an object. */
    default void delete(ObjectId id) {
        delete(List.of(id));
    }

    /**
     * Evicts least recently used objects that nobody references, until at least so many bytes are
     * gone or none is left.
     *
     * @return bytes that went
     */
    long evict(long bytes);

    /** Makes those of the objects that nobody references the last to be evicted. */
    void refresh(List<ObjectId> ids);

    /**
     * Names this client, and sets memory aside for what it creates; once.
     *
     * @throws ObjectsException.StoreFull when so much cannot be set aside, or some was before
     */
    void reserve(String clientName, long bytes);

    /** What the store says about itself, for people. */
    String debugText();

    /** Hears of every object that is sealed now, then of every one that is sealed or goes. */
    ObjectEvents subscribe();

    /**
     * This client with an optional power.
     *
     * @throws ObjectsException.InvalidArgument when it has not that power; names both
     */
    default <T> T as(Class<T> power) {
        if (power.isInstance(this)) {
            return power.cast(this);
        }
        throw new ObjectsException.InvalidArgument(
                "this client is no " + power.getSimpleName(), endpoint());
    }

    /**
     * Releases everything and drops what is not sealed. The memory of handles stays readable, but
     * may be used for other objects.
     */
    @Override
    void close();

    /**
     * A whole object to store.
     *
     * @param id its name
     * @param data read during the call only
     * @param metadata read during the call only
     */
    record ObjectContent(ObjectId id, MemorySegment data, MemorySegment metadata) {
        /** An object without metadata. */
        public static ObjectContent of(ObjectId id, byte[] data) {
            return new ObjectContent(
                    id, MemorySegment.ofArray(data), MemorySegment.ofArray(new byte[0]));
        }
    }
}
