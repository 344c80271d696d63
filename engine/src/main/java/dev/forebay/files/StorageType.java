package dev.forebay.files;

/**
 * A kind of storage that a {@link StoragePolicy} wishes for. A node has one, whatever is wished.
 */
public enum StorageType {
    /** Memory; what lies there is not counted. */
    RAM_DISK,
    /** Flash. */
    SSD,
    /** Disks, where no policy wishes for anything else. */
    DISK,
    /** Slow and dense disks. */
    ARCHIVE,
    /** Stores of others. */
    PROVIDED,
    /** Memory that is durable. */
    NVDIMM;

    /** Whether quotas can limit it. */
    public boolean counted() {
        return this != RAM_DISK;
    }
}
