package dev.forebay.files;

import dev.forebay.base.BlockId;
import dev.forebay.base.FilePath;
import dev.forebay.base.InodeId;
import dev.forebay.base.PersistenceState;
import dev.forebay.base.TtlAction;

import java.util.List;
import java.util.Optional;

/**
 * What is known of a file or directory at one moment.
 *
 * @param path where it was looked up
 * @param id its inode
 * @param directory whether it is a directory
 * @param length bytes of a file, those flushed while it is being written; for a directory the
 *     number of children known
 * @param access owner, group, mode and ACL
 * @param times creation, modification, access
 * @param ttl time to live
 * @param layout block size, replication and storage policy
 * @param completed false while a file is being written
 * @param pinned whether it is kept in memory, by itself or through a directory above
 * @param persistence how durable it is
 * @param mountPoint whether a mount begins here; false for the root
 * @param mountId 1 for native paths, else the mount's number
 * @param location where it lies in the store below: {@code forebay:///path} for native paths
 * @param fingerprint of the mounted store, empty otherwise
 * @param snapshots whether snapshots of a directory may be made
 * @param blocks in order; empty for directories, empty and incomplete files
 */
public record FileStatus(
        FilePath path,
        InodeId id,
        boolean directory,
        long length,
        Access access,
        Times times,
        Ttl ttl,
        Layout layout,
        boolean completed,
        boolean pinned,
        PersistenceState persistence,
        boolean mountPoint,
        long mountId,
        String location,
        String fingerprint,
        boolean snapshots,
        List<Block> blocks) {
    /** Copies the blocks. */
    public FileStatus {
        blocks = List.copyOf(blocks);
    }

    /** Bytes of this file that are in memory now. */
    public long lengthInMemory() {
        return blocks.stream().filter(Block::inMemory).mapToLong(Block::length).sum();
    }

    /**
     * Who may do what.
     *
     * @param owner user name
     * @param group group name
     * @param mode permission bits 0 to 07777; its middle part is the mask of an ACL that has one
     * @param acl what the access control list has beyond these
     */
    public record Access(String owner, String group, int mode, Acl acl) {
        /** Owner, group and mode alone. */
        public Access(String owner, String group, int mode) {
            this(owner, group, mode, Acl.NONE);
        }

        /** Whether, in a directory, only owners remove and rename. */
        public boolean sticky() {
            return (mode & Permissions.STICKY) != 0;
        }
    }

    /**
     * Times in milliseconds since 1970.
     *
     * @param created when it was made
     * @param modified completion of a file, last change of children of a directory
     * @param accessed last opened for reading, kept to the hour
     */
    public record Times(long created, long modified, long accessed) {}

    /**
     * Time to live.
     *
     * @param millis counted from creation; -1 for none
     * @param action what happens then
     */
    public record Ttl(long millis, TtlAction action) {
        /** No time to live. */
        public static final Ttl NONE = new Ttl(-1, TtlAction.FREE);

        /** Turns every negative time into -1. */
        public Ttl {
            millis = Math.max(millis, -1);
        }
    }

    /**
     * Stored wishes about blocks.
     *
     * @param blockSize bytes, 0 for directories
     * @param replicationMin copies kept in memory at least; a stored value
     * @param replicationMax copies kept in memory at most, -1 for any; a stored value
     * @param replicationDurable copies at close; a stored value
     * @param policy where blocks should lie: its own, or, of what was looked up by its path, that
     *     of the nearest directory above; a stored value
     */
    public record Layout(
            long blockSize,
            int replicationMin,
            int replicationMax,
            int replicationDurable,
            Optional<StoragePolicy> policy) {
        /** Without a storage policy. */
        public Layout(
                long blockSize, int replicationMin, int replicationMax, int replicationDurable) {
            this(blockSize, replicationMin, replicationMax, replicationDurable, Optional.empty());
        }

        Layout withReplication(int min, int max, int durable) {
            return new Layout(blockSize, min, max, durable, policy);
        }

        Layout withPolicy(Optional<StoragePolicy> newPolicy) {
            return new Layout(
                    blockSize, replicationMin, replicationMax, replicationDurable, newPolicy);
        }
    }

    /**
     * One block.
     *
     * @param id its id
     * @param offset of its first byte in the file
     * @param length bytes
     * @param inMemory whether all of it is in the arena now
     */
    public record Block(BlockId id, long offset, long length, boolean inMemory) {}
}
