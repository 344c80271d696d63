package dev.forebay.files;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a directory may hold with all below; mounts below are not counted.
 *
 * @param names files and directories, itself included, 0 or more; -1 for any number
 * @param space bytes of all files, each times its replication, 0 or more; -1 for any number
 * @param types bytes that storage policies place on a type of storage, 0 or more; none for any
 *     number
 */
public record Quota(long names, long space, Map<StorageType, Long> types) {
    /** No limit. */
    public static final Quota NONE = new Quota(-1, -1);

    /** Turns every negative number into -1, and leaves out types without a limit. */
    public Quota {
        names = Math.max(names, -1);
        space = Math.max(space, -1);
        Map<StorageType, Long> limits = new EnumMap<>(StorageType.class);
        types.forEach(
                (type, limit) -> {
                    if (limit >= 0) {
                        limits.put(type, limit);
                    }
                });
        types = Map.copyOf(limits);
    }

    /** Without limits for types of storage. */
    public Quota(long names, long space) {
        this(names, space, Map.of());
    }

    /** Bytes allowed on a type of storage; -1 for any number. */
    public long of(StorageType type) {
        return types.getOrDefault(type, -1L);
    }

    /**
     * New limits; what is absent stays, negative numbers take a limit away.
     *
     * @param names files and directories
     * @param space bytes
     * @param types bytes on types of storage
     */
    public record Change(OptionalLong names, OptionalLong space, Map<StorageType, Long> types) {
        /** Copies the map. */
        public Change {
            types = Map.copyOf(types);
        }

        /** Leaves the limits of types of storage as they are. */
        public Change(OptionalLong names, OptionalLong space) {
            this(names, space, Map.of());
        }

        /** Changes the limit of one type of storage. */
        public static Change of(StorageType type, long limit) {
            return new Change(OptionalLong.empty(), OptionalLong.empty(), Map.of(type, limit));
        }

        Quota applied(Quota before) {
            Map<StorageType, Long> limits = new EnumMap<>(StorageType.class);
            limits.putAll(before.types);
            limits.putAll(types);
            return new Quota(names.orElse(before.names), space.orElse(before.space), limits);
        }
    }
}
