package dev.forebay.gateway.hdfs;

import dev.forebay.base.Randomness;

import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.DataTransferEncryptorMessageProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.DataTransferEncryptorMessageProto.DataTransferEncryptorStatus;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.CipherOptionProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.CipherSuiteProto;
import org.apache.hadoop.thirdparty.protobuf.ByteString;
import org.apache.hadoop.thirdparty.protobuf.InvalidProtocolBufferException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;

/**
 * What data connections begin with that are to be protected: a talk of DIGEST-MD5, in which the
 * client proves a block token or an encryption key. Safe for use by many threads.
 *
 * <pre>
 * client  magic number 0xDEADBEEF, 4 | empty message
 * server  message with the challenge
 * client  message with the response, and ciphers if it likes
 * server  message with its own proof, and the keys of a cipher
 * </pre>
 *
 * Each is a {@code DataTransferEncryptorMessageProto} behind its length, a varint.
 */
final class DataProtection {
    // DataTransferSaslUtil.java
    static final int MAGIC = 0xDEADBEEF;

    // SaslParticipant.java: the names that both sides put into the digest
    private static final String PROTOCOL = "hdfs";
    private static final String SERVER = "0";

    private static final int MESSAGE_MAX = 64 << 10;

    private final Protection protection;
    private final BlockTokens tokens;
    private final EncryptionKeys keys;
    private final Randomness random;

    DataProtection(
            Protection protection, BlockTokens tokens, EncryptionKeys keys, Randomness random) {
        this.protection = protection;
        this.tokens = tokens;
        this.keys = keys;
        this.random = random;
    }

    /** Whether clients must begin with this. */
    boolean required() {
        return protection.required();
    }

    /**
     * Talks, and puts what was agreed on between the socket and the input.
     *
     * @param input behind the magic number
     * @throws SaslException when the client proved nothing; it was told so
     */
    void agree(Connection connection, WireInput input) throws IOException {
        Expected expected = new Expected();
        try {
            SaslServer talk = protection.begin(PROTOCOL, SERVER, new DigestSecrets(expected));
            var begin = receive(input);
            connection.send(message(talk.evaluateResponse(begin.getPayload().toByteArray())));
            var response = receive(input);
            byte[] proof = talk.evaluateResponse(response.getPayload().toByteArray());
            if (!talk.isComplete()) {
                throw new SaslException("the talk takes too long");
            }
            Optional<CounterMode.Keys> cipher = cipher(talk, response.getCipherOptionList());
            var last = message(proof).toBuilder();
            if (cipher.isPresent()) {
                last.addCipherOption(cipher.get().told(talk));
            }
            connection.send(last.build());
            protect(connection, input, new Agreed(talk, cipher));
        } catch (SaslException e) {
            connection.send(expected.failure());
            throw e;
        }
    }

    private record Agreed(SaslServer talk, Optional<CounterMode.Keys> cipher) {}

    private static void protect(Connection connection, WireInput input, Agreed agreed)
            throws IOException {
        Wire below = connection.wire();
        if (agreed.cipher().isPresent()) {
            connection.protect(new CounterMode(below, agreed.cipher().get()));
        } else if (Protection.wraps(agreed.talk())) {
            WireInput wrapped = new WireInput(below, ByteBuffer.allocate(MESSAGE_MAX));
            connection.protect(new WrappedPieces(below, wrapped, agreed.talk()));
        }
        input.continueWith(connection.wire());
    }

    private Optional<CounterMode.Keys> cipher(SaslServer talk, List<CipherOptionProto> offered) {
        boolean wanted =
                Protection.hides(talk)
                        && offered.stream()
                                .anyMatch(
                                        each ->
                                                each.getSuite()
                                                        == CipherSuiteProto.AES_CTR_NOPADDING);
        return wanted ? Optional.of(CounterMode.Keys.make(random)) : Optional.empty();
    }

    private static DataTransferEncryptorMessageProto receive(WireInput input) throws IOException {
        var message = input.readDelimited(DataTransferEncryptorMessageProto.parser(), MESSAGE_MAX);
        if (message.getStatus() != DataTransferEncryptorStatus.SUCCESS) {
            throw new InvalidProtocolBufferException("the client gave up");
        }
        return message;
    }

    private static DataTransferEncryptorMessageProto message(byte[] payload) {
        return DataTransferEncryptorMessageProto.newBuilder()
                .setStatus(DataTransferEncryptorStatus.SUCCESS)
                .setPayload(ByteString.copyFrom(payload))
                .build();
    }

    /** Finds the password of one client, and remembers what it asked with. Of one thread. */
    private final class Expected implements DigestSecrets.Passwords {
        private boolean unknownKey;
        private boolean unknownToken;

        @Override
        public char[] expect(String name) throws IOException {
            boolean key = EncryptionKeys.names(name);
            Optional<byte[]> password = key ? keys.expect(name) : token(name);
            unknownKey = key && password.isEmpty();
            unknownToken = !key && password.isEmpty();
            return Base64.getEncoder()
                    .encodeToString(password.orElseThrow(() -> new IOException("not known")))
                    .toCharArray();
        }

        private Optional<byte[]> token(String name) {
            try {
                return tokens.expect(Base64.getDecoder().decode(name));
            } catch (IllegalArgumentException _) {
                return Optional.empty();
            }
        }

        /** Clients ask for another key or token when they are told that theirs is good no more. */
        DataTransferEncryptorMessageProto failure() {
            return DataTransferEncryptorMessageProto.newBuilder()
                    .setStatus(
                            unknownKey
                                    ? DataTransferEncryptorStatus.ERROR_UNKNOWN_KEY
                                    : DataTransferEncryptorStatus.ERROR)
                    .setAccessTokenError(unknownToken)
                    .setMessage(
                            unknownKey || unknownToken
                                    ? "what the client came with is good no more"
                                    : "the client could not be authenticated")
                    .build();
        }
    }
}
