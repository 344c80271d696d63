package dev.forebay.client.arrow;

import dev.forebay.client.ObjectHandle;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;

/** Reads the data of an object, which it references until it is closed. */
final class HandleReadChannel implements ReadableByteChannel {
    private final ObjectHandle handle;
    private long position;
    private boolean closed;

    HandleReadChannel(ObjectHandle handle) {
        this.handle = handle;
    }

    @Override
    public int read(ByteBuffer target) throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
        long left = handle.data().byteSize() - position;
        if (left == 0 && target.hasRemaining()) {
            return -1;
        }
        int count = (int) Math.min(left, target.remaining());
        MemorySegment.copy(handle.data(), position, MemorySegment.ofBuffer(target), 0, count);
        target.position(target.position() + count);
        position += count;
        return count;
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() {
        closed = true;
        handle.close();
    }
}
