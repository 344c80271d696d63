package dev.forebay.gateway.hdfs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A client over the network. */
record TcpWire(SocketChannel channel) implements Wire {
    @Override
    public int read(ByteBuffer target) throws IOException {
        return channel.read(target);
    }

    @Override
    public int readNow(ByteBuffer target) throws IOException {
        channel.configureBlocking(false);
        try {
            return Math.max(0, channel.read(target));
        } finally {
            channel.configureBlocking(true);
        }
    }

    @Override
    public void write(ByteBuffer[] sources, int count) throws IOException {
        int first = 0;
        while (first < count) {
            channel.write(sources, first, count - first);
            while (first < count && !sources[first].hasRemaining()) {
                first++;
            }
        }
    }

    @Override
    public void endOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public void end() throws IOException {
        channel.close();
    }

    @Override
    public InetAddress local() throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getAddress();
    }

    @Override
    public String remote() throws IOException {
        return ((InetSocketAddress) channel.getRemoteAddress()).getAddress().getHostAddress();
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
