package dev.forebay.client.hdfs;

import dev.forebay.client.FileReader;
import dev.forebay.client.FileStatus;
import dev.forebay.client.FilesException;
import dev.forebay.client.OpenOptions;
import dev.forebay.client.Status;

import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.client.HdfsDataInputStream;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A file read over the wires of HDFS. Its length is that at its opening. Hadoop's stream for {@code
 * hdfs} reads at a position beside others; that for WebHDFS moves, so that one call waits for the
 * other.
 */
final class HdfsReader implements FileReader {
    private static final int PIECE = 256 * 1024;

    private final HdfsFiles client;
    private final String path;
    private final FSDataInputStream stream;
    private final long length;
    private final ReentrantLock moving = new ReentrantLock();
    private long position;
    private boolean closed;

    private HdfsReader(HdfsFiles client, String path, FSDataInputStream stream, long length) {
        this.client = client;
        this.path = path;
        this.stream = stream;
        this.length = length;
    }

    static HdfsReader open(HdfsFiles client, String path, OpenOptions options) {
        Path wanted = HdfsPaths.of(path);
        if (options.readType().isPresent()) {
            throw client.unsupported("read type");
        }
        return HdfsErrors.call(path, () -> open(client, wanted, options.bufferSize()));
    }

    private static HdfsReader open(HdfsFiles client, Path path, OptionalInt buffer)
            throws IOException {
        String text = HdfsPaths.text(path);
        if (client.distributed().isEmpty()) {
            // this wire opens at the first read
            FileStatus status = client.stat(text);
            if (status.directory()) {
                throw directory(text);
            }
            return new HdfsReader(client, text, stream(client, path, buffer), status.length());
        }
        FSDataInputStream stream;
        try {
            stream = stream(client, path, buffer);
        } catch (FileNotFoundException e) {
            if (client.find(text).filter(FileStatus::directory).isPresent()) {
                throw directory(text);
            }
            throw e;
        }
        long length =
                stream instanceof HdfsDataInputStream hdfs
                        ? hdfs.getVisibleLength()
                        : client.stat(text).length();
        return new HdfsReader(client, text, stream, length);
    }

    private static FSDataInputStream stream(HdfsFiles client, Path path, OptionalInt buffer)
            throws IOException {
        return buffer.isPresent()
                ? client.files().open(path, buffer.getAsInt())
                : client.files().open(path);
    }

    private static FilesException directory(String path) {
        return FilesException.of(Status.UNKNOWN, "cannot read a directory", path);
    }

    @Override
    public int read(ByteBuffer target) {
        if (!target.hasRemaining()) {
            return 0;
        }
        if (position >= length) {
            return -1;
        }
        return HdfsErrors.call(
                path,
                () -> {
                    moving.lock();
                    try {
                        if (stream.getPos() != position) {
                            stream.seek(position);
                        }
                        int count = into(target, stream::read);
                        position += Math.max(count, 0);
                        return count;
                    } finally {
                        moving.unlock();
                    }
                });
    }

    @Override
    public int readAt(long from, ByteBuffer target) {
        requirePosition(from);
        int start = target.position();
        if (client.distributed().isPresent()) {
            HdfsErrors.run(path, () -> fill(from, target));
        } else {
            moving.lock();
            try {
                HdfsErrors.run(path, () -> fill(from, target));
            } finally {
                moving.unlock();
            }
        }
        return target.position() - start;
    }

    private void fill(long from, ByteBuffer target) throws IOException {
        long at = from;
        while (target.hasRemaining() && at < length) {
            long here = at;
            int count =
                    into(target, (bytes, offset, most) -> stream.read(here, bytes, offset, most));
            if (count < 0) {
                return;
            }
            at += count;
        }
    }

    /** A read into an array. */
    @FunctionalInterface
    private interface Source {
        int read(byte[] target, int offset, int most) throws IOException;
    }

    private static int into(ByteBuffer target, Source source) throws IOException {
        if (target.hasArray()) {
            int count =
                    source.read(
                            target.array(),
                            target.arrayOffset() + target.position(),
                            target.remaining());
            target.position(target.position() + Math.max(count, 0));
            return count;
        }
        byte[] piece = new byte[Math.min(target.remaining(), PIECE)];
        int count = source.read(piece, 0, piece.length);
        target.put(piece, 0, Math.max(count, 0));
        return count;
    }

    @Override
    public void seek(long next) {
        requirePosition(next);
        position = next;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public FileStatus status() {
        return client.stat(path);
    }

    @Override
    public <T> T as(Class<T> power) {
        throw client.unsupported(power.getSimpleName());
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            HdfsErrors.run(path, stream::close);
        }
    }

    private void requirePosition(long value) {
        if (value < 0) {
            throw FilesException.of(
                    Status.INVALID_ARGUMENT, "a position must not be negative", path);
        }
    }
}
