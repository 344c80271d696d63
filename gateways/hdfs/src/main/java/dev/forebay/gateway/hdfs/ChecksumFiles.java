package dev.forebay.gateway.hdfs;

import dev.forebay.base.unix.UnixDescriptor;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;

/**
 * The files of checksums that go with the files of blocks. Safe for use by many threads.
 *
 * <pre>{@code
 * version, 1   2 big-endian   BlockMetadataHeader.java
 * type         1              DataChecksum.java: 0 none, 2 CRC32C
 * chunk, 512   4 big-endian
 * checksums    4 big-endian each, none of type 0
 * }</pre>
 *
 * <p>Hadoop's client checks up to the end of the file, which here goes on behind the data of its
 * block: it is told that there are none. libhdfs3 checks the block alone, and takes none for a
 * damaged file.
 */
final class ChecksumFiles implements AutoCloseable {
    private static final int HEADER_LENGTH = 7;
    private static final short VERSION = 1;
    private static final byte TYPE_NONE = 0;
    private static final byte TYPE_CRC32C = 2;

    /** Bytes of a block read at a time; whole chunks. */
    private static final int PIECE_LENGTH = 1 << 20;

    /** Files made at the same time, each of which costs what its block is read with. */
    private static final int MADE_AT_ONCE_MAX = 4;

    private final Semaphore making = new Semaphore(MADE_AT_ONCE_MAX);
    private final UnixDescriptor none = UnixDescriptor.constant(header(TYPE_NONE));

    /** The file that says that there are no checksums. */
    UnixDescriptor none() {
        return none.reopen();
    }

    /**
     * Makes the file of a block, in memory; it takes 1/128 of the block until the client lets it
     * go.
     *
     * @param data the file of the block; its position is left as it is
     * @param length of the block in bytes, as the client says it; what is behind the end of the
     *     file has no checksums
     * @throws dev.forebay.base.error.OutOfSpace when the system has no memory or descriptor left
     */
    UnixDescriptor of(UnixDescriptor data, long length) {
        making.acquireUninterruptibly();
        try {
            return UnixDescriptor.constant(ByteBuffer.wrap(sums(data, length)));
        } finally {
            making.release();
        }
    }

    private static byte[] sums(UnixDescriptor data, long length) {
        Chunks chunks = new Chunks();
        ByteBuffer piece = ByteBuffer.allocate(PIECE_LENGTH);
        ByteBuffer sums = ByteBuffer.allocate(Chunks.count(PIECE_LENGTH) * Chunks.SUM_LENGTH);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(header(TYPE_CRC32C).array());
        for (long done = 0; done < length; done += piece.limit()) {
            piece.clear().limit((int) Math.min(PIECE_LENGTH, length - done));
            if (data.read(done, piece) == 0) {
                break;
            }
            chunks.append(piece.flip(), sums.clear());
            all.write(sums.array(), 0, sums.position());
        }
        return all.toByteArray();
    }

    private static ByteBuffer header(byte type) {
        return ByteBuffer.allocate(HEADER_LENGTH)
                .putShort(VERSION)
                .put(type)
                .putInt(Chunks.LENGTH)
                .flip();
    }

    @Override
    public void close() {
        none.close();
    }
}
