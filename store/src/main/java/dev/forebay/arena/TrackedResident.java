package dev.forebay.arena;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** A resident and what the table knows of it. Fields change only under the lock of the table. */
final class TrackedResident implements Resident, Range.Owner {
    private final ResidentTable table;
    private final Arena.Kind kind;
    private final Runnable onEvict;
    private final long offset;
    private final long lengthMax;

    final Holders holders = new Holders();
    Range range;
    int pins;
    boolean freed;
    boolean gone;

    // Read without the lock by those who hold the resident.
    volatile long length;
    volatile boolean sealed;

    private boolean queued;
    private @Nullable TrackedResident older;
    private @Nullable TrackedResident younger;

    TrackedResident(ResidentTable table, Arena.Request request, Range range, Runnable onEvict) {
        this.table = table;
        this.kind = request.kind();
        this.length = request.length();
        this.lengthMax = request.lengthMax();
        this.range = range;
        this.offset = range.offset;
        this.onEvict = onEvict;
    }

    long lengthMax() {
        return lengthMax;
    }

    Runnable onEvict() {
        return onEvict;
    }

    /** Whether it is in the order of eviction. */
    @Override
    public boolean evictable() {
        return queued;
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public Arena.Kind kind() {
        return kind;
    }

    @Override
    public MemorySegment segment() {
        return table.slice(offset, length);
    }

    @Override
    public void extend(long length) {
        table.extend(this, length);
    }

    @Override
    public void seal() {
        table.seal(this);
    }

    @Override
    public boolean sealed() {
        return sealed;
    }

    @Override
    public boolean hold(Object holder) {
        return table.hold(this, holder);
    }

    @Override
    public void release(Object holder) {
        table.release(this, holder);
    }

    @Override
    public boolean available() {
        return table.available(this);
    }

    @Override
    public int holders() {
        return table.holders(this);
    }

    @Override
    public void pin() {
        table.pin(this);
    }

    @Override
    public void unpin() {
        table.unpin(this);
    }

    @Override
    public void touch() {
        table.touch(this);
    }

    @Override
    public void free() {
        table.free(this);
    }

    @Override
    public String toString() {
        return "resident kind=" + kind + " offset=" + offset + " length=" + length;
    }

    /** Candidates of one kind for eviction, oldest first. */
    static final class Queue {
        private @Nullable TrackedResident oldest;
        private @Nullable TrackedResident youngest;

        Optional<TrackedResident> oldest() {
            return Optional.ofNullable(oldest);
        }

        void add(TrackedResident resident) {
            assert !resident.queued;
            resident.queued = true;
            resident.older = youngest;
            if (youngest == null) {
                oldest = resident;
            } else {
                youngest.younger = resident;
            }
            youngest = resident;
        }

        void remove(TrackedResident resident) {
            assert resident.queued;
            resident.queued = false;
            TrackedResident before = resident.older;
            TrackedResident after = resident.younger;
            if (before == null) {
                oldest = after;
            } else {
                before.younger = after;
            }
            if (after == null) {
                youngest = before;
            } else {
                after.older = before;
            }
            resident.older = null;
            resident.younger = null;
        }
    }
}
