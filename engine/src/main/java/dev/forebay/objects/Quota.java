package dev.forebay.objects;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What some sessions may take, and the objects that count against it. Not safe for use by several
 * threads.
 */
final class Quota {
    private final long limit;
    private final boolean reserved;
    private final Set<TrackedObject> objects = new LinkedHashSet<>();
    private long used;

    /**
     * Makes one with nothing in it.
     *
     * @param limit bytes
     * @param reserved whether others cannot evict these objects, and those in use leave the quota
     *     when it is full
     */
    Quota(long limit, boolean reserved) {
        this.limit = limit;
        this.reserved = reserved;
    }

    long limit() {
        return limit;
    }

    /** Whether so many bytes more fit. */
    boolean fits(long bytes) {
        return bytes <= limit - used;
    }

    /** Whether so many bytes can fit once what may leave has left. */
    boolean canFit(long bytes) {
        if (bytes > limit) {
            return false;
        }
        if (reserved || fits(bytes)) {
            return true;
        }
        long idle = 0;
        for (TrackedObject object : objects) {
            idle += object.idle() ? object.length() : 0;
        }
        return bytes <= limit - used + idle;
    }

    /** Its objects, those released longest ago first. */
    List<TrackedObject> oldestFirst() {
        return new ArrayList<>(objects);
    }

    /** Whether an object in use may leave. */
    boolean letsGo() {
        return reserved;
    }

    void add(TrackedObject object) {
        objects.add(object);
        used += object.length();
        object.quota = this;
    }

    /** Keeps others from evicting an object that has its memory. */
    void settle(TrackedObject object) {
        if (reserved) {
            object.resident().pin();
        }
    }

    void remove(TrackedObject object) {
        if (objects.remove(object)) {
            used -= object.length();
            object.quota = null;
            if (reserved && object.placed()) {
                object.resident().unpin();
            }
        }
    }

    /** Makes an object the youngest. */
    void touch(TrackedObject object) {
        objects.remove(object);
        objects.add(object);
    }
}
