package dev.forebay.gateway.hdfs;

import java.io.IOException;

/** Where connections come from. One thread accepts. */
interface Acceptor extends AutoCloseable {
    /**
     * Waits for a connection.
     *
     * @throws java.nio.channels.ClosedChannelException once it was shut down
     */
    Wire accept() throws IOException;

    /** Threads for connections, and for accepting them. */
    Thread.Builder threads();

    /** The port that it listens on; 0 where it has none. */
    int port();

    /** Takes no more connections; {@link #accept} ends. */
    void shutdown();

    /** Gives it back when no thread is in {@link #accept}. */
    @Override
    void close();
}
