package dev.forebay.gateway.hdfs;

import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcRequestHeaderProto;
import org.apache.hadoop.thirdparty.protobuf.CodedInputStream;
import org.apache.hadoop.thirdparty.protobuf.InvalidProtocolBufferException;
import org.apache.hadoop.thirdparty.protobuf.Parser;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * One request as it came.
 *
 * <pre>
 * length of all that follows 4, big-endian | length varint, RpcRequestHeader
 *                                          | length varint, message; any number of them
 * </pre>
 *
 * @param header of the request
 * @param rest what follows the header, at its position
 */
record RpcFrame(RpcRequestHeaderProto header, ByteBuffer rest) {
    /** The longest frame, as a real NameNode has it: {@code ipc.maximum.data.length}. */
    static final int LENGTH_MAX = 64 << 20;

    /**
     * Reads a frame.
     *
     * @return empty when the client closed the connection
     */
    static Optional<RpcFrame> read(WireInput input) throws IOException {
        if (!input.await(Integer.BYTES)) {
            return Optional.empty();
        }
        int length = input.readInt();
        if (length < 1 || length > LENGTH_MAX) {
            throw new InvalidProtocolBufferException("length of a frame: " + length);
        }
        ByteBuffer taken = input.take(length);
        byte[] bytes = new byte[length];
        taken.get(bytes);
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        return Optional.of(new RpcFrame(next(rest, RpcRequestHeaderProto.parser()), rest));
    }

    /** Takes the next message. */
    <M> M message(Parser<M> parser) throws InvalidProtocolBufferException {
        return next(rest, parser);
    }

    /** The bytes of the next message; empty when there is none. */
    ByteBuffer nextBytes() throws InvalidProtocolBufferException {
        return rest.hasRemaining() ? cut(rest) : rest.slice();
    }

    private static <M> M next(ByteBuffer source, Parser<M> parser)
            throws InvalidProtocolBufferException {
        return parser.parseFrom(cut(source));
    }

    private static ByteBuffer cut(ByteBuffer source) throws InvalidProtocolBufferException {
        CodedInputStream numbers = CodedInputStream.newInstance(source.duplicate());
        int length;
        int begin;
        try {
            length = numbers.readRawVarint32();
            begin = source.position() + numbers.getTotalBytesRead();
        } catch (InvalidProtocolBufferException e) {
            throw e;
        } catch (IOException e) {
            throw new InvalidProtocolBufferException(e);
        }
        if (length < 0 || length > source.limit() - begin) {
            throw new InvalidProtocolBufferException("length of a message: " + length);
        }
        source.position(begin + length);
        return source.slice(begin, length);
    }
}
