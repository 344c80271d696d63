package dev.forebay.gateway.hdfs;

import org.apache.hadoop.thirdparty.protobuf.InvalidProtocolBufferException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

import javax.security.sasl.Sasl;
import javax.security.sasl.SaslServer;

/**
 * The data port after a talk that ended with integrity or privacy, as SaslInputStream.java and
 * SaslOutputStream.java have it: pieces of the stream, each wrapped.
 *
 * <pre>
 * length 4, big-endian | that many bytes, wrapped
 * </pre>
 */
final class WrappedPieces implements LayeredWire.Layer {
    /** The longest piece of a client: its longest packet, and what the wrapping adds. */
    private static final int LENGTH_MAX = (16 << 20) + (64 << 10);

    private final Wire wire;
    private final WireInput input;
    private final SaslServer talk;

    /** What clients are sent in one piece at most, as they asked in the talk. */
    private final byte[] piece;

    /**
     * Creates the layer.
     *
     * @param input of the wire
     * @param talk that is complete
     */
    WrappedPieces(Wire wire, WireInput input, SaslServer talk) {
        this.wire = wire;
        this.input = input;
        this.talk = talk;
        String most = (String) talk.getNegotiatedProperty(Sasl.RAW_SEND_SIZE);
        this.piece = new byte[Math.clamp(Integer.parseInt(most), 1, 64 << 10)];
    }

    @Override
    public Optional<ByteBuffer> next() throws IOException {
        if (!input.await(Integer.BYTES)) {
            return Optional.empty();
        }
        int length = input.readInt();
        if (length < 0 || length > LENGTH_MAX) {
            throw new InvalidProtocolBufferException("length of what is wrapped: " + length);
        }
        byte[] wrapped = new byte[length];
        input.take(length).get(wrapped);
        return Optional.of(Protection.unwrap(talk, wrapped));
    }

    @Override
    public void write(ByteBuffer[] sources, int count) throws IOException {
        int filled = 0;
        for (int i = 0; i < count; i++) {
            while (sources[i].hasRemaining()) {
                int taken = Math.min(sources[i].remaining(), piece.length - filled);
                sources[i].get(piece, filled, taken);
                filled += taken;
                if (filled == piece.length) {
                    send(filled);
                    filled = 0;
                }
            }
        }
        if (filled > 0) {
            send(filled);
        }
    }

    private void send(int length) throws IOException {
        byte[] wrapped = talk.wrap(piece, 0, length);
        ByteBuffer head = ByteBuffer.allocate(Integer.BYTES).putInt(wrapped.length).flip();
        wire.write(new ByteBuffer[] {head, ByteBuffer.wrap(wrapped)}, 2);
    }
}
