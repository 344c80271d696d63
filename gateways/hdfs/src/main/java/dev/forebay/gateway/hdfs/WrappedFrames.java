package dev.forebay.gateway.hdfs;

import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcRequestHeaderProto;
import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcSaslProto;
import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcSaslProto.SaslState;
import org.apache.hadoop.thirdparty.protobuf.ByteString;
import org.apache.hadoop.thirdparty.protobuf.InvalidProtocolBufferException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

import javax.security.sasl.SaslServer;

/**
 * The RPC port after a talk that ended with integrity or privacy: the frames of both directions are
 * a stream of bytes, pieces of which are wrapped and put into frames of their own. Clients cut the
 * stream as they like; they are sent one frame in each piece.
 */
final class WrappedFrames implements LayeredWire.Layer {
    // RpcConstants.java, AuthProtocol.SASL
    private static final int SASL_CALL = -33;

    private final WireInput input;
    private final RpcReplies frames;
    private final SaslServer talk;

    /**
     * Creates the layer.
     *
     * @param input of the wire below
     * @param frames sends over the wire below
     * @param talk that is complete
     */
    WrappedFrames(WireInput input, RpcReplies frames, SaslServer talk) {
        this.input = input;
        this.frames = frames;
        this.talk = talk;
    }

    @Override
    public Optional<ByteBuffer> next() throws IOException {
        Optional<RpcFrame> frame = RpcFrame.read(input);
        if (frame.isEmpty()) {
            return Optional.empty();
        }
        if (frame.get().header().getCallId() != SASL_CALL) {
            throw new InvalidProtocolBufferException("a frame that is not wrapped");
        }
        RpcSaslProto message = frame.get().message(RpcSaslProto.parser());
        if (message.getState() != SaslState.WRAP) {
            throw new InvalidProtocolBufferException("unexpected message " + message.getState());
        }
        return Optional.of(Protection.unwrap(talk, message.getToken().toByteArray()));
    }

    @Override
    public void write(ByteBuffer[] sources, int count) throws IOException {
        int length = 0;
        for (int i = 0; i < count; i++) {
            length += sources[i].remaining();
        }
        byte[] bytes = new byte[length];
        ByteBuffer whole = ByteBuffer.wrap(bytes);
        for (int i = 0; i < count; i++) {
            whole.put(sources[i]);
        }
        RpcRequestHeaderProto asked =
                RpcRequestHeaderProto.newBuilder()
                        .setCallId(SASL_CALL)
                        .setClientId(ByteString.EMPTY)
                        .build();
        int sent =
                frames.succeed(
                        asked,
                        RpcSaslProto.newBuilder()
                                .setState(SaslState.WRAP)
                                .setToken(ByteString.copyFrom(talk.wrap(bytes, 0, length)))
                                .build());
        assert sent > length;
    }
}
