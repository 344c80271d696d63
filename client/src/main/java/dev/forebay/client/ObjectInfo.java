package dev.forebay.client;

import dev.forebay.base.ObjectId;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the store knows of an object.
 *
 * @param id its name
 * @param dataLength bytes of data
 * @param metadataLength bytes of metadata
 * @param references number of clients that hold it
 * @param created when it was created, to the second over a socket
 * @param construction time from creation to sealing; empty while it is being written
 * @param state whether it is being written or sealed
 */
public record ObjectInfo(
        ObjectId id,
        long dataLength,
        long metadataLength,
        int references,
        Instant created,
        Optional<Duration> construction,
        State state) {
    /** The states of an object. */
    public enum State {
        /** Its creator writes it. */
        CREATED,
        /** It is final. */
        SEALED
    }
}
