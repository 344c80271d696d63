package dev.forebay.client;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A file written over the Alluxio REST. Bytes are gathered and sent in pieces, each a request of
 * its own, so that a caller may pause for as long as it likes.
 *
 * <p>State: open, then failed after a piece was not taken, then closed. A failed file is dropped at
 * close, since completing it would show a part as the whole.
 */
final class AlluxioWriter implements FileWriter {
    /** Bytes gathered before they are sent. */
    static final int PIECE = 4 * 1024 * 1024;

    private static final int FIRST_CAPACITY = 16 * 1024;

    private final AlluxioCalls calls;
    private final String path;
    private final long id;
    private byte[] gathered = new byte[0];
    private int count;
    private long position;
    private boolean failed;
    private boolean closed;

    AlluxioWriter(AlluxioCalls calls, String path, long id) {
        this.calls = calls;
        this.path = path;
        this.id = id;
    }

    @Override
    public void write(ByteBuffer source) {
        requireOpen();
        while (source.hasRemaining()) {
            if (count == 0 && source.remaining() >= PIECE) {
                ByteBuffer piece = source.slice(source.position(), PIECE);
                send(piece);
                source.position(source.position() + PIECE);
                position += PIECE;
            } else {
                gather(source);
            }
        }
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public FileStatus status() {
        return FileStatusDecoder.decode(calls.path(path, "get-status", OptionEncoder.none()));
    }

    @Override
    public void hflush() {
        throw AlluxioFiles.unsupported("hflush");
    }

    @Override
    public void hsync() {
        throw AlluxioFiles.unsupported("hsync");
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
        try {
            flush();
        } finally {
            if (failed) {
                abort();
            }
        }
        closed = true;
        calls.closeStream(id, path);
    }

    /** A file may be deleted while it is written: what its stream gets is dropped from then on. */
    @Override
    public void abort() {
        if (closed) {
            return;
        }
        closed = true;
        count = 0;
        try {
            calls.path(path, "delete", OptionEncoder.none());
        } catch (FilesException.NotFound e) {
            // somebody deleted it before
            failed = true;
        } finally {
            calls.closeStream(id, path);
        }
    }

    private void gather(ByteBuffer source) {
        int taken = Math.min(source.remaining(), PIECE - count);
        if (count + taken > gathered.length) {
            int capacity = Math.max(FIRST_CAPACITY, Math.max(count + taken, gathered.length * 2));
            gathered = Arrays.copyOf(gathered, Math.min(capacity, PIECE));
        }
        source.get(gathered, count, taken);
        count += taken;
        position += taken;
        if (count == PIECE) {
            flush();
        }
    }

    private void flush() {
        if (count > 0) {
            send(ByteBuffer.wrap(gathered, 0, count));
            count = 0;
        }
    }

    private void send(ByteBuffer piece) {
        failed = true;
        calls.writeStream(id, path, piece);
        failed = false;
    }

    private void requireOpen() {
        if (closed || failed) {
            throw FilesException.of(
                    Status.FAILED_PRECONDITION,
                    closed ? "the writer is closed" : "an earlier write failed",
                    path);
        }
    }
}
