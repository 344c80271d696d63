package dev.forebay.understore;

import dev.forebay.base.Clock;
import dev.forebay.base.DataSize;
import dev.forebay.base.error.Invalid;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Serves {@code memory://name}: one place per name for as long as the factory lives. For tests and
 * for trying things out. Safe for use by many threads.
 */
public final class MemoryUnderStoreFactory implements UnderStoreFactory {
    /** Most places of one factory. */
    private static final int PLACES_MAX = 1_000;

    private final Map<String, MemoryUnderStore> places = new ConcurrentHashMap<>();
    private final Clock clock;
    private final DataSize capacity;

    /**
     * Creates the factory.
     *
     * @param capacity bytes that the files of one place may have together
     */
    public MemoryUnderStoreFactory(Clock clock, DataSize capacity) {
        this.clock = clock;
        this.capacity = capacity;
    }

    @Override
    public Set<String> schemes() {
        return Set.of("memory");
    }

    @Override
    public UnderStore open(String uri, Map<String, String> properties) {
        String prefix = "memory://";
        String name = uri.startsWith(prefix) ? uri.substring(prefix.length()) : "";
        if (name.isEmpty() || name.contains("/")) {
            throw new Invalid("not of the form memory://name", uri);
        }
        if (places.size() >= PLACES_MAX) {
            throw new Invalid("too many memory places", uri);
        }
        return places.computeIfAbsent(uri, key -> new MemoryUnderStore(key, clock, capacity));
    }
}
