package dev.forebay.objects;

import dev.forebay.base.ObjectId;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A get under way. Fields change only under the lock of the table. */
final class TrackedWait implements ObjectWait {
    private final ObjectTable table;
    final TrackedSession session;
    final List<ObjectId> ids;
    final Runnable ready;
    private final @Nullable TrackedObject[] found;
    private final Map<ObjectId, List<Integer>> missing = new HashMap<>();
    private int present;
    private volatile boolean complete;

    TrackedWait(ObjectTable table, TrackedSession session, List<ObjectId> ids, Runnable ready) {
        this.table = table;
        this.session = session;
        this.ids = ids;
        this.ready = ready;
        this.found = new TrackedObject[ids.size()];
        this.complete = ids.isEmpty();
    }

    /** Notes a place whose object is missing; true for the first place of that name. */
    boolean miss(int index) {
        List<Integer> places = missing.computeIfAbsent(ids.get(index), _ -> new ArrayList<>(1));
        places.add(index);
        return places.size() == 1;
    }

    /** The names of the objects that are missing. */
    Set<ObjectId> missing() {
        return missing.keySet();
    }

    /** Fills in an object wherever it was missing. */
    void put(TrackedObject object) {
        List<Integer> places = missing.remove(object.id());
        if (places != null) {
            places.forEach(index -> put(index, object));
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
