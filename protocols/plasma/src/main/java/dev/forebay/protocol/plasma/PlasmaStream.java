package dev.forebay.protocol.plasma;

import dev.forebay.base.error.Closed;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.unix.UnixConnection;

import java.lang.foreign.MemorySegment;

/**
 * Messages over a connection, for a client or a store.
 *
 * <pre>
 * 0   i64  version, always 0
 * 8   i64  number of the message type
 * 16  i64  bytes of the body
 * 24       the body
 * </pre>
 *
 * <p>All little-endian. A message is read with exact lengths, never beyond its end, since a
 * descriptor may ride on the next byte; it is written in one call.
 *
 * <p>One thread reads, one thread writes; they may be different ones. The stream does not close the
 * connection.
 */
public final class PlasmaStream implements AutoCloseable {
    private static final int HEADER_LENGTH = 24;
    private static final long VERSION = 0;

    /** Bytes that are allocated on the word of a header alone. */
    private static final long TRUSTED_LENGTH = 1 << 20;

    private final UnixConnection connection;
    private final long lengthMax;
    private final MessageMemory input = new MessageMemory();
    private final FlatWriter output = new FlatWriter(HEADER_LENGTH);
    private MessageType type = MessageType.DISCONNECT;
    private long length;

    /**
     * Creates a stream.
     *
     * @param connection closed by the caller, after the stream
     * @param lengthMax bytes of the longest body that is read, 1 to 2^31-1
     */
    public PlasmaStream(UnixConnection connection, long lengthMax) {
        if (lengthMax < 1 || lengthMax > Integer.MAX_VALUE) {
            throw new Invalid("not a length of a message", lengthMax);
        }
        this.connection = connection;
        this.lengthMax = lengthMax;
    }

    /**
     * Reads the next message.
     *
     * @return false when the other side ended the stream before it
     * @throws Invalid when the header is malformed or the body too long
     * @throws dev.forebay.base.error.Closed when the stream ended within it
     */
    public boolean next() {
        input.trim();
        MemorySegment header = input.segment().asSlice(0, HEADER_LENGTH);
        if (!connection.read(header)) {
            return false;
        }
        long version = header.get(FlatTable.LONG, 0);
        long number = header.get(FlatTable.LONG, 8);
        length = header.get(FlatTable.LONG, 16);
        if (version != VERSION) {
            throw new Invalid("not the version of the protocol", version);
        }
        if (length < 0 || length > lengthMax) {
            throw new Invalid("a message is too long", length);
        }
        type = MessageType.find(number).orElseThrow(() -> new Invalid("no such message", number));
        readBody();
        return true;
    }

    private void readBody() {
        long done = 0;
        while (done < length) {
            long piece = Math.min(length - done, Math.max(TRUSTED_LENGTH, done));
            long start = HEADER_LENGTH + done;
            MemorySegment memory = input.ensure(start + piece, start);
            if (!connection.read(memory.asSlice(start, piece))) {
                throw new Closed("the stream ended within a message", length - done);
            }
            done += piece;
        }
    }

    /** The type of the message that was read last. */
    public MessageType type() {
        return type;
    }

    /** Bytes of that message, its header included. */
    public long messageLength() {
        return HEADER_LENGTH + length;
    }

    /**
     * The message that was read last, as a request.
     *
     * @return valid until the next message is read
     * @throws Invalid when it is malformed, or not a request
     */
    public PlasmaRequest request() {
        return RequestDecoder.decode(type, body());
    }

    /**
     * The message that was read last, as a reply.
     *
     * @throws Invalid when it is malformed, or not a reply
     */
    public PlasmaReply reply() {
        return ReplyDecoder.decode(type, body());
    }

    private MemorySegment body() {
        return input.segment().asSlice(HEADER_LENGTH, length);
    }

    /**
     * Writes a request.
     *
     * @return bytes written
     * @throws dev.forebay.base.error.Closed when the other side is gone
     * @throws Invalid when it is longer than 2 GiB; nothing was written
     */
    public long write(PlasmaRequest request) {
        return write(RequestEncoder.encode(request, output));
    }

    /**
     * Writes a reply.
     *
     * @return bytes written
     * @throws dev.forebay.base.error.Closed when the other side is gone
     * @throws Invalid when it is longer than 2 GiB; nothing was written
     */
    public long write(PlasmaReply reply) {
        return write(ReplyEncoder.encode(reply, output));
    }

    private long write(MessageType written) {
        MemorySegment message = output.finish();
        message.set(FlatTable.LONG, 0, VERSION);
        message.set(FlatTable.LONG, 8, written.number());
        message.set(FlatTable.LONG, 16, message.byteSize() - HEADER_LENGTH);
        connection.write(message);
        return message.byteSize();
    }

    /** Frees the memory of messages; requests that were read must not be used any more. */
    @Override
    public void close() {
        input.close();
        output.close();
    }
}
