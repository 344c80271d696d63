package dev.forebay.gateway.hdfs;

import dev.forebay.files.FileReader;
import dev.forebay.files.FileReader.ByteRange;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Sends a range of a block as packets. Bytes go from where the engine has them to the socket; only
 * what is left of a piece that does not end with a chunk is copied, and headers with checksums have
 * a buffer of their own. Belongs to one thread.
 */
final class BlockSender implements FileReader.Sink {
    /** Bytes of data in a full packet. libhdfs3 is known to take this much. */
    static final int PACKET_LENGTH = 64 << 10;

    private static final int HEADER_MAX =
            PacketHeader.LENGTH + PACKET_LENGTH / Chunks.LENGTH * Chunks.SUM_LENGTH;

    /** Packets sent with one call of the system. */
    private static final int BATCH_MAX = 16;

    private static final int BUFFERS_PER_PACKET = 3;

    private final Connection connection;
    private final boolean sums;
    private final Chunks chunks = new Chunks();
    private final ByteBuffer headers;

    /** The beginning of a chunk whose end comes with the next piece. */
    private final ByteBuffer rest;

    private final ByteBuffer[] batch = new ByteBuffer[BATCH_MAX * BUFFERS_PER_PACKET];
    private int batched;
    private long offset;
    private long number;
    private long sent;

    /**
     * Creates a sender.
     *
     * @param buffer of {@link BufferPool#LENGTH} bytes, for headers
     * @param sums whether checksums are sent
     */
    BlockSender(Connection connection, ByteBuffer buffer, boolean sums) {
        this.connection = connection;
        this.sums = sums;
        this.rest = buffer.slice(0, Chunks.LENGTH);
        this.headers = buffer.slice(Chunks.LENGTH, BATCH_MAX * HEADER_MAX);
    }

    /** Sends a range that begins and ends where chunks do, or at the end of the block. */
    void send(FileReader reader, ByteRange range) throws IOException {
        offset = range.position();
        reader.transfer(range, this);
        if (rest.position() > 0) {
            addPacket(ByteBuffer.allocate(0), 0);
        }
        flush();
        PacketHeader.put(headers, new PacketHeader.Packet(offset, number, 0), 0);
        batch[batched++] = headers.slice(0, PacketHeader.LENGTH);
        flush();
    }

    /** Whether checksums are sent. */
    boolean sums() {
        return sums;
    }

    /** Bytes of data sent so far. */
    long sent() {
        return sent;
    }

    @Override
    public void accept(ByteBuffer piece) throws IOException {
        ByteBuffer source = piece.duplicate();
        while (rest.position() + source.remaining() >= Chunks.LENGTH) {
            int whole = Math.min(rest.position() + source.remaining(), PACKET_LENGTH);
            addPacket(source, whole - whole % Chunks.LENGTH - rest.position());
            if (headers.remaining() < HEADER_MAX || rest.position() > 0) {
                flush();
            }
        }
        // the piece is valid during this call only
        flush();
        rest.put(source);
    }

    /** Adds a packet with what is left of the piece before and {@code count} bytes of this one. */
    private void addPacket(ByteBuffer source, int count) throws IOException {
        ByteBuffer fresh = source.slice(source.position(), count);
        source.position(source.position() + count);
        int length = rest.position() + count;
        int sumsLength = sums ? Chunks.count(length) * Chunks.SUM_LENGTH : 0;
        int begin = headers.position();
        PacketHeader.put(headers, new PacketHeader.Packet(offset, number, length), sumsLength);
        int joined = joinChunk(fresh);
        if (sums) {
            chunks.append(rest.duplicate().flip(), headers);
            chunks.append(fresh.slice(joined, fresh.remaining() - joined), headers);
        }
        batch[batched++] = headers.slice(begin, headers.position() - begin);
        if (rest.position() > 0) {
            batch[batched++] = rest.duplicate().flip();
        }
        batch[batched++] = fresh.slice(joined, count - joined);
        offset += length;
        number++;
        sent += length;
    }

    /** Fills the chunk that was begun, and returns how many bytes that took. */
    private int joinChunk(ByteBuffer fresh) {
        if (rest.position() == 0) {
            return 0;
        }
        int count = Math.min(Chunks.LENGTH - rest.position(), fresh.remaining());
        rest.put(fresh.slice(0, count));
        return count;
    }

    /** Sends the packets added; what is left of a piece stays unless one of them has it. */
    private void flush() throws IOException {
        if (batched == 0) {
            return;
        }
        connection.write(batch, batched);
        batched = 0;
        headers.clear();
        rest.clear();
    }
}
