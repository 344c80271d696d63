package dev.forebay.objects;

import dev.forebay.base.Disk;
import dev.forebay.base.DiskErrors;
import dev.forebay.base.ObjectId;
import dev.forebay.base.error.Corrupt;
import dev.forebay.base.error.OutOfSpace;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;

/**
 * Bytes of objects on disk: a file {@code <id>.object} for each, data then metadata, nothing else.
 * They are of use to this process only, so nothing is synced, and what an earlier one left is
 * deleted.
 */
final class SpillFolder {
    private static final String SUFFIX = ".object";
    private static final int PIECE = 8 << 20;

    private final Disk disk;
    private final Path folder;
    private final long bytesMax;

    private final AtomicLong bytes = new AtomicLong();

    /**
     * Makes the folder, or empties it.
     *
     * @param bytesMax bytes of objects that may lie there
     */
    SpillFolder(Disk disk, Path folder, long bytesMax) {
        this.disk = disk;
        this.folder = folder;
        this.bytesMax = bytesMax;
        try {
            disk.createDirectories(folder);
            for (String name : disk.list(folder)) {
                if (name.endsWith(SUFFIX)) {
                    disk.delete(folder.resolve(name));
                }
            }
        } catch (IOException e) {
            throw DiskErrors.of(e, folder);
        }
    }

    long bytes() {
        return bytes.get();
    }

    private Path path(ObjectId id) {
        return folder.resolve(id + SUFFIX);
    }

    /**
     * Writes an object.
     *
     * @return its checksum, CRC32C
     * @throws OutOfSpace when the disk, or what may be used of it, is full; nothing is left
     */
    long write(ObjectId id, MemorySegment source) {
        long length = source.byteSize();
        if (length > bytesMax - bytes.get()) {
            throw new OutOfSpace("the folder of spilled objects is full", folder);
        }
        Path path = path(id);
        boolean whole = false;
        try (Disk.File file = disk.open(path, Disk.Mode.CREATE)) {
            CRC32C checksum = new CRC32C();
            for (long done = 0; done < length; done += PIECE) {
                ByteBuffer piece =
                        source.asSlice(done, Math.min(PIECE, length - done)).asByteBuffer();
                checksum.update(piece.duplicate());
                file.write(done, piece);
            }
            whole = true;
            bytes.addAndGet(length);
            return checksum.getValue();
        } catch (IOException e) {
            throw DiskErrors.of(e, path);
        } finally {
            if (!whole) {
                remove(path);
            }
        }
    }

    /**
     * Reads an object back.
     *
     * @param target as long as the object
     * @throws Corrupt when the bytes are not those that were written
     */
    void read(ObjectId id, MemorySegment target, long expected) {
        Path path = path(id);
        long length = target.byteSize();
        CRC32C checksum = new CRC32C();
        try (Disk.File file = disk.open(path, Disk.Mode.READ)) {
            for (long done = 0; done < length; done += PIECE) {
                ByteBuffer piece =
                        target.asSlice(done, Math.min(PIECE, length - done)).asByteBuffer();
                while (piece.hasRemaining() && file.read(done + piece.position(), piece) > 0) {
                    assert piece.position() > 0;
                }
                if (piece.hasRemaining()) {
                    throw new Corrupt("a spilled object is cut off", path);
                }
                checksum.update(piece.flip());
            }
        } catch (IOException e) {
            throw DiskErrors.of(e, path);
        }
        if (checksum.getValue() != expected) {
            throw new Corrupt("a spilled object has changed on disk", path);
        }
    }

    /** Deletes an object's file. */
    void delete(ObjectId id, long length) {
        bytes.addAndGet(-length);
        remove(path(id));
    }

    private void remove(Path path) {
        try {
            if (disk.exists(path)) {
                disk.delete(path);
            }
        } catch (IOException e) {
            throw DiskErrors.of(e, path);
        }
    }
}
