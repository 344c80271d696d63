package dev.forebay.objects;

import dev.forebay.arena.Arena;
import dev.forebay.arena.Resident;
import dev.forebay.base.ObjectId;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.OutOfSpace;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Moves objects that nobody references to disk when memory is short, and back when somebody asks.
 *
 * <p>One object moves at a time, without the lock of the table; that is taken inside the lock here,
 * never the other way round. While an object moves out it is as usable as ever: if anybody has
 * touched it by then, it stays.
 */
final class Spilling {
    private static final Logger LOG = LoggerFactory.getLogger(Spilling.class);

    private final ObjectTable table;
    private final Arena arena;
    private final SpillFolder folder;
    private final ReentrantLock moving = new ReentrantLock();

    Spilling(ObjectTable table, Arena arena, SpillFolder folder) {
        this.table = table;
        this.arena = arena;
        this.folder = folder;
    }

    /** Bytes on disk. */
    long bytes() {
        return folder.bytes();
    }

    /**
     * Allocates memory for an object, moving others to disk if need be.
     *
     * @throws OutOfSpace when there is no room even so
     */
    Resident allocate(TrackedObject object) {
        while (true) {
            try {
                return table.allocateOnce(object);
            } catch (OutOfSpace e) {
                if (object.length() > arena.capacity() || moveOut(missing(object)) < 0) {
                    throw e;
                }
            }
        }
    }

    private long missing(TrackedObject object) {
        long free = arena.capacity() - arena.statistics().pinned();
        return Math.max(1, object.length() - free);
    }

    /**
     * Moves the longest unused objects to disk until so many bytes are gone or none is left.
     *
     * @return bytes that went; -1 when there was no object to move
     */
    long moveOut(long bytes) {
        moving.lock();
        try {
            long sum = -1;
            while (sum < bytes) {
                Optional<TrackedObject> oldest = table.takeOldestIdle(this);
                if (oldest.isEmpty()) {
                    break;
                }
                sum = Math.max(sum, 0) + moveOne(oldest.get());
            }
            return sum;
        } finally {
            moving.unlock();
        }
    }

    private long moveOne(TrackedObject object) {
        Resident memory = object.resident();
        boolean written = false;
        try {
            object.checksum = folder.write(object.id(), memory.segment());
            written = true;
            if (table.moved(object)) {
                return object.length();
            }
            folder.delete(object.id(), object.length());
            return 0;
        } catch (ForebayException e) {
            LOG.error("an object could not be moved to disk id={}", object.id(), e);
            throw new OutOfSpace("an object could not be moved to disk", object.id(), e);
        } finally {
            memory.release(this);
            if (!written) {
                table.keepIdle(object);
            }
        }
    }

    /** Brings an object back if it is on disk; does nothing when there is no room for it. */
    void moveIn(ObjectId id) {
        moving.lock();
        try {
            Optional<TrackedObject> found = table.findSpilled(id);
            if (found.isPresent()) {
                moveIn(found.get());
            }
        } finally {
            moving.unlock();
        }
    }

    private void moveIn(TrackedObject object) {
        Resident memory;
        try {
            memory = allocate(object);
        } catch (OutOfSpace e) {
            LOG.debug("no room for a spilled object id={}", object.id(), e);
            return;
        }
        boolean back = false;
        try {
            folder.read(object.id(), memory.segment(), object.checksum);
            back = table.movedBack(object, memory);
            if (back) {
                forget(object);
            }
        } catch (ForebayException e) {
            LOG.error("a spilled object is lost id={}", object.id(), e);
            table.loseSpilled(object);
        } finally {
            if (!back) {
                memory.release(object);
            }
        }
    }

    /** Deletes what is on disk of an object that is gone, or back in memory. */
    void forget(TrackedObject object) {
        folder.delete(object.id(), object.length());
    }
}
