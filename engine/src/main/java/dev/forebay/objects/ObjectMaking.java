package dev.forebay.objects;

import dev.forebay.arena.Resident;
import dev.forebay.objects.ObjectSession.Request;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes objects: takes the name, then the memory, which may take long and for which others may have
 * to go, then shows the object. What fails halfway leaves nothing.
 */
final class ObjectMaking {
    private final ObjectTable table;

    ObjectMaking(ObjectTable table) {
        this.table = table;
    }

    ObjectView create(TrackedSession session, Request request) {
        TrackedObject object = table.take(session, List.of(request)).getFirst();
        boolean made = false;
        try {
            Resident memory = table.allocate(object);
            table.publish(session, object, memory);
            made = true;
            return object;
        } finally {
            if (!made) {
                table.untake(List.of(object));
            }
        }
    }

    void createAndSeal(TrackedSession session, List<ObjectContent> contents) {
        List<Request> requests = contents.stream().map(ObjectMaking::request).toList();
        List<TrackedObject> taken = table.take(session, requests);
        List<Resident> memory = new ArrayList<>();
        boolean made = false;
        try {
            for (int index = 0; index < contents.size(); index++) {
                memory.add(table.allocate(taken.get(index)));
                copy(contents.get(index), memory.getLast().segment());
            }
            table.sealAll(session, contents, taken, memory);
            made = true;
        } finally {
            if (!made) {
                table.untake(taken);
                for (int index = 0; index < memory.size(); index++) {
                    memory.get(index).release(taken.get(index));
                }
            }
        }
    }

    private static Request request(ObjectContent content) {
        return new Request(content.id(), content.data().byteSize(), content.metadata().byteSize());
    }

    private static void copy(ObjectContent content, MemorySegment target) {
        long length = content.data().byteSize();
        MemorySegment.copy(content.data(), 0, target, 0, length);
        MemorySegment.copy(content.metadata(), 0, target, length, content.metadata().byteSize());
    }
}
