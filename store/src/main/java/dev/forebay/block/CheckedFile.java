package dev.forebay.block;

import static dev.forebay.block.ChunkChecksums.CHUNK_LENGTH;
import static dev.forebay.block.ChunkChecksums.chunkAt;

import dev.forebay.base.BlockId;
import dev.forebay.base.Disk;
import dev.forebay.base.DiskErrors;
import dev.forebay.base.error.Corrupt;
import dev.forebay.base.error.Invalid;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;

/**
 * The open file of one block, shared by its readers and, while it is unsealed, its writer. Reads
 * check each chunk the first time it is touched, and trust it afterwards.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>bytes below {@code checksums.length()} are in the file and never change; so a reader that
 *       takes {@code checksums} once can check what it reads against it while a writer goes on.
 *   <li>a chunk is marked as verified only when it can have no more bytes.
 *   <li>the file is closed when the last holder releases, and not before.
 * </ul>
 */
final class CheckedFile {
    // what is read at once before it is checked: stays in the processor's second-level cache
    private static final int CHECKED_READ_LENGTH = 4 * CHUNK_LENGTH;
    private static final Logger log = LoggerFactory.getLogger(CheckedFile.class);

    private final BlockId id;
    private final Disk.File file;
    private final ScratchBuffers scratch;
    private final VerifiedChunks verified = new VerifiedChunks();
    private final AtomicInteger holders = new AtomicInteger(1);
    private volatile ChunkChecksums checksums;

    /**
     * Opens nothing; takes the file over. The caller is the first holder.
     *
     * @param checksums those of the footer, or {@link ChunkChecksums#EMPTY} before the first append
     */
    CheckedFile(BlockId id, Disk.File file, ChunkChecksums checksums, ScratchBuffers scratch) {
        this.id = id;
        this.file = file;
        this.checksums = checksums;
        this.scratch = scratch;
    }

    /** Becomes a holder; false when the file was closed already. */
    boolean retain() {
        return holders.getAndUpdate(count -> count == 0 ? 0 : count + 1) != 0;
    }

    /** Ends being a holder. */
    void release() {
        if (holders.decrementAndGet() == 0) {
            try {
                file.close();
            } catch (IOException e) {
                // what was written was synced before, or was never promised
                log.warn("closing a block's file failed block={}", id, e);
            }
        }
    }

    BlockId id() {
        return id;
    }

    long length() {
        return checksums.length();
    }

    /** Lets readers see what was appended. */
    void publish(ChunkChecksums appended) {
        checksums = appended;
    }

    /** As {@link BlockReader#read}. */
    int read(long position, ByteBuffer target) {
        ChunkChecksums expected = checksums;
        if (position < 0 || position > expected.length()) {
            throw new Invalid("position is outside of the block", position);
        }
        int count = (int) Math.min(target.remaining(), expected.length() - position);
        ByteBuffer rest = target.duplicate().limit(target.position() + count);
        try {
            for (long at = position; rest.hasRemaining(); ) {
                at += readSome(expected, at, rest);
            }
        } catch (IOException e) {
            throw DiskErrors.of(e, id);
        }
        target.position(rest.position());
        return count;
    }

    private int readSome(ChunkChecksums expected, long position, ByteBuffer rest)
            throws IOException {
        int trusted = trustedLength(position, rest.remaining());
        if (trusted > 0) {
            return readFully(position, rest, trusted);
        }
        int whole = wholeChunksLength(expected, position, rest.remaining());
        if (whole > 0) {
            ByteBuffer bytes = rest.slice(rest.position(), whole);
            int count = readFully(position, rest, whole);
            check(expected, position, bytes);
            return count;
        }
        return readPart(expected, position, rest);
    }

    /** Bytes from {@code position} on that lie in verified chunks. */
    private int trustedLength(long position, int max) {
        long end = position;
        for (int chunk = chunkAt(position); end - position < max; chunk++) {
            if (!verified.contains(chunk)) {
                break;
            }
            end = ChunkChecksums.start(chunk + 1);
        }
        return (int) Math.min(end - position, max);
    }

    /** Bytes from {@code position} on that are whole chunks, none of them verified. */
    private int wholeChunksLength(ChunkChecksums expected, long position, int max) {
        if (position % CHUNK_LENGTH != 0) {
            return 0;
        }
        int length = 0;
        int lengthMax = Math.min(max, CHECKED_READ_LENGTH);
        for (int chunk = chunkAt(position); chunk < expected.count(); chunk++) {
            int next = length + expected.chunkLength(chunk);
            if (next > lengthMax || verified.contains(chunk)) {
                break;
            }
            length = next;
        }
        return length;
    }

    private int readPart(ChunkChecksums expected, long position, ByteBuffer rest)
            throws IOException {
        int chunk = chunkAt(position);
        int length = expected.chunkLength(chunk);
        int offset = (int) (position % CHUNK_LENGTH);
        int count = Math.min(rest.remaining(), length - offset);
        ByteBuffer whole = scratch.take();
        try {
            readFully(ChunkChecksums.start(chunk), whole, length);
            check(expected, ChunkChecksums.start(chunk), whole.flip());
            rest.put(whole.position(offset).limit(offset + count));
        } finally {
            scratch.giveBack(whole);
        }
        return count;
    }

    private int readFully(long position, ByteBuffer target, int length) throws IOException {
        int limit = target.limit();
        target.limit(target.position() + length);
        if (file.read(position, target) != length) {
            throw new Corrupt("block is shorter than it was", id);
        }
        target.limit(limit);
        return length;
    }

    /** Compares whole chunks with their checksums and marks those that match. */
    private void check(ChunkChecksums expected, long position, ByteBuffer bytes) {
        int limit = bytes.limit();
        CRC32C checksum = new CRC32C();
        for (int chunk = chunkAt(position); bytes.position() < limit; chunk++) {
            int length = expected.chunkLength(chunk);
            checksum.reset();
            checksum.update(bytes.limit(bytes.position() + length));
            if ((int) checksum.getValue() != expected.checksum(chunk)) {
                throw new Corrupt("block does not match its checksum", id);
            }
            if (expected.isSettled(chunk)) {
                verified.add(chunk);
            }
        }
    }

    /**
     * Reads one chunk whether or not it is verified.
     *
     * @return bytes checked
     * @throws Corrupt when it does not match its checksum
     */
    int verify(int chunk) {
        ChunkChecksums expected = checksums;
        ByteBuffer bytes = scratch.take();
        try {
            int count = readFully(ChunkChecksums.start(chunk), bytes, expected.chunkLength(chunk));
            check(expected, ChunkChecksums.start(chunk), bytes.flip());
            return count;
        } catch (IOException e) {
            throw DiskErrors.of(e, id);
        } finally {
            scratch.giveBack(bytes);
        }
    }

    /**
     * Reads the chunks that were not verified since the file was opened.
     *
     * @throws Corrupt when one does not match its checksum
     */
    void verifyOnce() {
        for (int chunk = 0; chunk < chunkCount(); chunk++) {
            if (!verified.contains(chunk)) {
                verify(chunk);
            }
        }
    }

    /** The number of chunks. */
    int chunkCount() {
        return checksums.count();
    }
}
