package dev.forebay.gateway.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetFileInfoRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetFileInfoResponseProto;
import org.apache.hadoop.ipc.protobuf.IpcConnectionContextProtos.UserInformationProto;
import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcResponseHeaderProto.RpcErrorCodeProto;
import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcResponseHeaderProto.RpcStatusProto;
import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcSaslProto;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The RPC protocol, byte by byte, and clients that speak it wrongly. */
class RpcWireTest {
    /**
     * Header; a frame with header (kind 2, op 0, call -3, client id) and context (user ann); a
     * frame with header (call 0), method getFileInfo of ClientProtocol version 1, and source "/".
     */
    private static final String GOLDEN_REQUEST =
            "68727063"
                    + "09"
                    + "00"
                    + "00"
                    + "00000053"
                    + "1a"
                    + "0802"
                    + "1000"
                    + "1805"
                    + "2210"
                    + "00".repeat(16)
                    + "2801"
                    + "37"
                    + "12050a03616e6e"
                    + "1a2e"
                    + hex("org.apache.hadoop.hdfs.protocol.ClientProtocol")
                    + "0000005f"
                    + "1a"
                    + "0802"
                    + "1000"
                    + "1800"
                    + "2210"
                    + "00".repeat(16)
                    + "2800"
                    + "3f"
                    + "0a0b"
                    + hex("getFileInfo")
                    + "122e"
                    + hex("org.apache.hadoop.hdfs.protocol.ClientProtocol")
                    + "1801"
                    + "03"
                    + "0a012f";

    private final RunningGateway running = new RunningGateway();

    @AfterEach
    void stop() {
        running.close();
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static GetFileInfoRequestProto info(String path) {
        return GetFileInfoRequestProto.newBuilder().setSrc(path).build();
    }

    private static boolean isDirectory(WireClient client, String path) {
        return client.call("getFileInfo", info(path), GetFileInfoResponseProto.parser()).hasFs();
    }

    @Test
    void bytesWrittenByHandAreAnswered() {
        try (WireClient client = WireClient.connect(running.gateway.rpcPort())) {
            client.send(HexFormat.of().parseHex(GOLDEN_REQUEST));
            WireClient.Answer answer = client.next();
            assertThat(answer.header().getCallId()).isZero();
            assertThat(answer.header().getStatus()).isEqualTo(RpcStatusProto.SUCCESS);
            assertThat(answer.header().getServerIpcVersionNum()).isEqualTo(9);
            assertThat(answer.message(GetFileInfoResponseProto.parser()).getFs().getOwner())
                    .isEqualTo(RunningGateway.SUPERUSER);
        }
    }

    @Test
    void bytesMayComeOneByOne() {
        try (WireClient client = WireClient.connect(running.gateway.rpcPort())) {
            for (byte each : HexFormat.of().parseHex(GOLDEN_REQUEST)) {
                client.send(new byte[] {each});
            }
            assertThat(client.next().header().getStatus()).isEqualTo(RpcStatusProto.SUCCESS);
        }
    }

    @Test
    void aMissingPathIsAnEmptyAnswer() {
        try (WireClient client = running.client()) {
            assertThat(isDirectory(client, "/")).isTrue();
            assertThat(isDirectory(client, "/missing")).isFalse();
            assertThat(client.call("getFileInfo", info("relative")).error())
                    .isEqualTo("org.apache.hadoop.fs.InvalidPathException");
        }
    }

    @Test
    void manyCallsMayBeUnderWay() {
        try (WireClient client = running.client()) {
            Set<Integer> asked = new TreeSet<>();
            Set<Integer> answered = new TreeSet<>();
            for (int i = 0; i < 500; i++) {
                asked.add(client.start(MethodTable.CLIENT_PROTOCOL, "getFileInfo", info("/")));
            }
            for (int i = 0; i < 500; i++) {
                answered.add(client.next().header().getCallId());
            }
            assertThat(answered).isEqualTo(asked);
        }
    }

    @Test
    void pingsAreNotAnswered() {
        try (WireClient client = running.client()) {
            client.frame(WireClient.header(-4));
            assertThat(isDirectory(client, "/")).isTrue();
        }
    }

    @Test
    void whatIsNotKnownIsRefusedByName() {
        try (WireClient client = running.client()) {
            assertThat(client.call("fly", info("/")).error())
                    .isEqualTo("org.apache.hadoop.ipc.RpcNoSuchMethodException");
            WireClient.Answer known = client.call("rollEdits", info("/"));
            assertThat(known.error()).isEqualTo("java.lang.UnsupportedOperationException");
            assertThat(known.header().getErrorMsg()).contains("rollEdits");
            client.start("org.example.Protocol", "getFileInfo", info("/"));
            assertThat(client.next().header().getErrorDetail())
                    .isEqualTo(RpcErrorCodeProto.ERROR_NO_SUCH_PROTOCOL);
            assertThat(isDirectory(client, "/")).isTrue();
        }
    }

    @Test
    void aMalformedRequestEndsOnlyItsCall() {
        try (WireClient client = running.client()) {
            // its first field is no text
            assertThat(client.call("getFileInfo", WireClient.header(3)).error())
                    .isEqualTo("org.apache.hadoop.ipc.RpcServerException");
            assertThat(isDirectory(client, "/")).isTrue();
        }
    }

    @Test
    void authenticationIsOfferedToBeLeftOut() {
        try (WireClient client = WireClient.connect(running.gateway.rpcPort())) {
            client.greet(0xDF);
            client.frame(
                    WireClient.header(-33),
                    RpcSaslProto.newBuilder().setState(RpcSaslProto.SaslState.NEGOTIATE).build());
            WireClient.Answer answer = client.next();
            assertThat(answer.header().getCallId()).isEqualTo(-33);
            RpcSaslProto offer = answer.message(RpcSaslProto.parser());
            assertThat(offer.getState()).isEqualTo(RpcSaslProto.SaslState.NEGOTIATE);
            assertThat(offer.getAuthsList())
                    .extracting(RpcSaslProto.SaslAuth::getMethod)
                    .containsExactly("TOKEN", "SIMPLE");
            client.name(UserInformationProto.newBuilder().setEffectiveUser("ann").build());
            assertThat(isDirectory(client, "/")).isTrue();
        }
    }

    @Test
    void onlyProxiesActForOthers() {
        var asRoot = UserInformationProto.newBuilder().setEffectiveUser("root");
        try (WireClient client = WireClient.connect(running.gateway.rpcPort())) {
            client.greet(0);
            client.name(asRoot.setRealUser("bob").build());
            WireClient.Answer answer = client.next();
            assertThat(answer.header().getCallId()).isEqualTo(-3);
            assertThat(answer.header().getStatus()).isEqualTo(RpcStatusProto.FATAL);
            assertThat(answer.error())
                    .isEqualTo("org.apache.hadoop.security.authorize.AuthorizationException");
            assertThat(client.rest()).isEmpty();
        }
        try (WireClient client = WireClient.connect(running.gateway.rpcPort())) {
            client.greet(0);
            client.name(asRoot.setRealUser(RunningGateway.PROXY).build());
            assertThat(isDirectory(client, "/")).isTrue();
        }
    }

    @Test
    void aConnectionWithoutAUserIsRefused() {
        try (WireClient client = WireClient.connect(running.gateway.rpcPort())) {
            client.greet(0);
            client.name(UserInformationProto.getDefaultInstance());
            assertThat(client.next().header().getErrorDetail())
                    .isEqualTo(RpcErrorCodeProto.FATAL_UNAUTHORIZED);
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void anotherVersionIsToldSo() {
        try (WireClient client = WireClient.connect(running.gateway.rpcPort())) {
            client.send(HexFormat.of().parseHex("68727063080000"));
            WireClient.Answer answer = client.next();
            assertThat(answer.header().getErrorDetail())
                    .isEqualTo(RpcErrorCodeProto.FATAL_VERSION_MISMATCH);
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void aBrowserIsToldThatThisIsNotForIt() {
        try (WireClient client = WireClient.connect(running.gateway.rpcPort())) {
            client.send("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(client.rest(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 404 Not Found\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // lengths of frames: negative, none, over the limit
                "ffffffff",
                "00000000",
                "04000001",
                // lengths of messages: beyond the frame, endless, no message
                "000000020a08",
                "00000006ffffffffffff",
                "0000000401020304",
                // a call id that there is none of
                "00000009080802100018372200",
            })
    void nonsenseEndsOnlyItsConnection(String frame) {
        try (WireClient other = running.client();
                WireClient client = running.client()) {
            client.send(HexFormat.of().parseHex(frame));
            assertThat(client.next().header().getStatus()).isEqualTo(RpcStatusProto.FATAL);
            assertThat(client.rest()).isEmpty();
            assertThat(isDirectory(other, "/")).isTrue();
        }
    }

    @Test
    void everyTruncationEndsOnlyItsConnection() {
        byte[] whole = HexFormat.of().parseHex(GOLDEN_REQUEST);
        for (int length = 0; length < whole.length; length += 13) {
            try (WireClient client = WireClient.connect(running.gateway.rpcPort())) {
                client.send(Arrays.copyOf(whole, length));
            }
        }
        try (WireClient client = running.client()) {
            assertThat(isDirectory(client, "/")).isTrue();
        }
    }

    @Test
    void tooManyConnectionsAreClosedAtOnce() {
        List<WireClient> open = new ArrayList<>();
        for (int i = 0; i < RunningGateway.CONNECTIONS_MAX; i++) {
            open.add(running.client());
            assertThat(isDirectory(open.getLast(), "/")).isTrue();
        }
        try (WireClient refused = WireClient.connect(running.gateway.rpcPort())) {
            assertThat(refused.rest()).isEmpty();
        }
        assertThat(isDirectory(open.getFirst(), "/")).isTrue();
        open.forEach(WireClient::close);
    }
}
