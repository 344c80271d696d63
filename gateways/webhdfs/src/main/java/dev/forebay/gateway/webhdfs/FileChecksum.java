package dev.forebay.gateway.webhdfs;

import dev.forebay.base.error.Internal;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The checksum of a file as HDFS defines it: the MD5 of the MD5s of its blocks, each over the
 * CRC32Cs, big-endian, of the block's chunks of {@value #CHUNK_LENGTH} bytes.
 *
 * <p>As Hadoop's own client does, the outer MD5 also covers zeros up to the next power of two from
 * {@value #PADDED_LENGTH_MIN} bytes on; every client that compares checksums does the same.
 *
 * <p>Belongs to one thread; the bytes of the file come in order.
 */
public final class FileChecksum {
    static final int CHUNK_LENGTH = 512;

    private static final int MD5_LENGTH = 16;
    private static final int PADDED_LENGTH_MIN = 32;

    /** Bytes of the value; a real one sends the buffer of 32 bytes that holds it. */
    private static final int VALUE_LENGTH = 28;

    private final List<Long> blockLengths;
    private final MessageDigest block = md5();
    private final CRC32C chunk = new CRC32C();
    private final ByteBuffer crc = ByteBuffer.allocate(4);
    private final byte[] blockSums;
    private int blockIndex;
    private long blockLeft;
    private int chunkLength;

    /**
     * A checksum of nothing so far.
     *
     * @param blockLengths bytes of each block, 1 or more; none for an empty file
     */
    public FileChecksum(List<Long> blockLengths) {
        this.blockLengths = List.copyOf(blockLengths);
        this.blockSums = new byte[paddedLength(blockLengths.size() * MD5_LENGTH)];
        this.blockLeft = blockLengths.isEmpty() ? 0 : blockLengths.getFirst();
    }

    /**
     * A finished checksum.
     *
     * @param algorithm its name, which tells chunk and block length
     * @param bytes in hexadecimal digits
     */
    public record Value(String algorithm, String bytes) {
        /** Bytes that count. */
        public int length() {
            return VALUE_LENGTH;
        }
    }

    /** Takes all bytes of {@code piece}, which must not go beyond the last block. */
    public void update(ByteBuffer piece) {
        while (piece.hasRemaining()) {
            if (blockLeft == 0) {
                throw new Internal("file is longer than its blocks", blockIndex);
            }
            long left = Math.min(CHUNK_LENGTH - chunkLength, blockLeft);
            int count = (int) Math.min(left, piece.remaining());
            chunk.update(piece.slice(piece.position(), count));
            piece.position(piece.position() + count);
            chunkLength += count;
            blockLeft -= count;
            if (chunkLength == CHUNK_LENGTH || blockLeft == 0) {
                endChunk();
            }
            if (blockLeft == 0) {
                endBlock();
            }
        }
    }

    /**
     * The checksum of all bytes.
     *
     * @throws Internal when blocks are missing
     */
    public Value value() {
        if (blockIndex < blockLengths.size()) {
            throw new Internal("file is shorter than its blocks", blockIndex);
        }
        boolean empty = blockLengths.isEmpty();
        long chunksPerBlock =
                blockLengths.size() > 1
                        ? (blockLengths.getFirst() + CHUNK_LENGTH - 1) / CHUNK_LENGTH
                        : 0;
        // an empty file has the sum that the first versions of HDFS gave it
        int bytesPerCrc = empty ? 0 : CHUNK_LENGTH;
        String algorithm =
                "MD5-of-%dMD5-of-%d%s"
                        .formatted(chunksPerBlock, bytesPerCrc, empty ? "CRC32" : "CRC32C");
        ByteBuffer value = ByteBuffer.allocate(PADDED_LENGTH_MIN);
        value.putInt(bytesPerCrc).putLong(chunksPerBlock).put(md5().digest(blockSums));
        return new Value(algorithm, HexFormat.of().formatHex(value.array()));
    }

    private void endChunk() {
        block.update(crc.putInt(0, (int) chunk.getValue()).rewind());
        chunk.reset();
        chunkLength = 0;
    }

    private void endBlock() {
        byte[] sum = block.digest();
        System.arraycopy(sum, 0, blockSums, blockIndex * MD5_LENGTH, MD5_LENGTH);
        blockIndex++;
        blockLeft = blockIndex < blockLengths.size() ? blockLengths.get(blockIndex) : 0;
    }

    private static int paddedLength(int length) {
        int padded = PADDED_LENGTH_MIN;
        while (padded < length) {
            padded *= 2;
        }
        return padded;
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new Internal("every JDK has MD5", "", e);
        }
    }
}
