package dev.forebay.gateway.hdfs;

import dev.forebay.base.Clock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One socket: accepts connections, gives each a thread, and closes those that are overdue. Safe for
 * use by many threads.
 */
final class ConnectionListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionListener.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final Acceptor socket;
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
     * @param ownThreadsMax how many of them have a thread of the system each, which is woken faster
     *     than a virtual one
     */
    record Limits(String name, int connectionsMax, int ownThreadsMax) {}

    /** Nothing is accepted before {@link #start}. */
    ConnectionListener(Acceptor socket, Service service, Limits limits, Clock clock) {
        this.socket = socket;
        this.service = service;
        this.limits = limits;
        this.clock = clock;
        this.acceptor = socket.threads().name(limits.name() + "-accept").unstarted(this::accept);
        this.sweeper = Thread.ofVirtual().name(limits.name() + "-sweep").unstarted(this::sweep);
    }

    void start() {
        acceptor.start();
        sweeper.start();
    }

    int port() {
        return socket.port();
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

    private void admit(Wire wire) throws IOException {
        if (connections.size() >= limits.connectionsMax()) {
            LOG.warn("too many connections, one refused name={}", limits.name());
            wire.close();
            return;
        }
        Connection connection = new Connection(wire, clock);
        Thread thread = threads().name(limits.name()).unstarted(() -> serve(connection));
        connections.put(connection, thread);
        try {
            thread.start();
        } catch (OutOfMemoryError e) {
            // the system has no thread left; those that there are go on
            connections.remove(connection);
            connection.close();
            throw new IOException("no thread left", e);
        }
        if (closing) {
            end(connection);
        }
    }

    private Thread.Builder threads() {
        return connections.size() < limits.ownThreadsMax()
                ? Thread.ofPlatform().daemon()
                : socket.threads();
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
                connection.look();
                if (connection.overdue()) {
                    end(connection);
                }
            }
        }
    }

    private void end(Connection connection) {
        try {
            connection.end();
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
        socket.shutdown();
        connections.keySet().forEach(this::end);
        try {
            boolean accepting = acceptor.isAlive() && !acceptor.join(CLOSE_LIMIT);
            if (!accepting) {
                socket.close();
            }
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
