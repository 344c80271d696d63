package dev.forebay.gateway.hdfs;

import dev.forebay.base.Principal;

import org.apache.hadoop.ipc.protobuf.IpcConnectionContextProtos.IpcConnectionContextProto;
import org.apache.hadoop.ipc.protobuf.IpcConnectionContextProtos.UserInformationProto;
import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcResponseHeaderProto.RpcErrorCodeProto;
import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcSaslProto;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import javax.security.sasl.SaslServer;

/**
 * What comes before the first call: the header, then either nothing or a talk about how to
 * authenticate, then the frame that names the user. {@link RpcAuthentication} is the talk, {@link
 * Mechanism} what can be proven.
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
    private static final int BUFFER_LENGTH = 8 << 10;
    private static final byte[] HTTP_ANSWER =
            """
            HTTP/1.1 404 Not Found
            Content-type: text/plain

            This port answers Hadoop RPC, not HTTP. WebHDFS and the console have ports of their own.
            """
                    .replace("\n", "\r\n")
                    .getBytes(StandardCharsets.US_ASCII);

    private final Rules rules;
    private final Connection connection;
    private final WireInput input;
    private final RpcReplies replies;

    /**
     * Who may come in, and how.
     *
     * @param identity how users become principals
     * @param mechanisms how clients can prove who they are
     * @param simple whether they need not
     */
    record Rules(HdfsConfig.Identity identity, List<Mechanism> mechanisms, boolean simple) {
        Rules {
            mechanisms = List.copyOf(mechanisms);
        }
    }

    RpcHandshake(Rules rules, Connection connection, WireInput input) {
        this.rules = rules;
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
        if (authentication == NO_AUTHENTICATION && !rules.simple()) {
            return refuse(
                    -1,
                    RpcError.ACCESS,
                    "SIMPLE authentication is not enabled.  Available:[TOKEN]",
                    RpcErrorCodeProto.FATAL_UNAUTHORIZED);
        }
        try (RpcAuthentication talk = new RpcAuthentication(rules)) {
            return context(talk);
        } catch (RpcError.Refusal e) {
            replies.failFinally(SASL_CALL, e.error());
            return Optional.empty();
        }
    }

    /** Answers every question about authentication until the user is named. */
    private Optional<Principal> context(RpcAuthentication talk) throws IOException {
        while (true) {
            RpcFrame frame = RpcFrame.read(input).orElse(null);
            if (frame == null) {
                return Optional.empty();
            }
            switch (frame.header().getCallId()) {
                case CONTEXT_CALL -> {
                    var context = frame.message(IpcConnectionContextProto.parser());
                    return talk.proven().isPresent()
                            ? proven(talk.proven().get(), context)
                            : claimed(context);
                }
                case SASL_CALL -> {
                    var question = frame.message(RpcSaslProto.parser());
                    replies.succeed(frame.header(), talk.answer(question));
                    if (talk.proven().isPresent()) {
                        protect(talk.proven().get().server());
                    }
                    connection.expectWithin(LIMIT);
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

    /** What follows is wrapped, if that was agreed on: who calls, too. */
    private void protect(SaslServer talk) throws IOException {
        if (Protection.wraps(talk)) {
            Connection below = connection.below();
            WireInput wrapped = new WireInput(below.wire(), ByteBuffer.allocate(BUFFER_LENGTH));
            connection.protect(new WrappedFrames(wrapped, new RpcReplies(below), talk));
            input.continueWith(connection.wire());
        }
    }

    /** The user of a token; who comes with one acts for nobody else. */
    private Optional<Principal> proven(Mechanism.Proof proof, IpcConnectionContextProto context)
            throws IOException {
        String claimed = context.getUserInfo().getEffectiveUser();
        if (!claimed.isEmpty() && !claimed.equals(proof.user())) {
            return unauthorized(
                    "Authenticated user "
                            + proof.user()
                            + " doesn't match what the client claims to be "
                            + claimed);
        }
        return Optional.of(
                rules.identity()
                        .users()
                        .apply(proof.user())
                        .withAuthentication(proof.authentication())
                        .withOrigin(connection.remote()));
    }

    private Optional<Principal> claimed(IpcConnectionContextProto context) throws IOException {
        if (!rules.simple()) {
            return unauthorized("who calls was not proven");
        }
        HdfsConfig.Identity identity = rules.identity();
        UserInformationProto user = context.getUserInfo();
        String name = user.getEffectiveUser();
        if (name.isEmpty()) {
            return unauthorized("the connection names no user");
        }
        String real = user.getRealUser();
        if (!real.isEmpty() && !real.equals(name) && !identity.proxies().contains(real)) {
            return unauthorized("User: " + real + " is not allowed to impersonate " + name);
        }
        Principal caller = identity.users().apply(name).withOrigin(connection.remote());
        return Optional.of(real.equals(name) ? caller : caller.withRealUser(real));
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
