package dev.forebay.gateway.hdfs;

import dev.forebay.base.Clock;
import dev.forebay.base.error.Unavailable;
import dev.forebay.wire.HttpListener;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One port: accepts connections, gives each a virtual thread, and closes those that are overdue.
 * Safe for use by many threads.
 */
final class ConnectionListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionListener.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
    private static final int BACKLOG = 1_024;

    private final ServerSocketChannel socket;
    private final Service service;
    private final Limits limits;
    private final Clock clock;
    private final Map<Connection, Thread> connections = new ConcurrentHashMap<>();
    private final Thread acceptor;
    private final Thread sweeper;
    private volatile boolean closing;

    /** Serves one connection until its end. */
    @FunctionalInterface
    interface Service {
        /** Returns when the connection is over; it is closed then. */
        void serve(Connection connection) throws IOException;
    }

    /**
     * Bounds of a port.
     *
     * @param name for threads and the log
     * @param connectionsMax open connections
     */
    record Limits(String name, int connectionsMax) {}

    private ConnectionListener(
            ServerSocketChannel socket, Service service, Limits limits, Clock clock) {
        this.socket = socket;
        this.service = service;
        this.limits = limits;
        this.clock = clock;
        this.acceptor = Thread.ofVirtual().name(limits.name() + "-accept").unstarted(this::accept);
        this.sweeper = Thread.ofVirtual().name(limits.name() + "-sweep").unstarted(this::sweep);
    }

    /**
     * Binds; nothing is accepted before {@link #start}.
     *
     * @throws Unavailable when the address cannot be bound; names the setting to change
     */
    static ConnectionListener bind(
            HttpListener.Address address, Limits limits, Clock clock, Service service) {
        ServerSocketChannel socket = null;
        try {
            socket = ServerSocketChannel.open();
            socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            socket.bind(new InetSocketAddress(address.host(), address.port()), BACKLOG);
            return new ConnectionListener(socket, service, limits, clock);
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

    void start() {
        acceptor.start();
        sweeper.start();
    }

    int port() {
        return socket.socket().getLocalPort();
    }

    int connections() {
        return connections.size();
    }

    private void accept() {
        while (!closing) {
            try {
                admit(socket.accept());
            } catch (ClosedChannelException e) {
                if (!closing) {
                    LOG.error("listener closed name={}", limits.name(), e);
                }
                return;
            } catch (IOException e) {
                LOG.warn("connection not accepted name={}", limits.name(), e);
                pause();
            }
        }
    }

    private void admit(SocketChannel channel) throws IOException {
        if (connections.size() >= limits.connectionsMax()) {
            LOG.warn("too many connections, one refused name={}", limits.name());
            channel.close();
            return;
        }
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        Connection connection = new Connection(channel, clock);
        Thread thread = Thread.ofVirtual().name(limits.name()).unstarted(() -> serve(connection));
        connections.put(connection, thread);
        thread.start();
        if (closing) {
            end(connection);
        }
    }

    private void serve(Connection connection) {
        try (connection) {
            service.serve(connection);
        } catch (IOException e) {
            LOG.debug("connection broken name={}", limits.name(), e);
        } catch (RuntimeException | Error e) {
            LOG.error("connection failed name={}", limits.name(), e);
        } finally {
            connections.remove(connection);
        }
    }

    private void sweep() {
        while (!closing) {
            pause();
            for (Connection connection : connections.keySet()) {
                if (connection.overdue()) {
                    end(connection);
                }
            }
        }
    }

    private void end(Connection connection) {
        try {
            connection.close();
        } catch (IOException e) {
            LOG.debug("connection not closed name={}", limits.name(), e);
        }
    }

    private void pause() {
        try {
            clock.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes the port and all connections, and waits a short time for their threads. */
    @Override
    public void close() {
        closing = true;
        closeQuietly(socket);
        connections.keySet().forEach(this::end);
        try {
            for (Thread thread : connections.values()) {
                if (!thread.join(CLOSE_LIMIT)) {
                    LOG.warn("a connection does not end name={}", limits.name());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
