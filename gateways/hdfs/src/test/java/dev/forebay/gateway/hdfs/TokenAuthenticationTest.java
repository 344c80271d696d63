package dev.forebay.gateway.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.BlockId;
import dev.forebay.base.Principal;
import dev.forebay.testkit.Generator;
import dev.forebay.testkit.SeededTest;
import dev.forebay.tokens.Token;
import dev.forebay.tokens.TokenIdentifier;

import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetFileInfoRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetFileInfoResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.OpReadBlockProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.Status;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.ChecksumTypeProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.HdfsFileStatusProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.LocatedBlockProto;
import org.apache.hadoop.ipc.protobuf.IpcConnectionContextProtos.UserInformationProto;
import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcResponseHeaderProto.RpcStatusProto;
import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcSaslProto;
import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcSaslProto.SaslState;
import org.apache.hadoop.security.proto.SecurityProtos.CancelDelegationTokenRequestProto;
import org.apache.hadoop.security.proto.SecurityProtos.CancelDelegationTokenResponseProto;
import org.apache.hadoop.security.proto.SecurityProtos.GetDelegationTokenRequestProto;
import org.apache.hadoop.security.proto.SecurityProtos.GetDelegationTokenResponseProto;
import org.apache.hadoop.security.proto.SecurityProtos.RenewDelegationTokenRequestProto;
import org.apache.hadoop.security.proto.SecurityProtos.RenewDelegationTokenResponseProto;
import org.apache.hadoop.security.proto.SecurityProtos.TokenProto;
import org.apache.hadoop.thirdparty.protobuf.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Set;

import javax.security.sasl.SaslException;

/** Clients prove who they are by a token, and what they may read by another. */
class TokenAuthenticationTest {
    private static final Principal ROOT = Principal.node(RunningGateway.SUPERUSER);
    private static final Principal ANN = new Principal("ann", Set.of("ann"), false, "simple", "");
    private static final String INVALID = RpcError.INVALID_TOKEN;

    @TempDir private Path folder;

    private static TokenProto issue(WireClient client, String renewer) {
        return client.call(
                        "getDelegationToken",
                        GetDelegationTokenRequestProto.newBuilder().setRenewer(renewer).build(),
                        GetDelegationTokenResponseProto.parser())
                .getToken();
    }

    private static WireClient.Answer renew(WireClient client, TokenProto token) {
        return client.call(
                "renewDelegationToken",
                RenewDelegationTokenRequestProto.newBuilder().setToken(token).build());
    }

    private static WireClient.Answer cancel(WireClient client, TokenProto token) {
        return client.call(
                "cancelDelegationToken",
                CancelDelegationTokenRequestProto.newBuilder().setToken(token).build());
    }

    private static Token of(TokenProto token) {
        return new Token(token.getIdentifier().toByteArray(), token.getPassword().toByteArray());
    }

    private static void requireServed(WireClient client) {
        assertThat(
                        client.call(
                                        "getFileInfo",
                                        GetFileInfoRequestProto.newBuilder().setSrc("/").build(),
                                        GetFileInfoResponseProto.parser())
                                .hasFs())
                .isTrue();
    }

    @Test
    void whoShowsATokenIsItsOwner() throws Exception {
        try (RunningGateway running = RunningGateway.in(folder);
                WireClient client = TokenClient.open(running, running.tokens.issue(ROOT, ""))) {
            HdfsFileStatusProto file = client.create("/made");
            assertThat(file.getOwner()).isEqualTo(RunningGateway.SUPERUSER);
            running.awaitRecorded("create");
            assertThat(running.audit.getFirst().caller().authentication()).isEqualTo("token");
        }
    }

    @Test
    void tokensAreIssuedRenewedAndCancelledByCalls() throws Exception {
        try (RunningGateway running = RunningGateway.in(folder);
                WireClient client = running.client();
                WireClient ann = WireClient.open(running, "ann")) {
            TokenProto token = issue(ann, RunningGateway.SUPERUSER);
            assertThat(token.getKind()).isEqualTo("HDFS_DELEGATION_TOKEN");
            try (WireClient shown = TokenClient.open(running, of(token))) {
                requireServed(shown);
            }
            assertThat(
                            renew(client, token)
                                    .message(RenewDelegationTokenResponseProto.parser())
                                    .getNewExpiryTime())
                    .isPositive();
            assertThat(renew(ann, token).error()).isEqualTo(RpcError.ACCESS);
            assertThat(cancel(ann, token).message(CancelDelegationTokenResponseProto.parser()))
                    .isNotNull();
            assertThat(cancel(ann, token).error()).isEqualTo(INVALID);
            assertThat(renew(client, token).error()).isEqualTo(INVALID);
            TokenProto nonsense =
                    token.toBuilder().setIdentifier(ByteString.copyFromUtf8("x")).build();
            assertThat(cancel(ann, nonsense).error()).isEqualTo(INVALID);
        }
    }

    @Test
    void aTokenThatAnotherGotNamesBoth() throws Exception {
        try (RunningGateway running = RunningGateway.in(folder);
                WireClient client = WireClient.connect(running.gateway.rpcPort())) {
            client.greet(0);
            client.name(
                    UserInformationProto.newBuilder()
                            .setEffectiveUser("ann")
                            .setRealUser(RunningGateway.PROXY)
                            .build());
            TokenIdentifier identifier =
                    TokenIdentifier.decode(issue(client, "").getIdentifier().toByteArray());
            assertThat(identifier.owner()).isEqualTo("ann");
            assertThat(identifier.realUser()).isEqualTo(RunningGateway.PROXY);
        }
    }

    @Test
    void whoCameWithATokenGetsNoOther() throws Exception {
        try (RunningGateway running = RunningGateway.in(folder);
                WireClient client = TokenClient.open(running, running.tokens.issue(ANN, ""))) {
            var request = GetDelegationTokenRequestProto.newBuilder().setRenewer("").build();
            assertThat(client.call("getDelegationToken", request).error())
                    .isEqualTo(RpcError.ACCESS);
        }
    }

    @Test
    void secretsGetIntoNoRecord() throws Exception {
        try (RunningGateway running = RunningGateway.in(folder);
                WireClient client = running.client()) {
            TokenProto token = issue(client, "yarn");
            cancel(client, token);
            running.awaitRecorded("getDelegationToken", "cancelDelegationToken");
            assertThat(running.audit.toString() + running.outcomes)
                    .doesNotContain(token.getPassword().toStringUtf8())
                    .contains("getDelegationToken");
        }
    }

    @Test
    void badTokensAreRefusedAndTheConnectionEnds() throws Exception {
        try (RunningGateway running = RunningGateway.in(folder)) {
            Token good = running.tokens.issue(ANN, "");
            byte[] wrong = good.password();
            wrong[0] ^= 1;
            requireRefused(running, new Token(good.identifier(), wrong), RpcError.SASL);
            requireRefused(running, new Token(new byte[] {7}, wrong), INVALID);
            running.tokens.cancel("ann", good);
            requireRefused(running, good, INVALID);
        }
    }

    private static void requireRefused(RunningGateway running, Token token, String error)
            throws SaslException {
        try (WireClient client = TokenClient.negotiate(running)) {
            WireClient.Answer answer = TokenClient.prove(client, token);
            assertThat(answer.header().getStatus()).isEqualTo(RpcStatusProto.FATAL);
            assertThat(answer.error()).isEqualTo(error);
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void anOwnerActsForNobodyElse() throws Exception {
        try (RunningGateway running = RunningGateway.in(folder);
                WireClient client = TokenClient.negotiate(running)) {
            TokenClient.prove(client, running.tokens.issue(ANN, ""));
            client.name(UserInformationProto.newBuilder().setEffectiveUser("root").build());
            assertThat(client.next().error()).isEqualTo(RpcError.AUTHORIZATION);
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void withTokensRequiredNothingElseIsServed() throws Exception {
        try (RunningGateway running = RunningGateway.guarded(folder)) {
            try (WireClient client = WireClient.connect(running.gateway.rpcPort())) {
                client.greet(0);
                assertThat(client.next().error()).isEqualTo(RpcError.ACCESS);
                assertThat(client.rest()).isEmpty();
            }
            try (WireClient client = TokenClient.negotiate(running)) {
                RpcSaslProto offer = client.next().message(RpcSaslProto.parser());
                assertThat(offer.getAuthsList())
                        .extracting(RpcSaslProto.SaslAuth::getMethod)
                        .containsExactly("TOKEN");
                client.name(UserInformationProto.newBuilder().setEffectiveUser("root").build());
                assertThat(client.next().error()).isEqualTo(RpcError.AUTHORIZATION);
                assertThat(client.rest()).isEmpty();
            }
            try (WireClient client = TokenClient.open(running, running.tokens.issue(ROOT, ""))) {
                requireServed(client);
            }
        }
    }

    @Test
    void blocksAreGivenToThoseWhoWereToldOfThem() throws Exception {
        byte[] bytes = new Generator(1).bytes(100_000);
        try (RunningGateway running = RunningGateway.guarded(folder);
                WireClient client = TokenClient.open(running, running.tokens.issue(ROOT, ""))) {
            HdfsFileStatusProto file = client.create("/file");
            LocatedBlockProto block = client.addBlock("/file", file);
            assertThat(block.getBlockToken().getKind()).isEqualTo("HDFS_BLOCK_TOKEN");
            try (WireBlock writer = WireBlock.write(block)) {
                writer.whole(bytes);
            }
            var last = block.getB().toBuilder().setNumBytes(bytes.length).build();
            assertThat(client.complete("/file", file, last)).isTrue();
            LocatedBlockProto located = client.locate("/file").getBlocks(0);
            try (WireBlock reader = WireBlock.connect(located)) {
                assertThat(reader.read(0, bytes.length)).isEqualTo(bytes);
            }
            requireNoBlock(located.toBuilder().setBlockToken(none()).build());
            LocatedBlockProto other = client.addBlock("/other", client.create("/other"));
            requireNoBlock(located.toBuilder().setBlockToken(other.getBlockToken()).build());
            LocatedBlockProto readable =
                    other.toBuilder().setBlockToken(located.getBlockToken()).build();
            try (WireBlock writer = WireBlock.connect(readable)) {
                assertThat(writer.startWrite(ChecksumTypeProto.CHECKSUM_CRC32C).getStatus())
                        .isEqualTo(Status.ERROR_ACCESS_TOKEN);
            }
            requireFilesGuarded(running, located);
        }
    }

    private static TokenProto none() {
        return TokenProto.newBuilder()
                .setIdentifier(ByteString.EMPTY)
                .setPassword(ByteString.EMPTY)
                .setKind("")
                .setService("")
                .build();
    }

    private static void requireNoBlock(LocatedBlockProto located) {
        try (WireBlock reader = WireBlock.connect(located)) {
            var request =
                    OpReadBlockProto.newBuilder()
                            .setHeader(reader.header())
                            .setOffset(0)
                            .setLen(1)
                            .build();
            assertThat(reader.operate(81, request).getStatus())
                    .isEqualTo(Status.ERROR_ACCESS_TOKEN);
            assertThat(reader.ended()).isTrue();
        }
    }

    private static void requireFilesGuarded(RunningGateway running, LocatedBlockProto located) {
        Path socket = running.gateway.domainSocket().orElseThrow();
        BlockId block = new BlockId(located.getB().getBlockId());
        try (LocalClient client = new LocalClient(socket)) {
            var request = LocalClient.request(block);
            assertThat(client.ask(request.build()).getStatus())
                    .isEqualTo(Status.ERROR_ACCESS_TOKEN);
            var header = request.getHeader().toBuilder().setToken(located.getBlockToken());
            client.files(request.setHeader(header).build()).data().close();
        }
    }

    @SeededTest
    void nonsenseIsRefusedAndNeverServed(long seed) throws Exception {
        Generator random = new Generator(seed);
        try (RunningGateway running = RunningGateway.guarded(folder)) {
            for (int i = 0; i < 5; i++) {
                try (WireClient client = WireClient.connect(running.gateway.rpcPort())) {
                    client.greet(0xDF);
                    int count = random.between(1, 5);
                    for (int message = 0; message < count; message++) {
                        TokenClient.send(client, nonsense(random));
                    }
                    client.name(UserInformationProto.newBuilder().setEffectiveUser("root").build());
                    WireClient.Answer answer = client.next();
                    while (answer.header().getStatus() == RpcStatusProto.SUCCESS) {
                        assertThat(answer.header().getCallId()).isEqualTo(-33);
                        answer = client.next();
                    }
                    assertThat(answer.header().getStatus()).isEqualTo(RpcStatusProto.FATAL);
                }
            }
            try (WireClient client = TokenClient.open(running, running.tokens.issue(ROOT, ""))) {
                requireServed(client);
            }
        }
    }

    private static RpcSaslProto.Builder nonsense(Generator random) {
        RpcSaslProto.Builder message =
                RpcSaslProto.newBuilder().setState(SaslState.forNumber(random.between(0, 5)));
        if (random.between(0, 1) == 0) {
            message.setToken(ByteString.copyFrom(random.bytes(random.between(0, 200))));
        }
        if (random.between(0, 1) == 0) {
            message.addAuths(
                    RpcSaslProto.SaslAuth.newBuilder()
                            .setMethod(random.between(0, 1) == 0 ? "TOKEN" : "SIMPLE")
                            .setMechanism("DIGEST-MD5")
                            .setProtocol("")
                            .setServerId("default"));
        }
        return message;
    }
}
