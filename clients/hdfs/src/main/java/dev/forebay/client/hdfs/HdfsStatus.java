package dev.forebay.client.hdfs;

import dev.forebay.base.PersistenceState;
import dev.forebay.client.FileBlock;
import dev.forebay.client.FileStatus;
import dev.forebay.client.Mode;

import org.apache.hadoop.hdfs.protocol.HdfsFileStatus;
import org.apache.hadoop.hdfs.protocol.HdfsLocatedFileStatus;
import org.apache.hadoop.hdfs.protocol.LocatedBlock;
import org.apache.hadoop.hdfs.protocol.LocatedBlocks;

import java.util.List;
import java.util.Optional;

/**
 * Hadoop's status of a file as the API shows it. HDFS knows no time of creation, no time to live
 * and no memory; WebHDFS tells no blocks and not whether a file is being written.
 */
final class HdfsStatus {
    private HdfsStatus() {}

    static FileStatus of(org.apache.hadoop.fs.FileStatus status) {
        Optional<LocatedBlocks> located =
                status instanceof HdfsLocatedFileStatus whole
                        ? Optional.ofNullable(whole.getLocatedBlocks())
                        : Optional.empty();
        boolean underConstruction = located.map(LocatedBlocks::isUnderConstruction).orElse(false);
        return new FileStatus(
                HdfsPaths.text(status.getPath()),
                status instanceof HdfsFileStatus numbered ? numbered.getFileId() : 0,
                status.isDirectory(),
                length(status, located),
                !underConstruction,
                new FileStatus.Access(
                        status.getOwner(),
                        status.getGroup(),
                        Mode.of(status.getPermission().toShort())),
                new FileStatus.Times(0, status.getModificationTime(), status.getAccessTime()),
                FileStatus.Ttl.NONE,
                new FileStatus.Storage(
                        status.getPath().toString(), true, PersistenceState.PERSISTED, false, 1),
                new FileStatus.Residence(false, false, 0, 0),
                layout(status, located));
    }

    /** Of a file that is being written what is known of its last block counts too. */
    private static long length(
            org.apache.hadoop.fs.FileStatus status, Optional<LocatedBlocks> located) {
        if (status.isDirectory()) {
            return status instanceof HdfsFileStatus directory ? directory.getChildrenNum() : 0;
        }
        return Math.max(status.getLen(), located.map(LocatedBlocks::getFileLength).orElse(0L));
    }

    private static FileStatus.Layout layout(
            org.apache.hadoop.fs.FileStatus status, Optional<LocatedBlocks> located) {
        List<LocatedBlock> blocks = located.map(LocatedBlocks::getLocatedBlocks).orElse(List.of());
        boolean complete = located.map(all -> !all.isUnderConstruction()).orElse(false);
        return new FileStatus.Layout(
                status.isDirectory() ? 0 : status.getBlockSize(),
                0,
                -1,
                status.isDirectory() ? 0 : status.getReplication(),
                blocks.stream().map(block -> block.getBlock().getBlockId()).toList(),
                complete ? blocks.stream().map(HdfsStatus::block).toList() : List.of());
    }

    private static FileBlock block(LocatedBlock block) {
        return new FileBlock(
                block.getBlock().getBlockId(),
                block.getStartOffset(),
                block.getBlockSize(),
                List.of(),
                List.of());
    }
}
