package dev.forebay.gateway.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.DataTransferEncryptorMessageProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.DataTransferEncryptorMessageProto.DataTransferEncryptorStatus;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.CipherOptionProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.CipherSuiteProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.DataEncryptionKeyProto;
import org.apache.hadoop.security.proto.SecurityProtos.TokenProto;
import org.apache.hadoop.thirdparty.protobuf.ByteString;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.util.Map;

import javax.crypto.Cipher;
import javax.crypto.CipherInputStream;
import javax.crypto.CipherOutputStream;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslException;

/**
 * The client's side of protecting a data connection, step by step, so that tests may do it wrongly.
 *
 * @param user and {@code password} as the mechanism is told
 * @param quality of protection, such as {@code auth-int}
 * @param cipher whether one is asked for
 */
record DataTalk(String user, String password, String quality, boolean cipher) {
    static DataTalk of(TokenProto token, String quality) {
        return new DataTalk(
                TokenClient.text(token.getIdentifier().toByteArray()),
                TokenClient.text(token.getPassword().toByteArray()),
                quality,
                false);
    }

    static DataTalk of(DataEncryptionKeyProto key) {
        return new DataTalk(
                key.getKeyId()
                        + " "
                        + key.getBlockPoolId()
                        + " "
                        + TokenClient.text(key.getNonce().toByteArray()),
                TokenClient.text(key.getEncryptionKey().toByteArray()),
                "auth-conf",
                false);
    }

    DataTalk withCipher() {
        return new DataTalk(user, password, quality, true);
    }

    DataTalk withPassword(String other) {
        return new DataTalk(user, other, quality, cipher);
    }

    /** Both directions of a connection. */
    record Streams(DataInputStream input, DataOutputStream output) {}

    SaslClient client() throws SaslException {
        return Sasl.createSaslClient(
                new String[] {"DIGEST-MD5"},
                user,
                "hdfs",
                "0",
                Map.of(Sasl.QOP, quality, Sasl.SERVER_AUTH, "true"),
                TokenClient.secrets(user, password));
    }

    /** Says that there will be a talk, and returns the challenge. */
    static byte[] begin(Streams plain) throws IOException {
        plain.output().writeInt(0xDEADBEEF);
        send(plain, new byte[0]);
        return receive(plain).getPayload().toByteArray();
    }

    static void send(Streams plain, byte[] payload) throws IOException {
        message(payload).build().writeDelimitedTo(plain.output());
        plain.output().flush();
    }

    private static DataTransferEncryptorMessageProto.Builder message(byte[] payload) {
        return DataTransferEncryptorMessageProto.newBuilder()
                .setStatus(DataTransferEncryptorStatus.SUCCESS)
                .setPayload(ByteString.copyFrom(payload));
    }

    static DataTransferEncryptorMessageProto receive(Streams plain) throws IOException {
        return DataTransferEncryptorMessageProto.parseDelimitedFrom(plain.input());
    }

    /** Gives the response, and returns what comes back, which may be a refusal. */
    DataTransferEncryptorMessageProto prove(Streams plain, SaslClient sasl) throws IOException {
        var response = message(sasl.evaluateChallenge(begin(plain)));
        if (cipher) {
            response.addCipherOption(
                    CipherOptionProto.newBuilder().setSuite(CipherSuiteProto.AES_CTR_NOPADDING));
        }
        response.build().writeDelimitedTo(plain.output());
        plain.output().flush();
        return receive(plain);
    }

    Streams run(Streams plain) throws IOException {
        SaslClient sasl = client();
        DataTransferEncryptorMessageProto last = prove(plain, sasl);
        assertThat(last.getStatus()).isEqualTo(DataTransferEncryptorStatus.SUCCESS);
        byte[] nothing = sasl.evaluateChallenge(last.getPayload().toByteArray());
        assertThat(nothing).isNull();
        assertThat(sasl.getNegotiatedProperty(Sasl.QOP)).isEqualTo(quality);
        if (cipher) {
            return hidden(plain, sasl, last.getCipherOption(0));
        }
        return quality.equals("auth") ? plain : wrapped(plain, sasl);
    }

    private static Streams hidden(Streams plain, SaslClient sasl, CipherOptionProto keys)
            throws IOException {
        try {
            Cipher out = cipher(sasl, keys.getInKey(), keys.getInIv());
            Cipher in = cipher(sasl, keys.getOutKey(), keys.getOutIv());
            return new Streams(
                    new DataInputStream(new CipherInputStream(plain.input(), in)),
                    new DataOutputStream(new CipherOutputStream(plain.output(), out)));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static Cipher cipher(SaslClient sasl, ByteString key, ByteString start)
            throws IOException, GeneralSecurityException {
        byte[] plain = sasl.unwrap(key.toByteArray(), 0, key.size());
        Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(plain, "AES"),
                new IvParameterSpec(start.toByteArray()));
        return cipher;
    }

    private static Streams wrapped(Streams plain, SaslClient sasl) {
        return new Streams(
                new DataInputStream(new Unwrapping(plain.input(), sasl)),
                new DataOutputStream(new Wrapping(plain.output(), sasl)));
    }

    private static final class Wrapping extends OutputStream {
        private final DataOutputStream below;
        private final SaslClient sasl;

        Wrapping(DataOutputStream below, SaslClient sasl) {
            this.below = below;
            this.sasl = sasl;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > 0) {
                byte[] wrapped = sasl.wrap(bytes, offset, length);
                below.writeInt(wrapped.length);
                below.write(wrapped);
                below.flush();
            }
        }
    }

    private static final class Unwrapping extends InputStream {
        private final DataInputStream below;
        private final SaslClient sasl;
        private ByteArrayInputStream here = new ByteArrayInputStream(new byte[0]);

        Unwrapping(DataInputStream below, SaslClient sasl) {
            this.below = below;
            this.sasl = sasl;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            while (here.available() == 0) {
                int first = below.read();
                if (first < 0) {
                    return -1;
                }
                int rest = below.readUnsignedByte() << 16 | below.readUnsignedShort();
                byte[] wrapped = below.readNBytes(first << 24 | rest);
                here = new ByteArrayInputStream(sasl.unwrap(wrapped, 0, wrapped.length));
            }
            return here.read(target, offset, length);
        }
    }
}
