package dev.forebay.wire;

import dev.forebay.base.Closer;
import dev.forebay.base.error.Internal;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.Unavailable;

import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * All HTTP listeners of a node: one pool of threads, several addresses. Requests run on virtual
 * threads. Safe for use by many threads.
 *
 * <p>Bounds: request headers {@value #HEADER_LENGTH_MAX} bytes (else 431), connections by {@link
 * Options}, a connection without request {@link #IDLE_TIMEOUT}, a request or answer in which no
 * byte moves {@link #STALL_TIMEOUT}. Socket buffers are left to the system: setting them has made
 * large answers hang.
 */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    /** Bytes of a request line with its headers. */
    static final int HEADER_LENGTH_MAX = 32 * 1024;

    /** How long a connection may stay open between two requests. */
    static final Duration IDLE_TIMEOUT = Duration.ofMinutes(15);

    /** How long a client may pause inside a request or an answer: readers stall for long. */
    static final Duration STALL_TIMEOUT = Duration.ofHours(1);

    /** How long any pause may last once all connections are taken. */
    private static final Duration CROWDED_TIMEOUT = Duration.ofMinutes(5);

    /** Bytes read from a socket at once: large uploads need few turns. */
    private static final int INPUT_BUFFER_LENGTH = 64 * 1024;

    private static final int THREADS_MAX = 64;

    private final Server server;
    private final JettyHandler handler = new JettyHandler();
    private final Map<String, ServerConnector> connectors = new LinkedHashMap<>();

    private HttpServer(Server server) {
        this.server = server;
    }

    /**
     * Bounds of a server.
     *
     * @param connectionsMax open connections of all listeners together, 1 to 2^31-1; more wait
     * @param stopTimeout how long running requests may go on after {@link HttpServer#close}
     */
    public record Options(int connectionsMax, Duration stopTimeout) {
        /** 10,000 connections, 10 seconds. */
        public static final Options DEFAULT = new Options(10_000, Duration.ofSeconds(10));
    }

    /**
     * Binds all listeners, then serves. When one cannot be bound none serves.
     *
     * @throws Unavailable when an address cannot be bound; names the setting to change
     */
    public static HttpServer start(List<HttpListener> listeners, Options options) {
        var threads = new QueuedThreadPool(THREADS_MAX);
        threads.setName("http");
        threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        HttpServer http = new HttpServer(new Server(threads));
        http.server.setHandler(new GracefulHandler(http.handler));
        http.server.setErrorHandler(new JettyErrors());
        http.server.setStopTimeout(options.stopTimeout().toMillis());
        var limit = new NetworkConnectionLimit(options.connectionsMax(), http.server);
        limit.setEndPointIdleTimeout(CROWDED_TIMEOUT.toMillis());
        http.server.addBean(limit);
        for (HttpListener listener : listeners) {
            http.bind(listener);
        }
        http.serve();
        return http;
    }

    /**
     * The port a listener is bound to.
     *
     * @param name of the listener
     * @throws NotFound when there is none of that name
     */
    public int port(String name) {
        ServerConnector connector = connectors.get(name);
        if (connector == null) {
            throw new NotFound("no such listener", name);
        }
        return connector.getLocalPort();
    }

    /** Open connections of all listeners. */
    public int connections() {
        return connectors.values().stream()
                .mapToInt(connector -> connector.getConnectedEndPoints().size())
                .sum();
    }

    /**
     * Stops accepting, closes connections that wait for a request, lets running requests end within
     * the time of the options, breaks what is left.
     */
    @Override
    public void close() {
        connectors.values().forEach(ServerConnector::close);
        connectors
                .values()
                .forEach(each -> handler.closeIdle(List.copyOf(each.getConnectedEndPoints())));
        try {
            server.stop();
        } catch (TimeoutException e) {
            LOG.warn("requests were cut off by the stop timeoutMillis={}", server.getStopTimeout());
        } catch (Exception e) { // declared so by the HTTP engine
            throw new Internal("http server did not stop cleanly", "", e);
        }
    }

    private void bind(HttpListener listener) {
        HttpListener.Address address = listener.address();
        var connector = new ServerConnector(server, 1, selectors(), factory());
        connector.setName(listener.name());
        connector.setHost(address.host());
        connector.setPort(address.port());
        connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
        connector.addBean(listener);
        connectors.put(listener.name(), connector);
        server.addConnector(connector);
        try {
            connector.open();
        } catch (IOException e) {
            closeConnectors();
            throw new Unavailable(
                    "address cannot be bound; stop what listens there or change the setting",
                    address.setting() + "=" + address.host() + ":" + address.port(),
                    e);
        }
    }

    private void serve() {
        try {
            server.start();
        } catch (Exception e) { // declared so by the HTTP engine
            closeConnectors();
            throw new Internal("http server did not start", "", e);
        }
    }

    private void closeConnectors() {
        try (Closer closer = new Closer()) {
            connectors.values().forEach(connector -> closer.register(connector));
        }
    }

    private static int selectors() {
        return Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 4);
    }

    private static HttpConnectionFactory factory() {
        var configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(HEADER_LENGTH_MAX);
        configuration.setInputBufferSize(INPUT_BUFFER_LENGTH);
        configuration.setIdleTimeout(STALL_TIMEOUT.toMillis());
        configuration.setUriCompliance(UriCompliance.UNSAFE);
        configuration.setHttpCompliance(HttpCompliance.RFC7230);
        return new HttpConnectionFactory(configuration);
    }
}
