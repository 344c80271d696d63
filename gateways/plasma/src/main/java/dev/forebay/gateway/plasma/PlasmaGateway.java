package dev.forebay.gateway.plasma;

import dev.forebay.base.Clock;
import dev.forebay.base.error.Closed;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Unavailable;
import dev.forebay.base.unix.UnixConnection;
import dev.forebay.base.unix.UnixListener;
import dev.forebay.objects.ObjectEngine;
import dev.forebay.wire.AuditLog;
import dev.forebay.wire.HttpExchange;
import dev.forebay.wire.RequestMetrics;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The gateway: accepts connections and gives each a thread. Safe for use by many threads.
 *
 * <p>When this is open the socket answers. A connection that ends, however it ends, leaves nothing
 * behind: its references are released and its unsealed objects dropped.
 */
public final class PlasmaGateway implements AutoCloseable {
    /** The gateway's name in metrics, audit and status. */
    public static final String NAME = "plasma";

    private static final Logger LOG = LoggerFactory.getLogger(PlasmaGateway.class);
    private static final Duration ACCEPT_PAUSE = Duration.ofMillis(100);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final PlasmaConfig config;
    private final Parts parts;
    private final UnixListener listener;
    private final Map<PlasmaConnection, Thread> connections = new ConcurrentHashMap<>();
    private final Thread acceptor;
    private long accepted;
    private boolean full;
    private volatile boolean closing;

    /**
     * What the gateway works with.
     *
     * @param engine the objects
     * @param memory where they lie
     * @param clock for timeouts and the duration of requests
     * @param metrics counts requests
     * @param audit keeps who did what
     */
    public record Parts(
            ObjectEngine engine,
            SharedMemory memory,
            Clock clock,
            RequestMetrics metrics,
            AuditLog audit) {}

    /**
     * The file that clients map.
     *
     * @param descriptor of this process, open for reading and writing; stays open longer than the
     *     gateway
     * @param length bytes, a page multiple; never less as long as a client may live
     */
    public record SharedMemory(int descriptor, long length) {}

    private PlasmaGateway(PlasmaConfig config, Parts parts, UnixListener listener) {
        this.config = config;
        this.parts = parts;
        this.listener = listener;
        this.acceptor =
                Thread.ofPlatform().daemon().name(NAME + "-accept").unstarted(this::acceptAll);
    }

    /**
     * Opens the socket and begins to serve.
     *
     * @throws Unavailable when another process answers at the socket
     * @throws dev.forebay.base.error.Invalid when the path is too long, or something else than a
     *     socket is there
     * @throws dev.forebay.base.error.NotFound when its folder is not there
     * @throws dev.forebay.base.error.PermissionDenied when the system does not let us
     */
    public static PlasmaGateway open(PlasmaConfig config, Parts parts) {
        UnixListener listener;
        try {
            listener = UnixListener.bind(config.socket(), config.mode());
        } catch (Unavailable e) {
            throw new Unavailable(
                    "the socket is in use, choose another plasma.socket", config.socket(), e);
        }
        PlasmaGateway gateway = new PlasmaGateway(config, parts, listener);
        gateway.acceptor.start();
        return gateway;
    }

    /** Where it listens. */
    public Path socket() {
        return listener.path();
    }

    /** The number of open connections. */
    public int connections() {
        return connections.size();
    }

    private void acceptAll() {
        while (!closing) {
            try {
                Optional<UnixConnection> connection = listener.accept();
                if (connection.isEmpty()) {
                    return;
                }
                admit(connection.get());
            } catch (ForebayException e) {
                LOG.warn("connection not accepted", e);
                pause();
            }
        }
    }

    private void pause() {
        try {
            parts.clock().sleep(ACCEPT_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void admit(UnixConnection connection) {
        if (connections.size() >= config.connectionsMax()) {
            refuse(connection, "TOO_MANY_CONNECTIONS");
            return;
        }
        full = false;
        PlasmaConnection served = new PlasmaConnection(config, parts, connection, this::ended);
        String name = NAME + "-" + ++accepted;
        Thread thread = Thread.ofPlatform().daemon().name(name).unstarted(served);
        connections.put(served, thread);
        try {
            thread.start();
        } catch (OutOfMemoryError e) {
            // The system has no thread left; the gateway goes on with those it has.
            connections.remove(served);
            refuse(connection, "NO_THREAD");
        }
    }

    private void refuse(UnixConnection connection, String why) {
        connection.close();
        if (!full) {
            LOG.warn("connection refused reason={} open={}", why, connections.size());
        }
        full = true;
        parts.metrics()
                .record(
                        new RequestMetrics.Outcome(
                                NAME, "accept", why, 0, new HttpExchange.Traffic(0, 0)));
    }

    private void ended(PlasmaConnection connection) {
        connections.remove(connection);
    }

    /** Takes the socket away, ends all connections and waits a short time for their threads. */
    @Override
    public void close() {
        closing = true;
        listener.shutdown();
        try {
            acceptor.join(CLOSE_LIMIT);
            for (PlasmaConnection connection : connections.keySet()) {
                connection.shutdown();
            }
            for (Thread thread : connections.values()) {
                if (!thread.join(CLOSE_LIMIT)) {
                    throw new Closed("a connection does not end", thread.getName());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            listener.close();
        }
    }
}
