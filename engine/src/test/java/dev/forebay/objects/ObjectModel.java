package dev.forebay.objects;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the objects engine promises, in the fewest words. Ids and sessions are small numbers. */
final class ObjectModel {
    static final class Thing {
        final int length;
        final int creator;
        final Set<Integer> references = new HashSet<>();
        boolean sealed;
        boolean doomed;

        Thing(int length, int creator) {
            this.length = length;
            this.creator = creator;
        }
    }

    final Map<Integer, Thing> things = new HashMap<>();
    private final Set<Integer> idle = new LinkedHashSet<>();
    private final int capacity;

    ObjectModel(int capacity) {
        this.capacity = capacity;
    }

    Thing thing(int id) {
        return Optional.ofNullable(things.get(id)).orElseThrow();
    }

    int used() {
        return things.values().stream().mapToInt(thing -> thing.length).sum();
    }

    /** Makes room, or changes nothing and returns false. */
    boolean makeRoom(int length) {
        int candidates = idle.stream().mapToInt(id -> thing(id).length).sum();
        if (used() - candidates + length > capacity) {
            return false;
        }
        for (int id : List.copyOf(idle)) {
            if (used() + length > capacity) {
                remove(id);
            }
        }
        return true;
    }

    void create(int id, int length, int session) {
        Thing thing = new Thing(length, session);
        thing.references.add(session);
        things.put(id, thing);
    }

    int evict(int bytes) {
        int sum = 0;
        for (int id : List.copyOf(idle)) {
            if (sum < bytes) {
                sum += thing(id).length;
                remove(id);
            }
        }
        return sum;
    }

    void reference(int id, int session) {
        thing(id).references.add(session);
        idle.remove(id);
    }

    boolean release(int id, int session) {
        Thing thing = things.get(id);
        if (thing == null || !thing.references.remove(session)) {
            return false;
        }
        if (thing.references.isEmpty() && thing.sealed) {
            idle.add(id);
            if (thing.doomed) {
                remove(id);
            }
        }
        return true;
    }

    void refresh(int id) {
        if (idle.remove(id)) {
            idle.add(id);
        }
    }

    void remove(int id) {
        idle.remove(id);
        things.remove(id);
    }

    boolean idle(int id) {
        return idle.contains(id);
    }

    void close(int session) {
        for (int id : List.copyOf(things.keySet())) {
            Thing thing = thing(id);
            if (!thing.sealed && thing.creator == session) {
                remove(id);
            } else {
                release(id, session);
            }
        }
    }
}
