package dev.forebay.gateway.hdfs;

import dev.forebay.base.error.Closed;
import dev.forebay.base.unix.UnixConnection;
import dev.forebay.base.unix.UnixDescriptor;
import dev.forebay.base.unix.UnixPeer;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A client on this machine, to whom descriptors can be sent. Its calls block a thread of the
 * system.
 */
final class UnixWire implements Wire {
    private static final int COPY_LENGTH = 64 << 10;

    private final UnixConnection connection;
    private final UnixPeer peer;
    private final MemorySegment input = Arena.ofAuto().allocate(COPY_LENGTH);
    private final ByteBuffer output = ByteBuffer.allocateDirect(COPY_LENGTH);
    private volatile boolean open = true;

    UnixWire(UnixConnection connection) {
        this.connection = connection;
        this.peer = connection.peer();
    }

    /** The process at the other end. */
    UnixPeer peer() {
        return peer;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int length = Math.min(target.remaining(), COPY_LENGTH);
        MemorySegment bytes =
                target.isDirect() ? MemorySegment.ofBuffer(target) : input.asSlice(0, length);
        int count;
        try {
            count = (int) connection.readSome(bytes);
        } catch (Closed e) {
            throw broken(e);
        }
        if (count == 0) {
            return -1;
        }
        if (target.isDirect()) {
            target.position(target.position() + count);
        } else {
            target.put(bytes.asSlice(0, count).asByteBuffer());
        }
        return count;
    }

    /** Small pieces go out together; large ones of native memory are not copied. */
    @Override
    public void write(ByteBuffer[] sources, int count) throws IOException {
        try {
            for (int i = 0; i < count; i++) {
                add(sources[i]);
            }
            flush();
        } catch (Closed e) {
            throw broken(e);
        }
    }

    private void add(ByteBuffer source) {
        if (source.isDirect() && source.remaining() >= COPY_LENGTH / 4) {
            flush();
            connection.write(MemorySegment.ofBuffer(source));
            source.position(source.limit());
        }
        while (source.hasRemaining()) {
            int length = Math.min(source.remaining(), output.remaining());
            output.put(source.slice(source.position(), length));
            source.position(source.position() + length);
            if (!output.hasRemaining()) {
                flush();
            }
        }
    }

    private void flush() {
        output.flip();
        try {
            connection.write(MemorySegment.ofBuffer(output));
        } finally {
            output.clear();
        }
    }

    /** Sends descriptors with one byte; they stay open here. */
    void send(byte body, List<UnixDescriptor> descriptors) throws IOException {
        try {
            connection.sendDescriptors(body, descriptors);
        } catch (Closed e) {
            throw broken(e);
        }
    }

    private static IOException broken(Closed cause) {
        IOException e = new EOFException("connection broken");
        e.initCause(cause);
        return e;
    }

    @Override
    public void endOutput() {
        connection.endOutput();
    }

    @Override
    public void end() {
        connection.shutdown();
    }

    @Override
    public InetAddress local() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public String remote() {
        return "pid-" + peer.processId();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
        connection.close();
    }
}
