package dev.forebay.client.arrow;

import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Counts what is written to it. */
final class CountingChannel implements WritableByteChannel {
    private long bytes;

    long bytes() {
        return bytes;
    }

    @Override
    public int write(ByteBuffer source) {
        int count = source.remaining();
        bytes += count;
        source.position(source.limit());
        return count;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
