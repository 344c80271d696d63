package dev.forebay.gateway.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.BlockId;
import dev.forebay.base.Principal;
import dev.forebay.gateway.hdfs.RunningGateway.Guard;
import dev.forebay.testkit.Generator;
import dev.forebay.testkit.SeededTest;
import dev.forebay.tokens.Token;

import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetDataEncryptionKeyRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetDataEncryptionKeyResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetFileInfoRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetFileInfoResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetServerDefaultsRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetServerDefaultsResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.DataTransferEncryptorMessageProto.DataTransferEncryptorStatus;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.OpReadBlockProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.Status;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.DataEncryptionKeyProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.HdfsFileStatusProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.LocatedBlockProto;
import org.apache.hadoop.ipc.protobuf.IpcConnectionContextProtos.UserInformationProto;
import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcResponseHeaderProto.RpcStatusProto;
import org.apache.hadoop.thirdparty.protobuf.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.DataOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslException;

/** What goes over both ports cannot be changed, or not read, where that is asked for. */
class ProtectionTest {
    private static final Principal ROOT = Principal.node(RunningGateway.SUPERUSER);
    private static final List<String> QUALITIES = List.of("auth", "auth-int", "auth-conf");
    private static final byte[] BYTES = new Generator(1).bytes(300_000);

    @TempDir private Path folder;

    private static WireClient open(RunningGateway running, String quality) throws SaslException {
        return TokenClient.open(running, running.tokens.issue(ROOT, ""), quality);
    }

    private static LocatedBlockProto added(WireClient client, String path) {
        return client.addBlock(path, client.create(path));
    }

    private static LocatedBlockProto written(WireClient client) throws IOException {
        HdfsFileStatusProto file = client.create("/file");
        LocatedBlockProto block = client.addBlock("/file", file);
        try (WireBlock writer =
                WireBlock.write(block, DataTalk.of(block.getBlockToken(), "auth-conf"))) {
            writer.whole(BYTES);
        }
        var last = block.getB().toBuilder().setNumBytes(BYTES.length).build();
        assertThat(client.complete("/file", file, last)).isTrue();
        return client.locate("/file").getBlocks(0);
    }

    private static void requireRead(LocatedBlockProto block, DataTalk talk) throws IOException {
        try (WireBlock reader = WireBlock.connect(block, talk)) {
            assertThat(reader.read(0, BYTES.length)).isEqualTo(BYTES);
            assertThat(reader.read(512, 10)).hasSize(512);
        }
    }

    private static void requireRefused(
            LocatedBlockProto block, DataTalk talk, DataTransferEncryptorStatus status)
            throws IOException {
        try (WireBlock plain = WireBlock.connect(block)) {
            var last = talk.prove(plain.streams(), talk.client());
            assertThat(last.getStatus()).isEqualTo(status);
            assertThat(plain.ended()).isTrue();
        }
    }

    private static DataEncryptionKeyProto key(WireClient client) {
        return client.call(
                        "getDataEncryptionKey",
                        GetDataEncryptionKeyRequestProto.getDefaultInstance(),
                        GetDataEncryptionKeyResponseProto.parser())
                .getDataEncryptionKey();
    }

    @Test
    void whoAsksForProtectionGetsIt() throws Exception {
        try (RunningGateway running = RunningGateway.guarded(folder);
                WireClient client = open(running, "auth")) {
            LocatedBlockProto block = written(client);
            for (String quality : QUALITIES) {
                requireRead(block, DataTalk.of(block.getBlockToken(), quality));
                try (WireClient other = open(running, quality)) {
                    assertThat(other.locate("/file").getFileLength()).isEqualTo(BYTES.length);
                }
            }
            requireRead(block, DataTalk.of(block.getBlockToken(), "auth-conf").withCipher());
            try (WireBlock reader = WireBlock.connect(block)) {
                assertThat(reader.read(0, BYTES.length)).isEqualTo(BYTES);
            }
            assertThat(running.awaitStatuses("protect-data", 5))
                    .containsOnly(RequestLog.OK)
                    .hasSize(5);
            assertThat(key(client)).isEqualTo(DataEncryptionKeyProto.getDefaultInstance());
        }
    }

    @Test
    void whereIntegrityIsRequiredNothingLessIsServed() throws Exception {
        try (RunningGateway running = RunningGateway.guarded(folder, Guard.INTEGRITY);
                WireClient client = open(running, "auth-int")) {
            LocatedBlockProto block = written(client);
            requireRead(block, DataTalk.of(block.getBlockToken(), "auth-int"));
            requireRead(block, DataTalk.of(block.getBlockToken(), "auth-conf"));
            requireNotInTheClear(block);
            assertThat(running.awaitStatuses("protect-data", 3)).contains("NotProtected");
            requireNoTalk(running, "auth");
        }
    }

    @Test
    void wherePrivacyIsRequiredClientsAreGivenAKey() throws Exception {
        try (RunningGateway running = RunningGateway.guarded(folder, Guard.PRIVACY);
                WireClient client = open(running, "auth-conf")) {
            LocatedBlockProto block = written(client);
            DataTalk talk = DataTalk.of(key(client));
            requireRead(block, talk);
            requireRead(block, talk.withCipher());
            requireNotInTheClear(block);
            requireNoTalk(running, "auth-int");
            var defaults =
                    client.call(
                            "getServerDefaults",
                            GetServerDefaultsRequestProto.getDefaultInstance(),
                            GetServerDefaultsResponseProto.parser());
            assertThat(defaults.getServerDefaults().getEncryptDataTransfer()).isTrue();
            requireTokensStillAsked(block, talk);
            requireFilesGiven(running, block);
        }
    }

    /** A client that knows a key may still do only what its block token says. */
    private static void requireTokensStillAsked(LocatedBlockProto block, DataTalk talk)
            throws IOException {
        var none = block.getBlockToken().toBuilder().setPassword(ByteString.EMPTY).build();
        var bare = block.toBuilder().setBlockToken(none).build();
        try (WireBlock reader = WireBlock.connect(bare, talk)) {
            assertThat(reader.operate(81, reading(reader)).getStatus())
                    .isEqualTo(Status.ERROR_ACCESS_TOKEN);
        }
    }

    /** The domain socket never leaves the machine. */
    private static void requireFilesGiven(RunningGateway running, LocatedBlockProto block) {
        try (LocalClient local = new LocalClient(running.gateway.domainSocket().orElseThrow())) {
            var request = LocalClient.request(new BlockId(block.getB().getBlockId()));
            var header = request.getHeader().toBuilder().setToken(block.getBlockToken());
            local.files(request.setHeader(header).build()).data().close();
        }
    }

    private static OpReadBlockProto reading(WireBlock reader) {
        return OpReadBlockProto.newBuilder()
                .setHeader(reader.header())
                .setOffset(0)
                .setLen(1)
                .build();
    }

    private static void requireNotInTheClear(LocatedBlockProto block) throws IOException {
        try (WireBlock reader = WireBlock.connect(block)) {
            assertThat(reader.operate(81, reading(reader)).getStatus()).isEqualTo(Status.ERROR);
            assertThat(reader.ended()).isTrue();
        }
        try (WireBlock plain = WireBlock.connect(block)) {
            DataTalk talk = DataTalk.of(block.getBlockToken(), "auth");
            byte[] challenge = DataTalk.begin(plain.streams());
            // what the client of this Java would not send, since it was not offered
            assertThat(new String(challenge, StandardCharsets.UTF_8))
                    .doesNotContain("\"auth\"")
                    .doesNotContain("auth,")
                    .contains("auth-conf");
            assertThat(talk.quality()).isEqualTo("auth");
        }
    }

    private static void requireNoTalk(RunningGateway running, String quality) {
        Token token = running.tokens.issue(ROOT, "");
        try (WireClient client = TokenClient.negotiate(running)) {
            assertThatThrownBy(() -> TokenClient.prove(client, token, quality))
                    .isInstanceOf(SaslException.class);
        }
    }

    @Test
    void wrongSecretsAreRefused() throws Exception {
        try (RunningGateway running = RunningGateway.guarded(folder, Guard.PRIVACY);
                WireClient client = open(running, "auth-conf")) {
            LocatedBlockProto block = added(client, "/file");
            DataTalk talk = DataTalk.of(block.getBlockToken(), "auth-conf");
            requireRefused(block, talk.withPassword("wrong"), DataTransferEncryptorStatus.ERROR);
            var foreign =
                    block.getBlockToken().toBuilder()
                            .setIdentifier(ByteString.copyFromUtf8("another"));
            requireRefused(
                    block,
                    DataTalk.of(foreign.build(), "auth-conf"),
                    DataTransferEncryptorStatus.ERROR);
            DataEncryptionKeyProto key = key(client);
            requireRefused(
                    block,
                    DataTalk.of(key).withPassword("wrong"),
                    DataTransferEncryptorStatus.ERROR);
            for (var unknown :
                    List.of(
                            key.toBuilder().setNonce(ByteString.copyFrom(new byte[16])),
                            key.toBuilder().setNonce(ByteString.copyFromUtf8("short")),
                            key.toBuilder().setKeyId(7),
                            key.toBuilder().setBlockPoolId("another"))) {
                requireRefused(
                        block,
                        DataTalk.of(unknown.build()),
                        DataTransferEncryptorStatus.ERROR_UNKNOWN_KEY);
            }
            assertThat(running.awaitStatuses("protect-data", 7))
                    .containsOnly("NotAuthenticated")
                    .hasSize(7);
            assertThat(running.outcomes.toString() + running.audit)
                    .doesNotContain(talk.password(), talk.user());
        }
    }

    @Test
    void aResponseIsGoodOnce() throws Exception {
        try (RunningGateway running = RunningGateway.guarded(folder, Guard.INTEGRITY);
                WireClient client = open(running, "auth-int")) {
            LocatedBlockProto block = added(client, "/file");
            SaslClient sasl = DataTalk.of(block.getBlockToken(), "auth-int").client();
            byte[] response;
            try (WireBlock first = WireBlock.connect(block)) {
                response = sasl.evaluateChallenge(DataTalk.begin(first.streams()));
                DataTalk.send(first.streams(), response);
                assertThat(DataTalk.receive(first.streams()).getStatus())
                        .isEqualTo(DataTransferEncryptorStatus.SUCCESS);
            }
            try (WireBlock second = WireBlock.connect(block)) {
                byte[] challenge = DataTalk.begin(second.streams());
                assertThat(challenge).isNotEmpty();
                DataTalk.send(second.streams(), response);
                assertThat(DataTalk.receive(second.streams()).getStatus())
                        .isEqualTo(DataTransferEncryptorStatus.ERROR);
                assertThat(second.ended()).isTrue();
            }
        }
    }

    @Test
    void whatWasChangedOnTheWayIsNotTaken() throws Exception {
        try (RunningGateway running = RunningGateway.guarded(folder, Guard.INTEGRITY);
                WireClient client = open(running, "auth-int")) {
            LocatedBlockProto block = added(client, "/file");
            for (int wrong : List.of(0, 1, 2)) {
                try (WireBlock plain = WireBlock.connect(block)) {
                    DataTalk talk = DataTalk.of(block.getBlockToken(), "auth-int");
                    SaslClient sasl = talk.client();
                    var last = talk.prove(plain.streams(), sasl);
                    byte[] nothing = sasl.evaluateChallenge(last.getPayload().toByteArray());
                    assertThat(nothing).isNull();
                    sendWrong(plain.streams().output(), sasl, wrong);
                    assertThat(plain.ended()).isTrue();
                }
            }
        }
    }

    private static void sendWrong(DataOutputStream output, SaslClient sasl, int wrong)
            throws IOException {
        byte[] operation = {0, 28, 81, 0};
        byte[] wrapped = sasl.wrap(operation, 0, operation.length);
        switch (wrong) {
            case 0 -> wrapped[2] ^= 1;
            case 1 -> wrapped = new byte[3];
            default -> {}
        }
        output.writeInt(wrong == 2 ? Integer.MAX_VALUE : wrapped.length);
        output.write(wrapped);
        output.flush();
    }

    @Test
    void callsThatAreNotWrappedAreNotTaken() throws Exception {
        Token token;
        try (RunningGateway running = RunningGateway.guarded(folder, Guard.INTEGRITY)) {
            token = running.tokens.issue(ROOT, "");
            for (int wrong : List.of(0, 1)) {
                try (WireClient client = TokenClient.negotiate(running)) {
                    var answer = TokenClient.prove(client, token, "auth-int");
                    assertThat(answer.header().getStatus()).isEqualTo(RpcStatusProto.SUCCESS);
                    if (wrong == 0) {
                        client.wrapped(new byte[20]);
                    } else {
                        client.send(ByteBuffer.allocate(8).putInt(4).array());
                    }
                    assertThat(client.rest().length).isLessThan(500);
                }
            }
            try (WireClient client = open(running, "auth-conf")) {
                assertThat(
                                client.call(
                                                "getFileInfo",
                                                GetFileInfoRequestProto.newBuilder()
                                                        .setSrc("/")
                                                        .build(),
                                                GetFileInfoResponseProto.parser())
                                        .hasFs())
                        .isTrue();
                client.name(UserInformationProto.newBuilder().setEffectiveUser("ann").build());
                assertThat(client.next().header().getStatus()).isEqualTo(RpcStatusProto.FATAL);
            }
            assertThat(running.awaitStatuses("connect", 2)).contains("NotAuthenticated");
        }
    }

    @SeededTest
    void nonsenseIsRefusedAndNeverServed(long seed) throws Exception {
        Generator random = new Generator(seed);
        try (RunningGateway running = RunningGateway.guarded(folder, Guard.PRIVACY);
                WireClient client = open(running, "auth-conf")) {
            LocatedBlockProto block = added(client, "/file");
            for (int i = 0; i < 8; i++) {
                try (WireBlock plain = WireBlock.connect(block)) {
                    plain.streams().output().writeInt(0xDEADBEEF);
                    if (random.between(0, 1) == 0) {
                        DataTalk.send(plain.streams(), new byte[0]);
                    }
                    DataTalk.send(plain.streams(), random.bytes(random.between(1, 300)));
                    plain.send(random.bytes(random.between(0, 50)));
                    plain.endOutput();
                    assertThat(plain.streams().input().readAllBytes().length).isLessThan(1_000);
                } catch (SocketException e) {
                    assertThat(e).hasMessageNotContaining("timed out");
                }
            }
            DataTalk talk = DataTalk.of(block.getBlockToken(), "auth-conf");
            WireBlock.write(block, talk).close();
        }
    }
}
