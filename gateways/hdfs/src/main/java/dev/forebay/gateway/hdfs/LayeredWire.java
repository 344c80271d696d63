package dev.forebay.gateway.hdfs;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A socket whose bytes are protected on the way. */
final class LayeredWire implements Wire {
    private final Wire below;
    private final Layer layer;

    /** What came and was not read yet. Of the thread that reads. */
    private ByteBuffer here = ByteBuffer.allocate(0);

    /** How bytes are protected. One thread reads and one at a time writes. */
    interface Layer {
        /**
         * What came next.
         *
         * @return empty when the client sends no more
         * @throws IOException when it was tampered with
         */
        Optional<ByteBuffer> next() throws IOException;

        /** Sends the first {@code count} of {@code sources}, each completely. */
        void write(ByteBuffer[] sources, int count) throws IOException;
    }

    LayeredWire(Wire below, Layer layer) {
        this.below = below;
        this.layer = layer;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        while (!here.hasRemaining()) {
            Optional<ByteBuffer> next = layer.next();
            if (next.isEmpty()) {
                return -1;
            }
            here = next.get();
        }
        int count = Math.min(here.remaining(), target.remaining());
        target.put(here.slice(here.position(), count));
        here.position(here.position() + count);
        return count;
    }

    @Override
    public void write(ByteBuffer[] sources, int count) throws IOException {
        layer.write(sources, count);
    }

    @Override
    public void endOutput() throws IOException {
        below.endOutput();
    }

    @Override
    public void end() throws IOException {
        below.end();
    }

    @Override
    public InetAddress local() throws IOException {
        return below.local();
    }

    @Override
    public String remote() throws IOException {
        return below.remote();
    }

    @Override
    public boolean isOpen() {
        return below.isOpen();
    }

    @Override
    public void close() throws IOException {
        below.close();
    }
}
