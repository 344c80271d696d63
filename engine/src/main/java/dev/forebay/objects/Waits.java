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

    /** Notes that a get misses an object. */
    void miss(TrackedWait wait, ObjectId id) {
        List<TrackedWait> waiting = byName.computeIfAbsent(id, _ -> new ArrayList<>(1));
        if (waiting.isEmpty() || waiting.getLast() != wait) {
            waiting.add(wait);
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
        for (int index = 0; index < wait.ids.size(); index++) {
            if (!wait.has(index)) {
                forget(wait, wait.ids.get(index));
            }
        }
    }

    private void forget(TrackedWait wait, ObjectId id) {
        List<TrackedWait> waiting = byName.getOrDefault(id, List.of());
        if (!waiting.isEmpty() && waiting.remove(wait) && waiting.isEmpty()) {
            byName.remove(id);
        }
    }
}
