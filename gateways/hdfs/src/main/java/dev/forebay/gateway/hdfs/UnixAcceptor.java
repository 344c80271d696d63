package dev.forebay.gateway.hdfs;

import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Unavailable;
import dev.forebay.base.unix.UnixConnection;
import dev.forebay.base.unix.UnixListener;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.Optional;

/** Connections from this machine. */
final class UnixAcceptor implements Acceptor {
    private final UnixListener listener;

    private UnixAcceptor(UnixListener listener) {
        this.listener = listener;
    }

    /**
     * Binds; a socket that was left by a process that ended is replaced.
     *
     * @throws ForebayException as {@link UnixListener#bind} does
     */
    static UnixAcceptor bind(Path path, int mode) {
        try {
            return new UnixAcceptor(UnixListener.bind(path, mode));
        } catch (Unavailable e) {
            throw new Unavailable(
                    "the socket is in use, choose another " + DomainSocket.KEY, path, e);
        }
    }

    /** Where it listens. */
    Path path() {
        return listener.path();
    }

    @Override
    public Wire accept() throws IOException {
        try {
            Optional<UnixConnection> connection = listener.accept();
            if (connection.isPresent()) {
                return wire(connection.get());
            }
        } catch (ForebayException e) {
            throw new IOException("not accepted", e);
        }
        throw new ClosedChannelException();
    }

    private static Wire wire(UnixConnection connection) {
        boolean known = false;
        try {
            Wire wire = new UnixWire(connection);
            known = true;
            return wire;
        } finally {
            if (!known) {
                connection.close();
            }
        }
    }

    /** Their calls block, and would hold a carrier of virtual threads. */
    @Override
    public Thread.Builder threads() {
        return Thread.ofPlatform().daemon();
    }

    @Override
    public int port() {
        return 0;
    }

    @Override
    public void shutdown() {
        listener.shutdown();
    }

    @Override
    public void close() {
        listener.close();
    }
}
