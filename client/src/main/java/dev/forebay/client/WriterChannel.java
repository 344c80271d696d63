package dev.forebay.client;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;

/** A writer as a channel. */
final class WriterChannel implements WritableByteChannel {
    private final FileWriter writer;
    private boolean open = true;

    WriterChannel(FileWriter writer) {
        this.writer = writer;
    }

    @Override
    public int write(ByteBuffer source) throws ClosedChannelException {
        if (!open) {
            throw new ClosedChannelException();
        }
        int count = source.remaining();
        writer.write(source);
        return count;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
        writer.close();
    }
}
