package dev.forebay.client.arrow;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Writes into memory. */
final class SegmentWriteChannel implements WritableByteChannel {
    private final MemorySegment target;
    private long position;

    SegmentWriteChannel(MemorySegment target) {
        this.target = target;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int count = source.remaining();
        if (count > target.byteSize() - position) {
            throw new IOException("more bytes than were counted");
        }
        MemorySegment.copy(MemorySegment.ofBuffer(source), 0, target, position, count);
        source.position(source.limit());
        position += count;
        return count;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
