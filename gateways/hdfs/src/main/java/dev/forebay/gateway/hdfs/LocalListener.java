package dev.forebay.gateway.hdfs;

import dev.forebay.base.Clock;
import dev.forebay.base.Closer;
import dev.forebay.base.error.ForebayException;
import dev.forebay.files.SharesBlockFiles;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.util.Optional;

/** The domain socket with what its connections share. */
final class LocalListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalListener.class);

    /** Each has a thread of the system. */
    private static final int CONNECTIONS_MAX = 1_000;

    private final Closer opened;
    private final Path path;
    private final ShortCircuit shared;
    private final ConnectionListener listener;

    private LocalListener(
            Closer opened, Path path, ShortCircuit shared, ConnectionListener listener) {
        this.opened = opened;
        this.path = path;
        this.shared = shared;
        this.listener = listener;
    }

    /**
     * Binds the socket, if it is wanted and the engine can give files.
     *
     * @return empty also where it is not required and cannot be had
     * @throws ForebayException when it is required and cannot be had
     */
    static Optional<LocalListener> open(
            HdfsConfig config, int port, DataConnection.Parts parts, Clock clock) {
        if (config.domainSocket().isEmpty()
                || !(parts.engine() instanceof SharesBlockFiles files)) {
            return Optional.empty();
        }
        DomainSocket socket = config.domainSocket().get();
        Closer opened = new Closer();
        try {
            UnixAcceptor acceptor = UnixAcceptor.bind(socket.at(port), socket.mode());
            opened.register(acceptor);
            ShortCircuit shared = opened.register(new ShortCircuit(files, clock));
            int max = Math.min(CONNECTIONS_MAX, config.connectionsMax());
            ConnectionListener listener =
                    opened.register(
                            new ConnectionListener(
                                    acceptor,
                                    connection ->
                                            new DataConnection(parts, connection, shared).serve(),
                                    new ConnectionListener.Limits("hdfs-local", max, 0),
                                    clock));
            return Optional.of(new LocalListener(opened, acceptor.path(), shared, listener));
        } catch (ForebayException e) {
            opened.close();
            if (socket.required()) {
                throw e;
            }
            LOG.warn("no short-circuit reads path={} why={}", socket.at(port), e.getMessage());
            return Optional.empty();
        }
    }

    void start() {
        shared.start();
        listener.start();
    }

    /** Where it listens. */
    Path path() {
        return path;
    }

    int connections() {
        return listener.connections();
    }

    @Override
    public void close() {
        opened.close();
    }
}
