package dev.forebay.client;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A reader as a read-only channel. */
final class ReaderChannel implements SeekableByteChannel {
    private final FileReader reader;
    private boolean open = true;

    ReaderChannel(FileReader reader) {
        this.reader = reader;
    }

    @Override
    public int read(ByteBuffer target) throws ClosedChannelException {
        requireOpen();
        return reader.read(target);
    }

    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public long position() throws ClosedChannelException {
        requireOpen();
        return reader.position();
    }

    @Override
    public SeekableByteChannel position(long next) throws ClosedChannelException {
        requireOpen();
        reader.seek(next);
        return this;
    }

    @Override
    public long size() throws ClosedChannelException {
        requireOpen();
        return reader.length();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
        reader.close();
    }

    private void requireOpen() throws ClosedChannelException {
        if (!open) {
            throw new ClosedChannelException();
        }
    }
}
