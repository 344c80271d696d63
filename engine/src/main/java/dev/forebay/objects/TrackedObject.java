package dev.forebay.objects;

import dev.forebay.arena.Resident;
import dev.forebay.base.ObjectId;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;

/**
 * An object and what the table knows of it. Fields change only under the lock of the table. It
 * holds its resident exactly while it is unsealed or has a reference.
 */
final class TrackedObject implements ObjectView {
    private final ObjectId id;
    private final long dataLength;
    private final long metadataLength;
    private final long createdMillis;
    private @Nullable Resident resident;

    /** Who creates it; nobody else may seal or abort it. None for lent memory. */
    final @Nullable TrackedSession creator;

    /** What its bytes count against, besides the capacity. */
    @Nullable Quota quota;

    long constructMillis = -1;
    boolean sealed;
    boolean deletePending;

    /** Whether it holds its resident. */
    boolean held = true;

    int references;

    /** Whether it is on disk and not in memory. */
    boolean spilled;

    /** Of the bytes on disk. */
    long checksum;

    // Read without the lock by those who hold the object.
    volatile long digest;

    TrackedObject(ObjectSession.Request request, TrackedSession creator, long createdMillis) {
        this.id = request.id();
        this.dataLength = request.dataLength();
        this.metadataLength = request.metadataLength();
        this.creator = creator;
        this.createdMillis = createdMillis;
    }

    /** Memory that belongs to somebody else, and is only lent. */
    static TrackedObject lent(ObjectId id, Resident memory, long nowMillis) {
        TrackedObject object = new TrackedObject(id, memory.length(), nowMillis);
        object.resident = memory;
        object.sealed = true;
        object.held = false;
        object.constructMillis = 0;
        return object;
    }

    private TrackedObject(ObjectId id, long length, long createdMillis) {
        this.id = id;
        this.dataLength = length;
        this.metadataLength = 0;
        this.creator = null;
        this.createdMillis = createdMillis;
    }

    /** Whether its memory is only lent, and goes back to its owner. */
    boolean lent() {
        return creator == null;
    }

    /** Whether the owner of lent memory has given it up, and nobody holds it. */
    boolean vanished() {
        return lent() && !held && !resident().available();
    }

    /** Bytes of data and metadata. */
    long length() {
        return dataLength + metadataLength;
    }

    /** Gives it its memory, which it holds already. */
    void place(Resident memory) {
        resident = memory;
    }

    /** Whether it has its bytes somewhere; one that has not is only a name that is taken. */
    boolean placed() {
        return resident != null || spilled;
    }

    /** Takes its memory away, since the bytes are on disk. */
    Resident spill() {
        Resident memory = resident();
        resident = null;
        spilled = true;
        return memory;
    }

    Resident resident() {
        Resident memory = resident;
        if (memory == null) {
            throw new IllegalStateException("an object without memory");
        }
        return memory;
    }

    /** Whether nobody needs it. */
    boolean idle() {
        return sealed && references == 0;
    }

    void seal(long newDigest, long nowMillis) {
        resident().seal();
        digest = newDigest;
        constructMillis = Math.max(0, nowMillis - createdMillis);
        sealed = true;
    }

    ObjectStatus status() {
        return new ObjectStatus(
                id,
                dataLength,
                metadataLength,
                references,
                createdMillis,
                constructMillis,
                state(),
                digest);
    }

    private ObjectStatus.State state() {
        if (spilled) {
            return ObjectStatus.State.SPILLED;
        }
        return sealed ? ObjectStatus.State.SEALED : ObjectStatus.State.CREATED;
    }

    @Override
    public ObjectId id() {
        return id;
    }

    @Override
    public long offset() {
        return resident().offset();
    }

    @Override
    public long dataLength() {
        return dataLength;
    }

    @Override
    public long metadataLength() {
        return metadataLength;
    }

    @Override
    public long digest() {
        return digest;
    }

    @Override
    public MemorySegment data() {
        return resident().segment().asSlice(0, dataLength);
    }

    @Override
    public MemorySegment metadata() {
        return resident().segment().asSlice(dataLength, metadataLength);
    }
}
