package dev.forebay.gateway.alluxio;

import dev.forebay.files.FileReader;
import dev.forebay.wire.HttpExchange;
import dev.forebay.wire.ResponseHead;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A file being read.
 *
 * <ul>
 *   <li>{@code position} is the first byte not yet handed over; it moves under {@code lock} only.
 *   <li>Close never waits for a read that a client has abandoned: it sets {@code closing}, and
 *       whoever lets go of the lock last closes the file.
 * </ul>
 */
final class OpenReader implements OpenStream {
    private final FileReader reader;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean closing;
    private boolean closed;
    private long position;

    OpenReader(FileReader reader) {
        this.reader = reader;
    }

    @Override
    public void read(HttpExchange exchange) throws IOException {
        lock.lock();
        try {
            if (closing) {
                throw OpenStream.missing();
            }
            long length = Math.max(reader.length() - position, 0);
            exchange.begin(ResponseHead.BYTES, length);
            reader.transfer(
                    new FileReader.ByteRange(position, length),
                    piece -> {
                        int handed = piece.remaining();
                        exchange.write(piece);
                        position += handed;
                    });
        } finally {
            lock.unlock();
            closeWhenFree();
        }
    }

    @Override
    public long write(HttpExchange exchange) {
        throw OpenStream.missing();
    }

    @Override
    public void close() {
        if (closing) {
            throw OpenStream.missing();
        }
        closing = true;
        closeWhenFree();
    }

    @Override
    public boolean busy() {
        return lock.isLocked();
    }

    private void closeWhenFree() {
        if (closing && lock.tryLock()) {
            try {
                if (!closed) {
                    closed = true;
                    reader.close();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
