package dev.forebay.objects;

import dev.forebay.base.ObjectId;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/** A get under way. Fields change only under the lock of the table. */
final class TrackedWait implements ObjectWait {
    private final ObjectTable table;
    final TrackedSession session;
    final List<ObjectId> ids;
    final Runnable ready;
    private final @Nullable TrackedObject[] found;
    private int present;
    private volatile boolean complete;

    /** Whether the caller went away with some objects missing, so that it wants to be called. */
    boolean waiting;

    boolean ended;

    TrackedWait(ObjectTable table, TrackedSession session, List<ObjectId> ids, Runnable ready) {
        this.table = table;
        this.session = session;
        this.ids = ids;
        this.ready = ready;
        this.found = new TrackedObject[ids.size()];
        this.complete = ids.isEmpty();
    }

    boolean has(int index) {
        return found[index] != null;
    }

    /** Fills in an object wherever it was asked for. */
    void put(TrackedObject object) {
        for (int index = 0; index < found.length; index++) {
            if (found[index] == null && ids.get(index).equals(object.id())) {
                put(index, object);
            }
        }
    }

    /** Fills in an object at one place. */
    void put(int index, TrackedObject object) {
        found[index] = object;
        present++;
        complete = present == found.length;
    }

    @Override
    public boolean complete() {
        return complete;
    }

    @Override
    public void end() {
        table.end(this);
    }

    @Override
    public Optional<ObjectView> find(int index) {
        return Optional.ofNullable(found[index]);
    }
}
