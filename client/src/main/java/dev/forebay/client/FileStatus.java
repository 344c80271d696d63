package dev.forebay.client;

import dev.forebay.base.PersistenceState;
import dev.forebay.base.TtlAction;

import java.util.List;

/**
 * What is known of a file or directory at one moment.
 *
 * @param path where it was looked up
 * @param fileId its number; 0 for the root
 * @param directory whether it is a directory
 * @param length bytes of a file; for a directory the number of direct children known
 * @param completed false while a file is being written
 * @param access owner, group and mode
 * @param times creation, modification, access
 * @param ttl time to live
 * @param storage where the bytes lie below
 * @param residence how much of it is in memory
 * @param layout block size, replication, blocks
 */
public record FileStatus(
        String path,
        long fileId,
        boolean directory,
        long length,
        boolean completed,
        Access access,
        Times times,
        Ttl ttl,
        Storage storage,
        Residence residence,
        Layout layout) {

    /** The last component of the path; empty for the root. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Whether this is a file. */
    public boolean file() {
        return !directory;
    }

    /**
     * Who may do what.
     *
     * @param owner user name
     * @param group group name
     * @param mode permissions
     */
    public record Access(String owner, String group, Mode mode) {}

    /**
     * Milliseconds since 1970.
     *
     * @param created when it was made
     * @param modified completion of a file, last change of children of a directory
     * @param accessed last opened for reading; 0 when the service does not say
     */
    public record Times(long created, long modified, long accessed) {}

    /**
     * Time to live.
     *
     * @param millis counted from creation; negative for none
     * @param action what happens then
     */
    public record Ttl(long millis, TtlAction action) {
        /** No time to live. */
        public static final Ttl NONE = new Ttl(-1, TtlAction.FREE);
    }

    /**
     * Where the bytes lie below.
     *
     * @param location in the under store, also when not persisted (Alluxio: ufsPath)
     * @param persisted whether they are there
     * @param state how far they are on the way
     * @param mountPoint whether a mount begins here; false for the root
     * @param mountId number of the mount; 1 for the root's
     */
    public record Storage(
            String location,
            boolean persisted,
            PersistenceState state,
            boolean mountPoint,
            long mountId) {}

    /**
     * How much is in memory.
     *
     * @param cacheable whether it can be
     * @param pinned whether it is kept there
     * @param inMemoryPercentage 0 to 100; directories 0
     * @param inCachePercentage 0 to 100, any tier above the under store
     */
    public record Residence(
            boolean cacheable, boolean pinned, int inMemoryPercentage, int inCachePercentage) {}

    /**
     * How the file is cut.
     *
     * @param blockSize bytes of a full block; 0 for directories
     * @param replicationMin copies in memory at least
     * @param replicationMax copies in memory at most, -1 for any
     * @param replication durable copies wished for; 0 for directories and where the service does
     *     not say
     * @param blockIds in order; empty for directories, empty files, and over WebHDFS
     * @param blocks in order; empty for directories, empty and incomplete files, and over WebHDFS
     */
    public record Layout(
            long blockSize,
            int replicationMin,
            int replicationMax,
            int replication,
            List<Long> blockIds,
            List<FileBlock> blocks) {
        /** Copies the lists. */
        public Layout {
            blockIds = List.copyOf(blockIds);
            blocks = List.copyOf(blocks);
        }
    }
}
