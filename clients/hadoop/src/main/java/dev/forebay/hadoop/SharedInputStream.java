package dev.forebay.hadoop;

import org.apache.hadoop.fs.ByteBufferPositionedReadable;
import org.apache.hadoop.fs.ByteBufferReadable;
import org.apache.hadoop.fs.CanSetDropBehind;
import org.apache.hadoop.fs.CanSetReadahead;
import org.apache.hadoop.fs.CanUnbuffer;
import org.apache.hadoop.fs.FSExceptionMessages;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.hdfs.client.HdfsDataInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Set;

/**
 * A file that is read from the shared memory of the node, and through Hadoop's client from where
 * that stops to be sure. Positioned reads are safe for use by many threads, others by one.
 */
final class SharedInputStream extends FSInputStream
        implements ByteBufferReadable,
                ByteBufferPositionedReadable,
                CanSetDropBehind,
                CanSetReadahead,
                CanUnbuffer,
                StreamCapabilities {
    private static final Logger LOG = LoggerFactory.getLogger(SharedInputStream.class);
    private static final Set<String> CAPABILITIES =
            Set.of(
                    StreamCapabilities.READBYTEBUFFER,
                    StreamCapabilities.PREADBYTEBUFFER,
                    StreamCapabilities.UNBUFFER,
                    StreamCapabilities.READAHEAD,
                    StreamCapabilities.DROPBEHIND,
                    StreamCapabilities.VECTOREDIO);

    private final SharedBlocks blocks;
    private final HdfsDataInputStream plain;
    private final SharedReads reads;
    private final FileSystem.Statistics statistics;
    private final long length;
    private long position;
    private volatile boolean lost;
    private volatile boolean closed;

    /**
     * Creates a stream, which closes what it is made of.
     *
     * @param blocks of the file
     * @param plain the same file, just opened
     * @param reads counts what is read from memory
     * @param statistics count what is read; Hadoop's client counts for itself
     */
    SharedInputStream(
            SharedBlocks blocks,
            HdfsDataInputStream plain,
            SharedReads reads,
            FileSystem.Statistics statistics) {
        this.blocks = blocks;
        this.plain = plain;
        this.reads = reads;
        this.statistics = statistics;
        this.length = blocks.length();
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException(FSExceptionMessages.STREAM_IS_CLOSED);
        }
    }

    /** Reads at least a byte if there is one; -1 at the end. */
    private int readAt(long from, ByteBuffer target) throws IOException {
        requireOpen();
        if (from < 0) {
            throw new EOFException(FSExceptionMessages.NEGATIVE_SEEK);
        }
        if (!target.hasRemaining()) {
            return 0;
        }
        if (from >= length) {
            return -1;
        }
        int count = (int) Math.min(target.remaining(), length - from);
        if (lost || !readShared(from, target.slice(target.position(), count))) {
            requireOpen();
            count = readPlain(from, target.slice(target.position(), count));
        }
        if (count > 0) {
            target.position(target.position() + count);
        }
        return count;
    }

    private boolean readShared(long from, ByteBuffer target) {
        int count = target.remaining();
        boolean good = false;
        try {
            good = blocks.read(from, target);
        } catch (IOException e) {
            LOG.debug("shared memory cannot be read position={}", from, e);
        }
        if (!good) {
            lost = true;
            return false;
        }
        statistics.incrementBytesRead(count);
        statistics.incrementBytesReadByDistance(0, count);
        reads.add(count);
        return true;
    }

    private int readPlain(long from, ByteBuffer target) throws IOException {
        byte[] bytes = new byte[Math.min(target.remaining(), 1 << 20)];
        int count = plain.read(from, bytes, 0, bytes.length);
        if (count > 0) {
            target.put(bytes, 0, count);
        }
        return count;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        return read(ByteBuffer.wrap(target, offset, count));
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int count = readAt(position, target);
        position += Math.max(0, count);
        return count;
    }

    @Override
    public int read(long from, byte[] target, int offset, int count) throws IOException {
        validatePositionedReadArgs(from, target, offset, count);
        return readAt(from, ByteBuffer.wrap(target, offset, count));
    }

    @Override
    public int read(long from, ByteBuffer target) throws IOException {
        return readAt(from, target);
    }

    @Override
    public void readFully(long from, byte[] target, int offset, int count) throws IOException {
        validatePositionedReadArgs(from, target, offset, count);
        readFully(from, ByteBuffer.wrap(target, offset, count));
    }

    @Override
    public void readFully(long from, ByteBuffer target) throws IOException {
        requireOpen();
        long at = from;
        while (target.hasRemaining()) {
            int count = readAt(at, target);
            if (count < 0) {
                throw new EOFException(FSExceptionMessages.EOF_IN_READ_FULLY);
            }
            at += count;
        }
    }

    @Override
    public void seek(long to) throws IOException {
        requireOpen();
        if (to < 0) {
            throw new EOFException(FSExceptionMessages.NEGATIVE_SEEK);
        }
        if (to > length) {
            throw new EOFException(FSExceptionMessages.CANNOT_SEEK_PAST_EOF);
        }
        position = to;
    }

    @Override
    public long skip(long count) throws IOException {
        requireOpen();
        if (count < 0) {
            return 0;
        }
        long skipped = Math.min(count, length - position);
        position += skipped;
        return skipped;
    }

    @Override
    public int available() throws IOException {
        requireOpen();
        return (int) Math.min(Integer.MAX_VALUE, length - position);
    }

    @Override
    public long getPos() {
        return position;
    }

    /** There is no other place. */
    @Override
    public boolean seekToNewSource(long to) {
        return false;
    }

    /** Nothing is buffered here. */
    @Override
    public void unbuffer() {
        plain.unbuffer();
    }

    /** Nothing is read ahead. */
    @Override
    public void setReadahead(Long count) {}

    /** What is in memory is not read from disk. */
    @Override
    public void setDropBehind(Boolean drop) {}

    @Override
    public boolean hasCapability(String capability) {
        return CAPABILITIES.contains(capability.toLowerCase(Locale.ROOT));
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (blocks) {
            plain.close();
        }
    }
}
