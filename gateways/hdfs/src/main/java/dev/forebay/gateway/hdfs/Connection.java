package dev.forebay.gateway.hdfs;

import dev.forebay.base.Clock;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** One client's socket, with the time by which it must have done something. */
final class Connection implements AutoCloseable {
    private static final long NEVER = Long.MAX_VALUE;
    private static final Duration FINISH_LIMIT = Duration.ofSeconds(2);
    private static final int UNREAD_LENGTH = 8 << 10;

    private final SocketChannel channel;
    private final Clock clock;
    private final long origin;

    /** Nanoseconds since {@link #origin}; written by the threads that serve, read by another. */
    private volatile long deadline = NEVER;

    Connection(SocketChannel channel, Clock clock) {
        this.channel = channel;
        this.clock = clock;
        this.origin = clock.nanos();
    }

    SocketChannel channel() {
        return channel;
    }

    /** The address that the client dialled. */
    InetAddress local() throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getAddress();
    }

    /** Where the client is, as text. */
    String remote() throws IOException {
        return ((InetSocketAddress) channel.getRemoteAddress()).getAddress().getHostAddress();
    }

    /** The connection is closed unless {@link #rest} or another call of this comes in time. */
    void expectWithin(Duration time) {
        deadline = clock.nanos() - origin + time.toNanos();
    }

    /** The client may take its time. */
    void rest() {
        deadline = NEVER;
    }

    boolean overdue() {
        return clock.nanos() - origin > deadline;
    }

    /** Sends all of {@code source}. */
    void write(ByteBuffer source) throws IOException {
        while (source.hasRemaining()) {
            channel.write(source);
        }
    }

    /** Sends the first {@code count} of {@code sources}, each completely. */
    void write(ByteBuffer[] sources, int count) throws IOException {
        int first = 0;
        while (first < count) {
            channel.write(sources, first, count - first);
            while (first < count && !sources[first].hasRemaining()) {
                first++;
            }
        }
    }

    /**
     * Ends what is sent, and waits a short time for the client to end, too: closing while bytes of
     * the client are unread could take away the answer that says why.
     */
    void finish() throws IOException {
        channel.shutdownOutput();
        expectWithin(FINISH_LIMIT);
        ByteBuffer unread = ByteBuffer.allocate(UNREAD_LENGTH);
        while (channel.read(unread) >= 0) {
            unread.clear();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
