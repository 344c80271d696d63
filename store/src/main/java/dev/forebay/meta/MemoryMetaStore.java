package dev.forebay.meta;

import dev.forebay.base.Clock;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A {@link MetaStore} that forgets everything when it is closed. Same rules as the one on disk but
 * for durability.
 */
public final class MemoryMetaStore implements MetaStore {
    private final LockingMetaStore store;

    /**
     * Creates an empty store.
     *
     * @param spaces all spaces that will be used; others are refused with {@link
     *     dev.forebay.base.error.Invalid}
     * @param clock for pauses between the tries of a transaction
     */
    public MemoryMetaStore(List<Space> spaces, Clock clock) {
        store = new LockingMetaStore(new MemoryStorage(Space.distinct(spaces)), clock);
    }

    @Override
    public <T> T read(Function<Reader, T> work) {
        return store.read(work);
    }

    @Override
    public <T> T transact(Function<Transaction, T> work) {
        return store.transact(work);
    }

    @Override
    public Map<String, Long> statistics() {
        return store.statistics();
    }

    @Override
    public void close() {
        store.close();
    }
}
