package dev.forebay.meta;

import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.InvalidState;
import dev.forebay.meta.WriteSet.Change;

import java.util.Optional;

/**
 * Buffers its writes, locks before it reads or writes a row on purpose, and shows the storage with
 * its own writes on top.
 */
final class LockingTransaction implements Transaction {
    private final Storage storage;
    private final LockTable locks;
    private final LockOwner owner;
    private final WriteSet writes = new WriteSet();
    private final Scope scope = new Scope();
    private boolean scanning;

    LockingTransaction(Storage storage, LockTable locks, LockOwner owner) {
        this.storage = storage;
        this.locks = locks;
        this.owner = owner;
    }

    @Override
    public Optional<byte[]> get(Space space, byte[] key) {
        scope.check();
        Optional<Change> own = writes.find(space, key);
        return own.isPresent()
                ? own.get().value().map(byte[]::clone)
                : storage.latest().get(space, key);
    }

    @Override
    public void scan(Space space, KeyRange range, Visitor visitor) {
        scope.check();
        var changes = writes.changes(space, range);
        boolean outer = !scanning;
        scanning = true;
        try {
            if (changes.isEmpty()) {
                storage.latest().scan(space, range, visitor);
            } else {
                var merging = new MergingVisitor(changes, visitor);
                storage.latest().scan(space, range, merging);
                merging.finish();
            }
        } finally {
            scanning = !outer;
        }
    }

    @Override
    public Optional<byte[]> getForShare(Space space, byte[] key) {
        return lockAndGet(space, key, LockMode.SHARED);
    }

    @Override
    public Optional<byte[]> getForUpdate(Space space, byte[] key) {
        return lockAndGet(space, key, LockMode.EXCLUSIVE);
    }

    private Optional<byte[]> lockAndGet(Space space, byte[] key, LockMode mode) {
        lock(space, key, mode);
        return get(space, key);
    }

    private void lock(Space space, byte[] key, LockMode mode) {
        scope.check();
        storage.require(space);
        if (key.length > WriteSet.KEY_LENGTH_MAX) {
            throw new Invalid("a key is too long", key.length);
        }
        locks.lock(owner, new RowKey(space, key), mode);
    }

    private void lockToWrite(Space space, byte[] key) {
        if (scanning) {
            throw new InvalidState("a visitor of a scan must not write", space.name());
        }
        lock(space, key, LockMode.EXCLUSIVE);
    }

    @Override
    public void put(Space space, byte[] key, byte[] value) {
        lockToWrite(space, key);
        writes.put(space, key, value);
    }

    @Override
    public void delete(Space space, byte[] key) {
        lockToWrite(space, key);
        writes.delete(space, key);
    }

    @Override
    public boolean insert(Space space, byte[] key, byte[] value) {
        lockToWrite(space, key);
        if (get(space, key).isPresent()) {
            return false;
        }
        writes.put(space, key, value);
        return true;
    }

    /** Ends the use of this object by the work; the writes stay. */
    WriteSet end() {
        scope.end();
        return writes;
    }
}
