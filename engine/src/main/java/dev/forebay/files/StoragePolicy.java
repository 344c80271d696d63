package dev.forebay.files;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where the owner of a file or directory wishes the blocks below it to lie: the fixed suite of HDFS
 * (BlockStoragePolicySuite.java), in the order of its numbers. A node has one kind of storage, so
 * that a policy is kept and told, and counts for quotas by storage type, and moves nothing.
 */
public enum StoragePolicy {
    /** One copy in a store of others. */
    PROVIDED(1),
    /** For what is hardly read. */
    COLD(2),
    /** For what is read less and less. */
    WARM(5),
    /** What holds where there is no policy. */
    HOT(7),
    /** One copy on flash. */
    ONE_SSD(10),
    /** All on flash. */
    ALL_SSD(12),
    /** All in durable memory. */
    ALL_NVDIMM(14),
    /** Memory first; a file has it from its creation on or never. */
    LAZY_PERSIST(15);

    private final int id;

    StoragePolicy(int id) {
        this.id = id;
    }

    /**
     * What takes the place of a kind of storage that is full or missing.
     *
     * @param creation for new blocks
     * @param replication for copies of blocks that are there
     */
    public record Fallbacks(List<StorageType> creation, List<StorageType> replication) {
        /** Copies the lists. */
        public Fallbacks {
            creation = List.copyOf(creation);
            replication = List.copyOf(replication);
        }

        private Fallbacks(List<StorageType> both) {
            this(both, both);
        }
    }

    /** The policy with a number; empty for any other number. */
    public static Optional<StoragePolicy> find(int id) {
        return Arrays.stream(values()).filter(policy -> policy.id == id).findFirst();
    }

    /** The policy with a name, in any case; empty for any other. */
    public static Optional<StoragePolicy> find(String name) {
        String wanted = name.toUpperCase(Locale.ROOT);
        return Arrays.stream(values()).filter(policy -> policy.name().equals(wanted)).findFirst();
    }

    /** Its number in the protocol and on disk, 1 to 15. */
    public int id() {
        return id;
    }

    /** Where the first copy lies, the second, and so on; further ones where the last does. */
    public List<StorageType> types() {
        return switch (this) {
            case PROVIDED -> List.of(StorageType.PROVIDED, StorageType.DISK);
            case COLD -> List.of(StorageType.ARCHIVE);
            case WARM -> List.of(StorageType.DISK, StorageType.ARCHIVE);
            case HOT -> List.of(StorageType.DISK);
            case ONE_SSD -> List.of(StorageType.SSD, StorageType.DISK);
            case ALL_SSD -> List.of(StorageType.SSD);
            case ALL_NVDIMM -> List.of(StorageType.NVDIMM);
            case LAZY_PERSIST -> List.of(StorageType.RAM_DISK, StorageType.DISK);
        };
    }

    /** What takes the place of a kind of storage that is full or missing. */
    public Fallbacks fallbacks() {
        return switch (this) {
            case PROVIDED, WARM, ONE_SSD -> new Fallbacks(types());
            case COLD -> new Fallbacks(List.of());
            case HOT -> new Fallbacks(List.of(), List.of(StorageType.ARCHIVE));
            case ALL_SSD, ALL_NVDIMM, LAZY_PERSIST -> new Fallbacks(List.of(StorageType.DISK));
        };
    }

    /** Whether a file takes it over when it is made, and keeps it whatever its directory gets. */
    public boolean copiedOnCreate() {
        return this == LAZY_PERSIST;
    }

    /**
     * Where the copies of a block lie that quotas count.
     *
     * @param replication copies, 1 or more
     * @return how many copies each kind of storage has; none of them is in memory
     */
    public Map<StorageType, Integer> placed(int replication) {
        List<StorageType> counted = types().stream().filter(StorageType::counted).toList();
        Map<StorageType, Integer> placed = new EnumMap<>(StorageType.class);
        int single = Math.min(replication, counted.size());
        counted.subList(0, single).forEach(type -> placed.put(type, 1));
        placed.merge(counted.getLast(), replication - single, Integer::sum);
        placed.values().removeIf(copies -> copies == 0);
        return placed;
    }

    /** As a NameNode writes it in its messages (BlockStoragePolicy.java). */
    @Override
    public String toString() {
        return "BlockStoragePolicy{"
                + name()
                + ":"
                + id
                + ", storageTypes="
                + types()
                + ", creationFallbacks="
                + fallbacks().creation()
                + ", replicationFallbacks="
                + fallbacks().replication()
                + "}";
    }
}
