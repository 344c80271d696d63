package dev.forebay.gateway.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hadoop.hdfs.protocol.proto.AclProtos.FsPermissionProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.AddBlockRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.AddBlockResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.CompleteRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.CompleteResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.CreateRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.CreateResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetBlockLocationsRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetBlockLocationsResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.ExtendedBlockProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.HdfsFileStatusProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.LocatedBlockProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.LocatedBlocksProto;
import org.apache.hadoop.ipc.protobuf.IpcConnectionContextProtos.IpcConnectionContextProto;
import org.apache.hadoop.ipc.protobuf.IpcConnectionContextProtos.UserInformationProto;
import org.apache.hadoop.ipc.protobuf.ProtobufRpcEngine2Protos.RequestHeaderProto;
import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcRequestHeaderProto;
import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcResponseHeaderProto;
import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcResponseHeaderProto.RpcStatusProto;
import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcSaslProto;
import org.apache.hadoop.thirdparty.protobuf.ByteString;
import org.apache.hadoop.thirdparty.protobuf.MessageLite;
import org.apache.hadoop.thirdparty.protobuf.Parser;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import javax.security.sasl.SaslClient;

/** Speaks the RPC protocol byte by byte, so that tests may speak it wrongly. */
final class WireClient implements AutoCloseable {
    static final String HOLDER = "client-1";
    static final long BLOCK_SIZE = 1 << 20;
    private static final int SASL_CALL = -33;
    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket;
    private final DataOutputStream output;
    private final DataInputStream input;
    private int calls;

    /** What wraps frames; empty while they go as they are. */
    private Optional<SaslClient> wrapping = Optional.empty();

    private WireClient(int port) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        this.output = new DataOutputStream(socket.getOutputStream());
        this.input = new DataInputStream(socket.getInputStream());
    }

    /** Only connected. */
    static WireClient connect(int port) {
        try {
            return new WireClient(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ready for calls as a user. */
    static WireClient open(RunningGateway gateway, String user) {
        WireClient client = connect(gateway.gateway.rpcPort());
        client.greet(0);
        client.name(UserInformationProto.newBuilder().setEffectiveUser(user).build());
        return client;
    }

    /** Sends the connection header. */
    void greet(int authentication) {
        send("hrpc".getBytes(StandardCharsets.US_ASCII));
        send(new byte[] {9, 0, (byte) authentication});
    }

    /** Sends who calls. */
    void name(UserInformationProto user) {
        frame(
                header(-3),
                IpcConnectionContextProto.newBuilder()
                        .setUserInfo(user)
                        .setProtocol(MethodTable.CLIENT_PROTOCOL)
                        .build());
    }

    static RpcRequestHeaderProto header(int callId) {
        return RpcRequestHeaderProto.newBuilder()
                .setCallId(callId)
                .setClientId(ByteString.copyFrom(new byte[16]))
                .build();
    }

    void send(byte[] bytes) {
        try {
            output.write(bytes);
            output.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends messages as one frame. */
    void frame(MessageLite... messages) {
        try {
            ByteArrayOutputStream frame = new ByteArrayOutputStream();
            for (MessageLite message : messages) {
                message.writeDelimitedTo(frame);
            }
            byte[] whole =
                    ByteBuffer.allocate(Integer.BYTES + frame.size())
                            .putInt(frame.size())
                            .put(frame.toByteArray())
                            .array();
            if (wrapping.isPresent()) {
                wrapped(wrapping.get().wrap(whole, 0, whole.length));
            } else {
                send(whole);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Frames are wrapped from here on. */
    void wrap(SaslClient complete) {
        wrapping = Optional.of(complete);
    }

    /** Sends what was wrapped, in a frame of its own. */
    void wrapped(byte[] token) {
        Optional<SaslClient> kept = wrapping;
        wrapping = Optional.empty();
        frame(
                header(SASL_CALL),
                RpcSaslProto.newBuilder()
                        .setState(RpcSaslProto.SaslState.WRAP)
                        .setToken(ByteString.copyFrom(token))
                        .build());
        wrapping = kept;
    }

    /** What names a method of the protocol. */
    static RequestHeaderProto method(String name) {
        return RequestHeaderProto.newBuilder()
                .setMethodName(name)
                .setDeclaringClassProtocolName(MethodTable.CLIENT_PROTOCOL)
                .setClientProtocolVersion(1)
                .build();
    }

    /** Sends a call without waiting for its answer. */
    int start(String protocol, String method, MessageLite request) {
        frame(
                header(calls),
                method(method).toBuilder().setDeclaringClassProtocolName(protocol).build(),
                request);
        return calls++;
    }

    /** An answer. */
    record Answer(RpcResponseHeaderProto header, ByteArrayInputStream rest) {
        <M> M message(Parser<M> parser) {
            try {
                return parser.parseDelimitedFrom(rest);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String error() {
            return header.getExceptionClassName();
        }
    }

    Answer next() {
        try {
            byte[] frame = input.readNBytes(input.readInt());
            ByteArrayInputStream rest = new ByteArrayInputStream(frame);
            Answer answer = new Answer(RpcResponseHeaderProto.parseDelimitedFrom(rest), rest);
            return wrapping.isPresent() ? unwrapped(answer, wrapping.get()) : answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Answer unwrapped(Answer answer, SaslClient sasl) throws IOException {
        assertThat(answer.header().getCallId()).isEqualTo(SASL_CALL);
        byte[] token = answer.message(RpcSaslProto.parser()).getToken().toByteArray();
        byte[] frame = sasl.unwrap(token, 0, token.length);
        ByteArrayInputStream rest =
                new ByteArrayInputStream(frame, Integer.BYTES, frame.length - Integer.BYTES);
        return new Answer(RpcResponseHeaderProto.parseDelimitedFrom(rest), rest);
    }

    /** Reads until the other side closes. */
    byte[] rest() {
        try {
            return input.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer call(String method, MessageLite request) {
        int id = start(MethodTable.CLIENT_PROTOCOL, method, request);
        Answer answer = next();
        assertThat(answer.header().getCallId()).isEqualTo(id);
        return answer;
    }

    <M> M call(String method, MessageLite request, Parser<M> parser) {
        Answer answer = call(method, request);
        assertThat(answer.header().getStatus())
                .as(answer.header().getErrorMsg())
                .isEqualTo(RpcStatusProto.SUCCESS);
        return answer.message(parser);
    }

    HdfsFileStatusProto create(String path) {
        return call("create", creation(path).build(), CreateResponseProto.parser()).getFs();
    }

    static CreateRequestProto.Builder creation(String path) {
        return CreateRequestProto.newBuilder()
                .setSrc(path)
                .setMasked(FsPermissionProto.newBuilder().setPerm(0644))
                .setClientName(HOLDER)
                .setCreateFlag(1)
                .setCreateParent(true)
                .setReplication(3)
                .setBlockSize(BLOCK_SIZE);
    }

    static AddBlockRequestProto.Builder addition(String path, HdfsFileStatusProto file) {
        return AddBlockRequestProto.newBuilder()
                .setSrc(path)
                .setClientName(HOLDER)
                .setFileId(file.getFileId());
    }

    LocatedBlockProto addBlock(String path, HdfsFileStatusProto file) {
        return call("addBlock", addition(path, file).build(), AddBlockResponseProto.parser())
                .getBlock();
    }

    LocatedBlockProto addBlock(String path, HdfsFileStatusProto file, ExtendedBlockProto previous) {
        return call(
                        "addBlock",
                        addition(path, file).setPrevious(previous).build(),
                        AddBlockResponseProto.parser())
                .getBlock();
    }

    static CompleteRequestProto completion(
            String path, HdfsFileStatusProto file, ExtendedBlockProto last) {
        return CompleteRequestProto.newBuilder()
                .setSrc(path)
                .setClientName(HOLDER)
                .setFileId(file.getFileId())
                .setLast(last)
                .build();
    }

    boolean complete(String path, HdfsFileStatusProto file, ExtendedBlockProto last) {
        return call("complete", completion(path, file, last), CompleteResponseProto.parser())
                .getResult();
    }

    LocatedBlocksProto locate(String path) {
        return call(
                        "getBlockLocations",
                        GetBlockLocationsRequestProto.newBuilder()
                                .setSrc(path)
                                .setOffset(0)
                                .setLength(Long.MAX_VALUE)
                                .build(),
                        GetBlockLocationsResponseProto.parser())
                .getLocations();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
