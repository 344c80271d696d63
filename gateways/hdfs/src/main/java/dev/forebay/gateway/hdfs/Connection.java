package dev.forebay.gateway.hdfs;

import dev.forebay.base.Clock;

import org.apache.hadoop.thirdparty.protobuf.MessageLite;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;

/** One client's socket, with the time by which it must have done something. */
final class Connection implements AutoCloseable {
    private static final long NEVER = Long.MAX_VALUE;
    private static final Duration FINISH_LIMIT = Duration.ofSeconds(2);
    private static final int UNREAD_LENGTH = 8 << 10;

    /** Replaced by the thread that serves, before others write. */
    private Wire wire;

    private final Clock clock;
    private final long origin;

    /** Nanoseconds since {@link #origin}; written by the threads that serve, read by another. */
    private volatile long deadline = NEVER;

    private volatile Runnable watch = () -> {};

    Connection(Wire wire, Clock clock) {
        this.wire = wire;
        this.clock = clock;
        this.origin = clock.nanos();
    }

    Wire wire() {
        return wire;
    }

    /** What is read and written from here on goes through a layer above what there is. */
    void protect(LayeredWire.Layer layer) {
        wire = new LayeredWire(wire, layer);
    }

    /** The socket as it is, for a layer that is put above it. */
    Connection below() {
        return new Connection(wire, clock);
    }

    /** The address that the client dialled. */
    InetAddress local() throws IOException {
        return wire.local();
    }

    /** Where the client is, as text. */
    String remote() throws IOException {
        return wire.remote();
    }

    /** The connection is closed unless {@link #rest} or another call of this comes in time. */
    void expectWithin(Duration time) {
        deadline = clock.nanos() - origin + time.toNanos();
    }

    /** The client may take its time. */
    void rest() {
        deadline = NEVER;
    }

    /** Another thread runs {@code watch} about twice a second from now on. */
    void watched(Runnable watch) {
        this.watch = watch;
    }

    void look() {
        watch.run();
    }

    boolean overdue() {
        return clock.nanos() - origin > deadline;
    }

    /** Sends all of {@code source}. */
    void write(ByteBuffer source) throws IOException {
        write(new ByteBuffer[] {source}, 1);
    }

    /** Sends the first {@code count} of {@code sources}, each completely. */
    void write(ByteBuffer[] sources, int count) throws IOException {
        wire.write(sources, count);
    }

    /** Sends a message behind its length, at once. */
    void send(MessageLite message) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        message.writeDelimitedTo(bytes);
        write(ByteBuffer.wrap(bytes.toByteArray()));
    }

    /**
     * Ends what is sent, and waits a short time for the client to end, too: closing while bytes of
     * the client are unread could take away the answer that says why.
     */
    void finish() throws IOException {
        wire.endOutput();
        expectWithin(FINISH_LIMIT);
        ByteBuffer unread = ByteBuffer.allocate(UNREAD_LENGTH);
        while (wire.read(unread) >= 0) {
            unread.clear();
        }
    }

    /** Ends it from another thread; whoever serves it closes it then. */
    void end() throws IOException {
        wire.end();
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
