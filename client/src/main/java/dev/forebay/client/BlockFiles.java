package dev.forebay.client;

import java.util.List;

/** Files as sequences of blocks. Asked for by {@link FileClient#as}. */
public interface BlockFiles {
    /**
     * Appends files to another and removes them, all at once.
     *
     * @param target a complete file
     * @param sources complete files of the target's directory, in order, each once, none empty; a
     *     real cluster also wants them to have the target's block size and replication
     * @throws FilesException.InvalidArgument when there are none, or one is the target or named
     *     twice
     * @throws FilesException.FailedPrecondition while one is being written
     */
    void concat(String target, List<String> sources);

    /**
     * Cuts a file.
     *
     * @param length bytes to keep, 0 up to those the file has
     * @return true when it is done; false when a real cluster is still cutting the last block,
     *     which keeps writers out for a moment
     * @throws FilesException.InvalidArgument when the file is shorter
     * @throws FilesException.FailedPrecondition while it is being written
     */
    boolean truncate(String path, long length);

    /**
     * Stores how many durable copies are wished for. A cluster copies later; a single node has one.
     *
     * @param replication 1 to 32,767
     * @throws FilesException.InvalidArgument for a directory, or a number out of range
     */
    void setReplication(String path, int replication);

    /**
     * Where the blocks that a range meets lie.
     *
     * @return in the order of the file; empty beyond its end
     */
    List<BlockPlace> blockLocations(String path, FileRange range);

    /** Where all blocks of a file lie, in order. */
    default List<BlockPlace> blockLocations(String path) {
        return blockLocations(path, FileRange.ALL);
    }

    /**
     * The checksum of a file, as HDFS defines it. Equal for equal bytes that are cut into the same
     * blocks.
     */
    FileChecksum checksum(String path);

    /**
     * Ends the writing of a file whose writer is gone; the file is completed with the bytes that
     * were received.
     *
     * @return true when the file is complete; false when a real cluster is still at it, so that the
     *     call may be made again
     * @throws FilesException.Unimplemented over WebHDFS
     */
    boolean recoverLease(String path);

    /** What the service takes when a writer does not say. */
    ServerDefaults serverDefaults();
}
