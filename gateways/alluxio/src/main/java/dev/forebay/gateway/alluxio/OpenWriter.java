package dev.forebay.gateway.alluxio;

import dev.forebay.files.FileWriter;
import dev.forebay.wire.HttpExchange;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/** A file being written. Requests run one after the other under {@code lock}. */
final class OpenWriter implements OpenStream {
    private final FileWriter writer;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed;

    OpenWriter(FileWriter writer) {
        this.writer = writer;
    }

    @Override
    public void read(HttpExchange exchange) {
        throw OpenStream.missing();
    }

    @Override
    public long write(HttpExchange exchange) throws IOException {
        lock.lock();
        try {
            checkOpen();
            return exchange.receive(writer::write);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            checkOpen();
            writer.close();
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean busy() {
        return lock.isLocked();
    }

    private void checkOpen() {
        if (closed) {
            throw OpenStream.missing();
        }
    }
}
