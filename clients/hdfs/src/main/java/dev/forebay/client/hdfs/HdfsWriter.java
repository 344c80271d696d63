package dev.forebay.client.hdfs;

import dev.forebay.client.FileStatus;
import dev.forebay.client.FileWriter;
import dev.forebay.client.FilesException;
import dev.forebay.client.Status;

import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A file written over the wires of HDFS.
 *
 * <p>State: open, then failed after a write that did not go through, then closed.
 */
final class HdfsWriter implements FileWriter {
    private static final Logger LOG = LoggerFactory.getLogger(HdfsWriter.class);
    private static final int PIECE = 256 * 1024;

    private final HdfsFiles client;
    private final Path path;
    private final FSDataOutputStream stream;
    private final Beginning beginning;
    private long written;
    private boolean failed;
    private boolean closed;

    /**
     * What there was.
     *
     * @param appended whether the file is continued
     * @param length bytes it had
     * @param fileId its number; 0 when that is not known yet
     */
    private record Beginning(boolean appended, long length, long fileId) {}

    private HdfsWriter(
            HdfsFiles client, Path path, FSDataOutputStream stream, Beginning beginning) {
        this.client = client;
        this.path = path;
        this.stream = stream;
        this.beginning = beginning;
    }

    static HdfsWriter created(HdfsFiles client, Path path, FSDataOutputStream stream)
            throws IOException {
        // over WebHDFS there is no file before its first bytes are sent
        long fileId = client.distributed().isPresent() ? client.fileId(path) : 0;
        return new HdfsWriter(client, path, stream, new Beginning(false, 0, fileId));
    }

    static HdfsWriter appending(HdfsFiles client, Path path, FSDataOutputStream stream, long length)
            throws IOException {
        return new HdfsWriter(
                client, path, stream, new Beginning(true, length, client.fileId(path)));
    }

    @Override
    public void write(ByteBuffer source) {
        requireOpen();
        failed = true;
        HdfsErrors.run(
                HdfsPaths.text(path),
                () -> {
                    while (source.hasRemaining()) {
                        writePiece(source);
                    }
                });
        failed = false;
    }

    private void writePiece(ByteBuffer source) throws IOException {
        int count = source.remaining();
        if (source.hasArray()) {
            stream.write(source.array(), source.arrayOffset() + source.position(), count);
            source.position(source.limit());
        } else {
            byte[] piece = new byte[Math.min(count, PIECE)];
            source.get(piece);
            stream.write(piece);
            count = piece.length;
        }
        written += count;
    }

    @Override
    public long position() {
        return beginning.length() + written;
    }

    @Override
    public FileStatus status() {
        return client.stat(HdfsPaths.text(path));
    }

    @Override
    public void hflush() {
        requireOpen();
        requireFlush("hflush");
        HdfsErrors.run(HdfsPaths.text(path), stream::hflush);
    }

    @Override
    public void hsync() {
        requireOpen();
        requireFlush("hsync");
        HdfsErrors.run(HdfsPaths.text(path), stream::hsync);
    }

    /** A stream that has one of the two has both. */
    private void requireFlush(String what) {
        if (!stream.hasCapability(StreamCapabilities.HSYNC)) {
            throw client.unsupported(what);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (failed) {
            abort();
            return;
        }
        closed = true;
        HdfsErrors.run(HdfsPaths.text(path), stream::close);
    }

    /**
     * The protocol cannot drop what was sent: a new file is deleted under its writer, over WebHDFS,
     * which makes it only then, after it; a continued one is completed and cut.
     */
    @Override
    public void abort() {
        if (closed) {
            return;
        }
        closed = true;
        if (beginning.appended()) {
            abandon();
            cut();
        } else if (client.distributed().isPresent()) {
            HdfsErrors.run(HdfsPaths.text(path), this::delete);
            abandon();
        } else {
            abandon();
            HdfsErrors.run(HdfsPaths.text(path), this::delete);
        }
    }

    private void delete() throws IOException {
        if (beginning.fileId() == 0 || client.fileId(path) == beginning.fileId()) {
            boolean deleted = client.files().delete(path, false);
            LOG.debug("dropped an unfinished file path={} was-there={}", path, deleted);
        }
    }

    /** Ends the stream; that it fails is what a file that is gone under it leads to. */
    private void abandon() {
        try {
            stream.close();
        } catch (IOException e) {
            LOG.debug("ended a writer that was given up path={}", path, e);
        }
    }

    private void cut() {
        HdfsErrors.run(
                HdfsPaths.text(path),
                () -> {
                    if (client.fileId(path) == beginning.fileId()
                            && client.files().getFileStatus(path).getLen() > beginning.length()) {
                        boolean done = client.files().truncate(path, beginning.length());
                        LOG.debug("cut an unfinished append path={} done={}", path, done);
                        if (!done) {
                            client.awaitClosed(path);
                        }
                    }
                });
    }

    private void requireOpen() {
        if (closed || failed) {
            throw FilesException.of(
                    Status.FAILED_PRECONDITION,
                    closed ? "the writer is closed" : "an earlier write failed",
                    HdfsPaths.text(path));
        }
    }
}
