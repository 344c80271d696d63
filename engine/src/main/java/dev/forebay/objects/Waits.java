package dev.forebay.objects;

import dev.forebay.base.ObjectId;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gets that miss objects. A wait is listed under each name that it misses, and under no other. Not
 * safe for use by several threads.
 */
final class Waits {
    private final Map<ObjectId, List<TrackedWait>> byName = new HashMap<>();

    /** Notes that a get misses the object at an index of it. */
    void miss(TrackedWait wait, int index) {
        if (wait.miss(index)) {
            byName.computeIfAbsent(wait.ids.get(index), _ -> new ArrayList<>(1)).add(wait);
        }
        wait.session.waits.add(wait);
    }

    /** Takes those who miss an object, which has come. */
    List<TrackedWait> take(ObjectId id) {
        List<TrackedWait> waiting = byName.remove(id);
        return waiting == null ? List.of() : waiting;
    }

    /** Forgets a get that has ended. */
    void forget(TrackedWait wait) {
        if (!wait.session.waits.remove(wait)) {
            return;
        }
        wait.missing().forEach(id -> forget(wait, id));
    }

    private void forget(TrackedWait wait, ObjectId id) {
        List<TrackedWait> waiting = byName.getOrDefault(id, List.of());
        if (!waiting.isEmpty() && waiting.remove(wait) && waiting.isEmpty()) {
            byName.remove(id);
        }
    }
}
