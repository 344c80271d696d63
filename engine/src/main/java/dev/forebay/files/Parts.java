package dev.forebay.files;

import dev.forebay.base.Clock;
import dev.forebay.base.FilePath;
import dev.forebay.base.InodeId;
import dev.forebay.base.error.PermissionDenied;
import dev.forebay.block.BlockStore;
import dev.forebay.block.Headroom;
import dev.forebay.meta.MetaStore;

/**
 * What the classes of the engine share.
 *
 * @param store names, inodes and small files; keeps what snapshots show
 * @param blocks blocks on disk
 * @param room on the disk, for names and small files
 * @param cache blocks in memory
 * @param mounts what is mounted
 * @param times times written later
 * @param children counts of directory entries
 * @param gate between names and places of mounted files
 * @param leases files with writers
 * @param safeMode whether changes are taken
 * @param open files with readers or a writer
 * @param ids of new inodes
 * @param buffers for bytes on their way out
 * @param config settings
 * @param clock the time
 */
record Parts(
        MetaStore store,
        BlockStore blocks,
        Headroom room,
        BlockCache cache,
        MountTable mounts,
        DeferredTimes times,
        ChildCounts children,
        CommitGate gate,
        Leases leases,
        SafeMode safeMode,
        OpenFiles open,
        IdRange ids,
        BufferPool buffers,
        FilesConfig config,
        Clock clock) {
    /** Bytes that a new inode with its name takes on the disk, roughly. */
    private static final long INODE_LENGTH = 1 << 10;

    /**
     * Counts an inode, and bytes kept beside it, about to be stored.
     *
     * @throws dev.forebay.base.error.OutOfSpace when the disk is full
     */
    void takeRoom(long bytes, FilePath path) {
        room.take(bytes + INODE_LENGTH, path);
    }

    /**
     * Passes when a path may be changed.
     *
     * @throws PermissionDenied within a snapshot
     * @throws dev.forebay.base.error.ReadOnly while safe mode is on
     */
    void requireChangeable(FilePath path) {
        safeMode.requireOff(path);
        if (path.names().contains(Snapshots.FOLDER)) {
            throw new PermissionDenied(Snapshots.READ_ONLY, path);
        }
    }

    /** Notes that the children of a directory changed. */
    void childrenChanged(InodeId directory) {
        times.childrenChanged(directory);
        children.changed(directory);
    }
}
