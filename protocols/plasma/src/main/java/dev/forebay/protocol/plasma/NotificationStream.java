package dev.forebay.protocol.plasma;

import dev.forebay.base.error.Closed;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.unix.UnixConnection;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Notifications over a socket of their own, for a client or a store: eight bytes of length,
 * little-endian, then the body. Each is written in one call, since programs receive it in one.
 *
 * <p>One thread reads, one thread writes. The stream does not close the connection.
 */
public final class NotificationStream implements AutoCloseable {
    private static final int HEADER_LENGTH = 8;

    /** Far more than a batch of the most objects that one request may hold. */
    private static final long LENGTH_MAX = 1 << 28;

    private final UnixConnection connection;
    private final MessageMemory input = new MessageMemory();
    private final FlatWriter output = new FlatWriter(HEADER_LENGTH);

    /**
     * Creates a stream.
     *
     * @param connection closed by the caller, after the stream
     */
    public NotificationStream(UnixConnection connection) {
        this.connection = connection;
    }

    /**
     * Writes a notification.
     *
     * @throws Closed when the other side is gone
     */
    public void write(PlasmaNotification notification) {
        ReplyEncoder.entries(output, notification.entries());
        MemorySegment message = output.finish();
        message.set(FlatTable.LONG, 0, message.byteSize() - HEADER_LENGTH);
        connection.write(message);
    }

    /**
     * Reads the next notification.
     *
     * @return empty when the store ended the stream
     * @throws Invalid when it is malformed
     * @throws Closed when the stream ended within it
     */
    public Optional<PlasmaNotification> next() {
        input.trim();
        MemorySegment header = input.segment().asSlice(0, HEADER_LENGTH);
        if (!connection.read(header)) {
            return Optional.empty();
        }
        long length = header.get(FlatTable.LONG, 0);
        if (length < 0 || length > LENGTH_MAX) {
            throw new Invalid("a notification is too long", length);
        }
        MemorySegment body = input.ensure(HEADER_LENGTH + length, 0).asSlice(HEADER_LENGTH, length);
        if (!connection.read(body)) {
            throw new Closed("the stream ended within a notification", length);
        }
        return Optional.of(ReplyDecoder.notification(body));
    }

    /** Frees the memory of messages. */
    @Override
    public void close() {
        input.close();
        output.close();
    }
}
