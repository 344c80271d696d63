package dev.forebay.gateway.hdfs;

import org.apache.hadoop.thirdparty.protobuf.CodedInputStream;
import org.apache.hadoop.thirdparty.protobuf.InvalidProtocolBufferException;
import org.apache.hadoop.thirdparty.protobuf.Parser;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * Reads a connection through one buffer. The buffer grows only as bytes come in, so that a length
 * that a client claims costs nothing. Belongs to one thread.
 */
final class WireInput {
    private static final int VARINT_BYTES_MAX = 5;

    /** A buffer that grew beyond this is given up as soon as it is empty. */
    private static final int KEPT_MAX = 1 << 20;

    private ReadableByteChannel channel;
    private final ByteBuffer first;

    /** What was read and not yet taken, from its position to its limit. */
    private ByteBuffer buffer;

    /**
     * Creates the input.
     *
     * @param buffer an empty one to begin with
     */
    WireInput(ReadableByteChannel channel, ByteBuffer buffer) {
        this.channel = channel;
        this.first = buffer;
        this.buffer = buffer.clear().limit(0);
    }

    /** Goes on through another, larger buffer. */
    WireInput through(ByteBuffer larger) {
        WireInput input = new WireInput(channel, larger);
        input.buffer.limit(buffer.remaining());
        input.buffer.put(buffer).flip();
        return input;
    }

    /**
     * Goes on with what another channel gives.
     *
     * @throws InvalidProtocolBufferException when something is here already, which the client sent
     *     too soon
     */
    void continueWith(ReadableByteChannel next) throws InvalidProtocolBufferException {
        if (buffer.hasRemaining()) {
            throw new InvalidProtocolBufferException("bytes before they can be understood");
        }
        channel = next;
    }

    /** Bytes that are here already. */
    int available() {
        return buffer.remaining();
    }

    /** A number that is here already, {@code offset} bytes ahead. */
    int peekInt(int offset) {
        return buffer.getInt(buffer.position() + offset);
    }

    /** A number that is here already, {@code offset} bytes ahead. */
    short peekShort(int offset) {
        return buffer.getShort(buffer.position() + offset);
    }

    /**
     * Waits until {@code count} bytes are here.
     *
     * @return false when the client closed the connection before the first of them
     * @throws EOFException when it did so in the middle
     */
    boolean await(int count) throws IOException {
        while (buffer.remaining() < count) {
            int read = fill(channel::read);
            if (read < 0 && buffer.hasRemaining()) {
                throw new EOFException("connection ended within a message");
            }
            if (read < 0) {
                return false;
            }
        }
        return true;
    }

    /** Takes what is here already, without waiting; returns whether anything is. */
    boolean poll() throws IOException {
        if (!buffer.hasRemaining() && channel instanceof Wire wire) {
            fill(wire::readNow);
        }
        return buffer.hasRemaining();
    }

    /** Reads more into the buffer. */
    @FunctionalInterface
    private interface Source {
        int read(ByteBuffer target) throws IOException;
    }

    private int fill(Source source) throws IOException {
        makeRoom();
        int position = buffer.position();
        int limit = buffer.limit();
        buffer.limit(buffer.capacity()).position(limit);
        try {
            return source.read(buffer);
        } finally {
            limit = buffer.position();
            buffer.position(position).limit(limit);
        }
    }

    private void makeRoom() {
        if (!buffer.hasRemaining()) {
            buffer = buffer.capacity() > KEPT_MAX ? first : buffer;
            buffer.clear().limit(0);
        }
        if (buffer.limit() < buffer.capacity()) {
            return;
        }
        if (buffer.position() > 0) {
            buffer.compact().flip();
            return;
        }
        int capacity = Math.multiplyExact(buffer.capacity(), 2);
        ByteBuffer larger =
                buffer.isDirect()
                        ? ByteBuffer.allocateDirect(capacity)
                        : ByteBuffer.allocate(capacity);
        buffer = larger.put(buffer).flip();
    }

    private void require(int count) throws IOException {
        if (!await(count)) {
            throw new EOFException("connection ended within a message");
        }
    }

    byte readByte() throws IOException {
        require(1);
        return buffer.get();
    }

    short readShort() throws IOException {
        require(2);
        return buffer.getShort();
    }

    int readInt() throws IOException {
        require(4);
        return buffer.getInt();
    }

    /** The next {@code count} bytes; valid until the next call. */
    ByteBuffer take(int count) throws IOException {
        require(count);
        ByteBuffer taken = buffer.slice(buffer.position(), count);
        buffer.position(buffer.position() + count);
        return taken;
    }

    /**
     * Reads a message after its length.
     *
     * @param lengthMax bytes, more are refused
     */
    <M> M readDelimited(Parser<M> parser, int lengthMax) throws IOException {
        return parser.parseFrom(CodedInputStream.newInstance(takeDelimited(lengthMax)));
    }

    /** Reads a message of a kind that is not known. */
    void skipDelimited(int lengthMax) throws IOException {
        takeDelimited(lengthMax);
    }

    private ByteBuffer takeDelimited(int lengthMax) throws IOException {
        int length = readVarint();
        if (length < 0 || length > lengthMax) {
            throw new InvalidProtocolBufferException("length of a message: " + length);
        }
        return take(length);
    }

    private int readVarint() throws IOException {
        int value = 0;
        for (int i = 0; i < VARINT_BYTES_MAX; i++) {
            byte next = readByte();
            value |= (next & 0x7F) << (7 * i);
            if (next >= 0) {
                return value;
            }
        }
        throw new InvalidProtocolBufferException("length of a message is no number");
    }
}
