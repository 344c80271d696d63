package dev.forebay.client;

import dev.forebay.base.ObjectId;

import java.util.List;
import java.util.Optional;

/** What happens to objects, in order. For one thread at a time; any may close it. */
public interface ObjectEvents extends AutoCloseable {
    /**
     * Waits for the next event.
     *
     * @return empty when there are no more: this or the client was closed, or the store ended
     */
    Optional<ObjectEvent> next();

    /** Ends the events; a thread that waits for one gets none. */
    @Override
    void close();

    /** What happened. */
    sealed interface ObjectEvent {
        /** Objects were sealed: one, or all of a batch. */
        record Sealed(List<SealedObject> objects) implements ObjectEvent {
            /** Copies the list. */
            public Sealed {
                objects = List.copyOf(objects);
            }
        }

        /** An object was deleted or evicted. */
        record Gone(ObjectId id) implements ObjectEvent {}
    }

    /**
     * An object that was sealed.
     *
     * @param id its name
     * @param dataLength bytes of data
     * @param metadataLength bytes of metadata
     */
    record SealedObject(ObjectId id, long dataLength, long metadataLength) {}
}
