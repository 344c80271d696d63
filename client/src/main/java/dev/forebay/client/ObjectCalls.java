package dev.forebay.client;

import dev.forebay.base.ObjectId;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The calls of one connection to a store, for those who implement clients; programs use {@link
 * ObjectClient}. A connection references an object at most once, however often it asks for it.
 * Errors are those of {@link ObjectClient}.
 */
public interface ObjectCalls extends AutoCloseable {
    /** Where the store is. */
    String endpoint();

    /** Bytes of data and metadata that all objects may take together. */
    long capacity();

    /** Makes an object, referenced by this connection; answers where to write it. */
    Place create(ObjectId id, long dataLength, long metadataLength);

    /** Makes an object of this connection final. */
    void seal(ObjectId id, long digest);

    /** Stores whole objects, all or none, each with its digest; none is referenced afterwards. */
    void createAndSeal(List<ObjectClient.ObjectContent> contents, List<Long> digests);

    /** Drops an unsealed object of this connection. */
    void abort(ObjectId id);

    /**
     * References objects.
     *
     * @param timeoutMillis how long to wait; empty for as long as it takes
     * @return one for each name in the same order
     */
    List<Optional<Place>> get(List<ObjectId> ids, OptionalLong timeoutMillis);

    /** Gives the reference of this connection back; it has one. */
    void release(ObjectId id);

    /** Whether there is a sealed object of this name. */
    boolean contains(ObjectId id);

    /** All objects. */
    List<ObjectInfo> list();

    /** Deletes objects. */
    void delete(List<ObjectId> ids);

    /** Evicts objects; answers the bytes that went. */
    long evict(long bytes);

    /** Makes objects the last to be evicted. */
    void refresh(List<ObjectId> ids);

    /** Names the connection and sets memory aside for it. */
    void reserve(String clientName, long bytes);

    /** What the store says about itself. */
    String debugText();

    /** Hears of objects that are sealed or go. */
    ObjectEvents subscribe();

    /** Ends the connection, and with it its references. */
    @Override
    void close();

    /**
     * Where an object lies.
     *
     * @param data in shared memory
     * @param metadata in shared memory
     */
    record Place(MemorySegment data, MemorySegment metadata) {}
}
