package dev.forebay.gateway.hdfs;

import dev.forebay.base.Principal;

import org.apache.hadoop.ipc.protobuf.IpcConnectionContextProtos.IpcConnectionContextProto;
import org.apache.hadoop.ipc.protobuf.IpcConnectionContextProtos.UserInformationProto;
import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcRequestHeaderProto;
import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcResponseHeaderProto.RpcErrorCodeProto;
import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcSaslProto;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * What comes before the first call: the header, then either nothing or a talk about how to
 * authenticate, then the frame that names the user. The only place that knows how users prove who
 * they are: for now they need not.
 *
 * <pre>
 * "hrpc" 4 | version 9 1 | service class 1 | authentication 1: 0 none, 0xDF SASL
 * </pre>
 */
final class RpcHandshake {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final byte[] MAGIC = "hrpc".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HTTP = "GET ".getBytes(StandardCharsets.US_ASCII);
    private static final byte NO_AUTHENTICATION = 0;
    private static final byte SASL = (byte) 0xDF;
    private static final int CONTEXT_CALL = -3;
    private static final int SASL_CALL = -33;
    private static final byte[] HTTP_ANSWER =
            """
            HTTP/1.1 404 Not Found
            Content-type: text/plain

            This port answers Hadoop RPC, not HTTP. WebHDFS and the console have ports of their own.
            """
                    .replace("\n", "\r\n")
                    .getBytes(StandardCharsets.US_ASCII);

    private final HdfsConfig.Identity identity;
    private final Connection connection;
    private final WireInput input;
    private final RpcReplies replies;

    RpcHandshake(HdfsConfig.Identity identity, Connection connection, WireInput input) {
        this.identity = identity;
        this.connection = connection;
        this.input = input;
        this.replies = new RpcReplies(connection);
    }

    /**
     * Runs it.
     *
     * @return who calls; empty when the client was refused, told so, and nothing more may be read
     */
    Optional<Principal> run() throws IOException {
        connection.expectWithin(LIMIT);
        byte[] start = new byte[MAGIC.length];
        input.take(start.length).get(start);
        if (Arrays.equals(start, HTTP)) {
            connection.write(ByteBuffer.wrap(HTTP_ANSWER));
            return Optional.empty();
        }
        if (!Arrays.equals(start, MAGIC)) {
            return Optional.empty();
        }
        byte version = input.readByte();
        byte serviceClass = input.readByte();
        byte authentication = input.readByte();
        if (version != RpcReplies.VERSION) {
            return refuse(
                    -1,
                    "org.apache.hadoop.ipc.RPC$VersionMismatch",
                    "Server IPC version 9 cannot communicate with client version " + version,
                    RpcErrorCodeProto.FATAL_VERSION_MISMATCH);
        }
        if (authentication != NO_AUTHENTICATION && authentication != SASL) {
            return refuse(
                    -1,
                    RpcError.IO,
                    "unknown authentication " + authentication + " of class " + serviceClass,
                    RpcErrorCodeProto.FATAL_UNAUTHORIZED);
        }
        return context();
    }

    /** Answers every question about authentication until the user is named. */
    private Optional<Principal> context() throws IOException {
        while (true) {
            RpcFrame frame = RpcFrame.read(input).orElse(null);
            if (frame == null) {
                return Optional.empty();
            }
            switch (frame.header().getCallId()) {
                case CONTEXT_CALL -> {
                    return principal(frame.message(IpcConnectionContextProto.parser()));
                }
                case SASL_CALL -> {
                    if (!negotiate(frame)) {
                        return Optional.empty();
                    }
                }
                default -> {
                    return refuse(
                            frame.header().getCallId(),
                            RpcError.RPC_SERVER,
                            "a call came before the connection context",
                            RpcErrorCodeProto.FATAL_INVALID_RPC_HEADER);
                }
            }
        }
    }

    /** Offers nothing but to go on without: clients then reconnect, or name their user. */
    private boolean negotiate(RpcFrame frame) throws IOException {
        RpcRequestHeaderProto header = frame.header();
        if (frame.message(RpcSaslProto.parser()).getState() != RpcSaslProto.SaslState.NEGOTIATE) {
            refuse(
                    header.getCallId(),
                    RpcError.ACCESS,
                    "SIMPLE authentication is the only one offered",
                    RpcErrorCodeProto.FATAL_UNAUTHORIZED);
            return false;
        }
        RpcSaslProto.SaslAuth simple =
                RpcSaslProto.SaslAuth.newBuilder().setMethod("SIMPLE").setMechanism("").build();
        replies.succeed(
                header,
                RpcSaslProto.newBuilder()
                        .setState(RpcSaslProto.SaslState.NEGOTIATE)
                        .addAuths(simple)
                        .build());
        connection.expectWithin(LIMIT);
        return true;
    }

    private Optional<Principal> principal(IpcConnectionContextProto context) throws IOException {
        UserInformationProto user = context.getUserInfo();
        String name = user.getEffectiveUser();
        if (name.isEmpty()) {
            return unauthorized("the connection names no user");
        }
        String real = user.getRealUser();
        if (!real.isEmpty() && !real.equals(name) && !identity.proxies().contains(real)) {
            return unauthorized("User: " + real + " is not allowed to impersonate " + name);
        }
        return Optional.of(identity.users().apply(name).withOrigin(connection.remote()));
    }

    private Optional<Principal> unauthorized(String why) throws IOException {
        return refuse(
                CONTEXT_CALL, RpcError.AUTHORIZATION, why, RpcErrorCodeProto.FATAL_UNAUTHORIZED);
    }

    private Optional<Principal> refuse(
            int callId, String className, String why, RpcErrorCodeProto code) throws IOException {
        replies.failFinally(callId, new RpcError(className, why, code));
        return Optional.empty();
    }
}
