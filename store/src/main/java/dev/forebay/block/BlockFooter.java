package dev.forebay.block;

import static dev.forebay.block.ChunkChecksums.CHUNK_LENGTH;

import dev.forebay.base.BlockId;
import dev.forebay.base.Disk;
import dev.forebay.base.error.Corrupt;
import dev.forebay.base.error.Unsupported;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The layout of a block's file; also drawn in {@code docs/formats/block.md}. All numbers are
 * little-endian. The data begins at offset 0 and is contiguous, so that ranges of it can be handed
 * on as ranges of the file. An unsealed block has the data only.
 *
 * <pre>
 *  offset      width  field
 *  0           n      data
 *  n           4 c    CRC32C of each chunk of 65536 bytes of data, the last may be shorter;
 *                     c = ceil(n / 65536)
 *  n + 4c      8      magic "FBYBLOCK"
 *  n + 4c + 8  4      version, 1
 *  n + 4c + 12 4      chunk length in bytes, 65536
 *  n + 4c + 16 8      block id
 *  n + 4c + 24 8      data length n in bytes, 0 to 2^36
 *  n + 4c + 32 4      CRC32C of the 4 c bytes of checksums
 *  n + 4c + 36 4      CRC32C of the 36 bytes from the magic on
 *  n + 4c + 40        end of file
 * </pre>
 */
final class BlockFooter {
    /** The longest block, in bytes: 64 GiB, whose checksums take 4 MiB of memory while open. */
    static final long DATA_LENGTH_MAX = 1L << 36;

    private static final long MAGIC = 0x4b434f4c42594246L; // "FBYBLOCK" read little-endian
    private static final int VERSION = 1;
    private static final int CHECKSUM_WIDTH = 4;
    private static final int TRAILER_WIDTH = 40;
    private static final int TABLE_CHECKSUM_OFFSET = 32;
    private static final int TRAILER_CHECKSUM_OFFSET = 36;

    private BlockFooter() {}

    /**
     * The data length of a sealed block whose file has this length. Where no block has such a file,
     * a length near it.
     */
    static long dataLength(long fileLength) {
        long rest = Math.max(0, fileLength - TRAILER_WIDTH);
        long stride = CHUNK_LENGTH + CHECKSUM_WIDTH;
        return Math.max(0, rest - CHECKSUM_WIDTH * ((rest + stride - 1) / stride));
    }

    private static long fileLength(long dataLength) {
        return dataLength + footerLength(dataLength);
    }

    private static int footerLength(long dataLength) {
        return ChunkChecksums.chunkCount(dataLength) * CHECKSUM_WIDTH + TRAILER_WIDTH;
    }

    /** The footer, to be written right behind the data. */
    static ByteBuffer encode(BlockId id, ChunkChecksums checksums) {
        ByteBuffer footer = allocate(footerLength(checksums.length()));
        for (int chunk = 0; chunk < checksums.count(); chunk++) {
            footer.putInt(checksums.checksum(chunk));
        }
        int trailer = footer.position();
        footer.putLong(MAGIC).putInt(VERSION).putInt(CHUNK_LENGTH);
        footer.putLong(id.value()).putLong(checksums.length());
        footer.putInt(checksum(footer, 0, trailer));
        footer.putInt(checksum(footer, trailer, TRAILER_CHECKSUM_OFFSET));
        return footer.flip();
    }

    /**
     * Reads and checks the footer of a sealed block.
     *
     * @throws Corrupt when it, or the length of the file, is damaged
     * @throws Unsupported when it is of a later version
     */
    static ChunkChecksums read(Disk.File file, BlockId id) throws IOException {
        long fileLength = file.length();
        long length = dataLength(fileLength);
        if (fileLength(length) != fileLength || length > DATA_LENGTH_MAX) {
            throw new Corrupt("block has an impossible length", id);
        }
        ByteBuffer footer = allocate(footerLength(length));
        if (file.read(length, footer) != footer.capacity()) {
            throw new Corrupt("block was cut while it was opened", id);
        }
        check(footer, id, length);
        int[] each = new int[ChunkChecksums.chunkCount(length)];
        footer.flip().asIntBuffer().get(each);
        return ChunkChecksums.complete(length, each);
    }

    private static void check(ByteBuffer footer, BlockId id, long length) {
        int trailer = footer.capacity() - TRAILER_WIDTH;
        if (footer.getLong(trailer) != MAGIC
                || footer.getInt(trailer + TRAILER_CHECKSUM_OFFSET)
                        != checksum(footer, trailer, TRAILER_CHECKSUM_OFFSET)) {
            throw new Corrupt("block has a damaged trailer", id);
        }
        if (footer.getInt(trailer + 8) != VERSION || footer.getInt(trailer + 12) != CHUNK_LENGTH) {
            throw new Unsupported("block is of a later version", id);
        }
        if (footer.getLong(trailer + 16) != id.value() || footer.getLong(trailer + 24) != length) {
            throw new Corrupt("block's file holds another block", id);
        }
        if (footer.getInt(trailer + TABLE_CHECKSUM_OFFSET) != checksum(footer, 0, trailer)) {
            throw new Corrupt("block has damaged checksums", id);
        }
    }

    private static ByteBuffer allocate(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int checksum(ByteBuffer bytes, int offset, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.slice(offset, length));
        return (int) checksum.getValue();
    }
}
