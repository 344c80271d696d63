package dev.forebay.files;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Names and bytes, or a change of them.
 *
 * @param names files and directories
 * @param space bytes times replication
 * @param types bytes that storage policies place on each type of storage, as far as they are not 0
 */
record QuotaUsage(long names, long space, Map<StorageType, Long> types) {
    static final QuotaUsage NOTHING = new QuotaUsage(0, 0);

    /** Copies the map. */
    QuotaUsage {
        if (types.containsValue(0L)) {
            Map<StorageType, Long> placed = new EnumMap<>(types);
            placed.values().removeIf(bytes -> bytes == 0);
            types = placed;
        }
        types = Map.copyOf(types);
    }

    /** Of what no storage policy is in force for. */
    QuotaUsage(long names, long space) {
        this(names, space, Map.of());
    }

    /**
     * One inode without what is below it.
     *
     * @param policy the storage policy in force
     */
    static QuotaUsage of(Inode inode, Optional<StoragePolicy> policy) {
        return new QuotaUsage(1, 0).plus(ofBytes(inode, inode.length(), policy));
    }

    /** So many bytes of a file; nothing for a directory. */
    static QuotaUsage ofBytes(Inode inode, long bytes, Optional<StoragePolicy> policy) {
        if (inode.directory()) {
            return NOTHING;
        }
        Map<StorageType, Long> types = new EnumMap<>(StorageType.class);
        int copies = copies(inode);
        policy.ifPresent(
                found ->
                        found.placed(copies)
                                .forEach((type, count) -> types.put(type, count * bytes)));
        return new QuotaUsage(0, bytes * copies, types);
    }

    /** How often a byte of a file counts. */
    static int copies(Inode inode) {
        return Math.max(1, inode.layout().replicationDurable());
    }

    long of(StorageType type) {
        return types.getOrDefault(type, 0L);
    }

    QuotaUsage plus(QuotaUsage other) {
        if (other.types.isEmpty()) {
            return new QuotaUsage(names + other.names, space + other.space, types);
        }
        Map<StorageType, Long> sum = new EnumMap<>(StorageType.class);
        sum.putAll(types);
        other.types.forEach((type, bytes) -> sum.merge(type, bytes, Long::sum));
        return new QuotaUsage(names + other.names, space + other.space, sum);
    }

    QuotaUsage negated() {
        Map<StorageType, Long> less = new EnumMap<>(StorageType.class);
        types.forEach((type, bytes) -> less.put(type, -bytes));
        return new QuotaUsage(-names, -space, less);
    }

    QuotaUsage minus(QuotaUsage other) {
        return plus(other.negated());
    }
}
