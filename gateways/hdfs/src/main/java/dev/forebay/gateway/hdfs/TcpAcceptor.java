package dev.forebay.gateway.hdfs;

import dev.forebay.base.error.Unavailable;
import dev.forebay.wire.HttpListener;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;

/** Connections over the network. */
final class TcpAcceptor implements Acceptor {
    private static final Logger LOG = LoggerFactory.getLogger(TcpAcceptor.class);
    private static final int BACKLOG = 1_024;

    private final ServerSocketChannel socket;

    private TcpAcceptor(ServerSocketChannel socket) {
        this.socket = socket;
    }

    /**
     * Binds.
     *
     * @throws Unavailable when the address cannot be bound; names the setting to change
     */
    static TcpAcceptor bind(HttpListener.Address address) {
        ServerSocketChannel socket = null;
        try {
            socket = ServerSocketChannel.open();
            socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            socket.bind(new InetSocketAddress(address.host(), address.port()), BACKLOG);
            return new TcpAcceptor(socket);
        } catch (IOException | UnresolvedAddressException e) {
            closeQuietly(socket);
            throw new Unavailable(
                    "the address cannot be bound, choose another " + address.setting(),
                    address.host() + ":" + address.port(),
                    e);
        }
    }

    private static void closeQuietly(@Nullable ServerSocketChannel socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            LOG.debug("socket not closed", e);
        }
    }

    @Override
    public Wire accept() throws IOException {
        SocketChannel channel = socket.accept();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        return new TcpWire(channel);
    }

    @Override
    public Thread.Builder threads() {
        return Thread.ofVirtual();
    }

    @Override
    public int port() {
        return socket.socket().getLocalPort();
    }

    @Override
    public void shutdown() {
        closeQuietly(socket);
    }

    @Override
    public void close() {
        closeQuietly(socket);
    }
}
