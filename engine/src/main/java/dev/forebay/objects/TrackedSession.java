package dev.forebay.objects;

import dev.forebay.base.ObjectId;
import dev.forebay.base.Principal;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** A session and what the table knows of it. Fields change only under the lock of the table. */
final class TrackedSession implements ObjectSession {
    private final ObjectTable table;
    final Principal caller;
    final Set<TrackedObject> references = identitySet();

    /** Objects that it creates and has not sealed. */
    final Set<TrackedObject> creating = identitySet();

    final Set<TrackedWait> waits = identitySet();

    /** What it has set aside for itself. */
    @Nullable Quota reserved;

    boolean closed;

    TrackedSession(ObjectTable table, Principal caller) {
        this.table = table;
        this.caller = caller;
    }

    SessionStatus status() {
        long bytes = references.stream().mapToLong(TrackedObject::length).sum();
        return new SessionStatus(caller.user(), caller.origin(), references.size(), bytes);
    }

    private static <T> Set<T> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    @Override
    public ObjectView create(Request request) {
        return new ObjectMaking(table).create(this, request);
    }

    @Override
    public void seal(ObjectId id, long digest) {
        table.seal(this, id, digest);
    }

    @Override
    public void createAndSeal(List<ObjectContent> contents) {
        new ObjectMaking(table).createAndSeal(this, contents);
    }

    @Override
    public boolean abort(ObjectId id) {
        return table.abort(this, id);
    }

    @Override
    public ObjectWait get(List<ObjectId> ids, Runnable ready) {
        return table.get(this, ids, ready);
    }

    @Override
    public boolean release(ObjectId id) {
        return table.release(this, id);
    }

    @Override
    public Deletion delete(ObjectId id) {
        return table.delete(id);
    }

    @Override
    public boolean contains(ObjectId id) {
        return table.contains(id);
    }

    @Override
    public void refresh(List<ObjectId> ids) {
        table.refresh(ids);
    }

    @Override
    public void reserve(long bytes) {
        table.reserve(this, bytes);
    }

    @Override
    public void close() {
        table.close(this);
    }
}
