package dev.forebay.block;

import dev.forebay.base.BlockId;
import dev.forebay.base.DataSize;
import dev.forebay.base.Disk;
import dev.forebay.base.DiskErrors;
import dev.forebay.base.SupportsDescriptors;
import dev.forebay.base.error.AlreadyExists;
import dev.forebay.base.error.Closed;
import dev.forebay.base.error.Corrupt;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.InvalidState;
import dev.forebay.base.error.Lost;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.Unsupported;
import dev.forebay.base.unix.UnixDescriptor;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Blocks on a disk, one file each; {@link BlockFooter} draws it.
 *
 * <p><b>What a block costs in syncs.</b> One of its file and one of its folder, both when it is
 * sealed. The folder's sync covers the making of the name and its change to the sealed one, and is
 * shared by all blocks of the folder that wait for one. Each {@link BlockWriter#sync} before is one
 * of the file, and the first of them one of the folder. Creating, appending and deleting sync
 * nothing: a block that was neither synced nor sealed may be gone after a loss of power, and one
 * that was deleted may be back.
 *
 * <p><b>What a crash leaves.</b> A file is written under its unsealed name, synced with its footer,
 * and only then renamed, so that a file with a sealed name has all its bytes. The price of the name
 * beside a flag in the file is nothing for a block that is sealed without a sync before, and one
 * shared sync of a folder otherwise; what it buys is that a damaged footer is known as such.
 *
 * <p><b>Reads</b> check each chunk of a sealed block once while its file stays open, and each chunk
 * of an unsealed one against the checksums that its writer keeps in memory.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>an id in {@code claimed} has a writer or is being created or recovered, by one thread.
 *   <li>a file in {@code openBlocks} is sealed and was there after it was put in.
 * </ul>
 */
public final class DiskBlockStore implements BlockStore, SharesBlocks {
    private static final int OPEN_BLOCKS_MAX = 512;

    private final Disk disk;
    private final BlockFolders folders;
    private final BlockRecovery recovery;
    private final Headroom headroom;
    private final HeldBytes held = new HeldBytes();
    private final ScratchBuffers scratch = new ScratchBuffers();
    private final OpenBlocks openBlocks = new OpenBlocks(OPEN_BLOCKS_MAX);
    private final Set<BlockId> claimed = ConcurrentHashMap.newKeySet();
    private final Map<BlockId, DiskBlockWriter> writers = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private DiskBlockStore(Disk disk, BlockFolders folders, DataSize reserve) {
        this.disk = disk;
        this.folders = folders;
        this.headroom = new Headroom(this::diskSpace, reserve.bytes());
        this.recovery = new BlockRecovery(disk, folders, scratch);
    }

    /**
     * Opens the blocks below a directory, which is made where it is missing. Reads nothing else.
     *
     * @param directory used by nothing else, and by one store at a time
     * @throws dev.forebay.base.error.OutOfSpace when the directory cannot be made for lack of it
     * @throws dev.forebay.base.error.PermissionDenied when the node may not use the directory
     */
    public static DiskBlockStore open(Disk disk, Path directory) {
        return open(disk, directory, new DataSize(0));
    }

    /**
     * As {@link #open(Disk, Path)}, leaving the last bytes of the disk to others.
     *
     * @param reserve what creating and appending never take of the disk; beyond, they fail with
     *     OutOfSpace
     */
    public static DiskBlockStore open(Disk disk, Path directory, DataSize reserve) {
        try {
            return new DiskBlockStore(disk, new BlockFolders(disk, directory), reserve);
        } catch (IOException e) {
            throw DiskErrors.of(e, directory);
        }
    }

    @Override
    public BlockWriter create(BlockId id) {
        requireOpen();
        if (id.value() < 1) {
            throw new Invalid("block id is not positive", id);
        }
        if (!claimed.add(id)) {
            throw exists(id);
        }
        boolean created = false;
        try {
            DiskBlockWriter writer = new DiskBlockWriter(this, id, createFile(id), scratch);
            writers.put(id, writer);
            held.made(id);
            created = true;
            return writer;
        } catch (FileAlreadyExistsException _) {
            throw exists(id);
        } catch (IOException e) {
            throw DiskErrors.of(e, id);
        } finally {
            if (!created) {
                claimed.remove(id);
            }
        }
    }

    private Disk.File createFile(BlockId id) throws IOException {
        folders.make(id);
        if (disk.exists(folders.sealedPath(id))) {
            throw exists(id);
        }
        return disk.open(folders.openPath(id), Disk.Mode.CREATE);
    }

    private static AlreadyExists exists(BlockId id) {
        return new AlreadyExists("block exists", id);
    }

    @Override
    public BlockReader open(BlockId id) {
        requireOpen();
        DiskBlockWriter writer = writers.get(id);
        Optional<BlockReader> live = writer == null ? Optional.empty() : writer.findReader();
        return live.orElseGet(() -> new CheckedReader(acquire(id)));
    }

    /** The open file of a sealed block, with a hold for the caller. */
    private CheckedFile acquire(BlockId id) {
        Optional<CheckedFile> kept = openBlocks.find(id);
        if (kept.isPresent()) {
            return kept.get();
        }
        CheckedFile file = openBlocks.keep(openFile(id));
        boolean present = false;
        try {
            // a delete that came between opening and keeping did not find the file among the kept
            present = disk.exists(folders.sealedPath(id));
        } catch (IOException e) {
            throw DiskErrors.of(e, id);
        } finally {
            if (!present) {
                openBlocks.remove(id);
                file.release();
            }
        }
        if (!present) {
            throw notFound(id);
        }
        return file;
    }

    /**
     * Opens a sealed block's file apart from those that are kept; the caller is its only holder.
     *
     * @throws NotFound when there is no such block
     * @throws InvalidState when it is not sealed
     * @throws Corrupt when its footer or length is damaged
     */
    CheckedFile openFile(BlockId id) {
        try {
            Disk.File file = disk.open(folders.sealedPath(id), Disk.Mode.READ);
            boolean checked = false;
            try {
                ChunkChecksums checksums = BlockFooter.read(file, id);
                checked = true;
                return new CheckedFile(id, file, checksums, scratch);
            } finally {
                if (!checked) {
                    file.close();
                }
            }
        } catch (NoSuchFileException _) {
            throw unsealedOrNotFound(id);
        } catch (IOException e) {
            throw DiskErrors.of(e, id);
        }
    }

    private RuntimeException unsealedOrNotFound(BlockId id) {
        return find(id).isPresent() ? new InvalidState("block is not sealed", id) : notFound(id);
    }

    private static NotFound notFound(BlockId id) {
        return new NotFound("no such block", id);
    }

    @Override
    public void recover(BlockId id, long length) {
        requireOpen();
        if (length < 0 || length > BlockFooter.DATA_LENGTH_MAX) {
            throw new Invalid("block length is out of range", length);
        }
        if (!claimed.add(id)) {
            throw new InvalidState("block is being written or recovered", id);
        }
        try {
            long before = lengthOf(id);
            if (!isSealed(id, length)) {
                recovery.seal(id, length);
                held.resized(id, before, length);
            }
        } catch (NoSuchFileException _) {
            throw notFound(id);
        } catch (IOException e) {
            throw DiskErrors.of(e, id);
        } finally {
            claimed.remove(id);
        }
    }

    /** Whether the block is sealed with this length; a longer one is made unsealed. */
    private boolean isSealed(BlockId id, long length) throws IOException {
        if (!disk.exists(folders.sealedPath(id))) {
            return false;
        }
        CheckedFile file = openFile(id);
        try {
            if (file.length() < length) {
                throw new Lost("block has fewer bytes than were promised", id);
            }
            if (file.length() == length) {
                return true;
            }
            verifyChunks(file, ChunkChecksums.chunkAt(length));
        } finally {
            file.release();
        }
        openBlocks.remove(id);
        recovery.unseal(id);
        return false;
    }

    private static void verifyChunks(CheckedFile file, int count) {
        for (int chunk = 0; chunk < count; chunk++) {
            file.verify(chunk);
        }
    }

    @Override
    public void delete(BlockId id) {
        requireOpen();
        DiskBlockWriter writer = writers.get(id);
        if (writer != null) {
            writer.markDeleted();
        } else if (claimed.contains(id)) {
            throw new InvalidState("block is being created or recovered", id);
        }
        try {
            long length = lengthOf(id);
            // in this order a writer that is sealing cannot slip from one name to the other
            disk.delete(folders.openPath(id));
            disk.delete(folders.sealedPath(id));
            held.removed(id, length);
        } catch (IOException e) {
            throw DiskErrors.of(e, id);
        }
        openBlocks.remove(id);
    }

    private long lengthOf(BlockId id) {
        return find(id).map(BlockStatus::length).orElse(0L);
    }

    @Override
    public void list(Consumer<BlockStatus> consumer) {
        for (int folder = 0; folder < BlockFolders.COUNT; folder++) {
            for (BlockId id : ids(folder)) {
                find(id).ifPresent(
                                status -> {
                                    held.found(id, status.length());
                                    consumer.accept(status);
                                });
            }
        }
        held.foundAll();
    }

    /** The blocks of one folder, 0 to {@link BlockFolders#COUNT} - 1. */
    Set<BlockId> ids(int folder) {
        requireOpen();
        // one that is renamed while the folder is read can be missed there
        List<BlockId> written =
                writers.keySet().stream()
                        .filter(id -> BlockFolders.folderOf(id) == folder)
                        .toList();
        try {
            Set<BlockId> ids = folders.list(folder);
            ids.addAll(written);
            return ids;
        } catch (IOException e) {
            throw DiskErrors.of(e, folders.root());
        }
    }

    @Override
    public Optional<BlockStatus> find(BlockId id) {
        requireOpen();
        try {
            // sealing goes from the one name to the other, so this order sees at least one
            Optional<Long> open = folders.fileLength(folders.openPath(id));
            if (open.isPresent()) {
                DiskBlockWriter writer = writers.get(id);
                long length = writer == null ? open.get() : writer.length();
                return Optional.of(new BlockStatus(id, length, false));
            }
            return folders.fileLength(folders.sealedPath(id))
                    .map(length -> new BlockStatus(id, BlockFooter.dataLength(length), true));
        } catch (IOException e) {
            throw DiskErrors.of(e, id);
        }
    }

    @Override
    public void verify(BlockId id) {
        requireOpen();
        CheckedFile file = openFile(id);
        try {
            verifyChunks(file, file.chunkCount());
        } finally {
            file.release();
        }
    }

    @Override
    public UnixDescriptor openDescriptor(BlockId id) {
        requireOpen();
        if (!(disk instanceof SupportsDescriptors files)) {
            throw new Unsupported("the disk has no files to hand on", id);
        }
        if (writers.containsKey(id)) {
            throw new InvalidState("block is not sealed", id);
        }
        CheckedFile file = acquire(id);
        try {
            file.verifyOnce();
            return files.openDescriptor(folders.sealedPath(id));
        } finally {
            file.release();
        }
    }

    @Override
    public long usableSpace() {
        requireOpen();
        return headroom.free();
    }

    @Override
    public long heldBytes() {
        requireOpen();
        return held.sum();
    }

    /** Bytes were appended to a block. */
    void grew(long bytes) {
        held.grew(bytes);
    }

    /** Counts bytes about to be appended to a block. */
    void takeSpace(BlockId id, long bytes) {
        headroom.take(bytes, id);
    }

    private long diskSpace() {
        try {
            return disk.usableSpace(folders.root());
        } catch (IOException e) {
            throw DiskErrors.of(e, folders.root());
        }
    }

    /** Renames a block whose bytes and footer are durable. */
    void giveSealedName(BlockId id) throws IOException {
        disk.rename(folders.openPath(id), folders.sealedPath(id));
    }

    void syncName(BlockId id) throws IOException {
        folders.sync(id);
    }

    /** A writer is done with its block. */
    void release(DiskBlockWriter writer) {
        if (writers.remove(writer.id(), writer)) {
            claimed.remove(writer.id());
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new Closed("block store is closed", folders.root());
        }
    }

    /** Closes all files that nobody reads, and all writers; their blocks stay unsealed. */
    @Override
    public void close() {
        closed = true;
        List.copyOf(writers.values()).forEach(DiskBlockWriter::close);
        openBlocks.close();
    }
}
