package dev.forebay.block;

import dev.forebay.base.BlockId;
import dev.forebay.base.Disk;
import dev.forebay.base.error.Lost;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Seals blocks that lost their writer. Their bytes have no checksums yet and are taken as the disk
 * gives them, which is why no more than was synced may be asked for.
 */
final class BlockRecovery {
    private final Disk disk;
    private final BlockFolders folders;
    private final ScratchBuffers scratch;

    BlockRecovery(Disk disk, BlockFolders folders, ScratchBuffers scratch) {
        this.disk = disk;
        this.folders = folders;
        this.scratch = scratch;
    }

    /** Makes a sealed block that is to become shorter unsealed, durably, before it is touched. */
    void unseal(BlockId id) throws IOException {
        disk.rename(folders.sealedPath(id), folders.openPath(id));
        folders.sync(id);
    }

    /**
     * Cuts an unsealed block, writes its footer, makes all durable, and gives it its sealed name. A
     * crash on the way leaves it unsealed with at least {@code length} bytes.
     *
     * @throws Lost when the file is shorter
     */
    void seal(BlockId id, long length) throws IOException {
        try (Disk.File file = disk.open(folders.openPath(id), Disk.Mode.WRITE)) {
            if (file.length() < length) {
                throw new Lost("block has fewer bytes than were promised", id);
            }
            ChunkChecksums checksums = compute(file, id, length);
            file.truncate(length);
            file.write(length, BlockFooter.encode(id, checksums));
            file.sync();
        }
        disk.rename(folders.openPath(id), folders.sealedPath(id));
        folders.sync(id);
    }

    private ChunkChecksums compute(Disk.File file, BlockId id, long length) throws IOException {
        RunningChecksums sums = new RunningChecksums();
        ByteBuffer bytes = scratch.take();
        try {
            while (sums.length() < length) {
                bytes.clear().limit((int) Math.min(bytes.capacity(), length - sums.length()));
                if (file.read(sums.length(), bytes) != bytes.limit()) {
                    throw new Lost("block became shorter while it was recovered", id);
                }
                sums.append(bytes.flip());
            }
        } finally {
            scratch.giveBack(bytes);
        }
        return sums.snapshot();
    }
}
