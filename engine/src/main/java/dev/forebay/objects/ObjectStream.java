package dev.forebay.objects;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/** The bytes of an object that a session references until this is closed. */
final class ObjectStream extends InputStream {
    private final ObjectSession session;
    private final MemorySegment data;
    private long position;
    private boolean closed;

    ObjectStream(ObjectSession session, MemorySegment data) {
        this.session = session;
        this.data = data;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (closed) {
            throw new IOException("stream is closed");
        }
        long left = data.byteSize() - position;
        if (length > 0 && left == 0) {
            return -1;
        }
        int count = (int) Math.min(length, left);
        MemorySegment.copy(data, ValueLayout.JAVA_BYTE, position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, data.byteSize() - position);
    }

    @Override
    public void close() {
        closed = true;
        session.close();
    }
}
