package dev.forebay.gateway.hdfs;

import dev.forebay.base.Randomness;

import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.CipherOptionProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.CipherSuiteProto;
import org.apache.hadoop.thirdparty.protobuf.ByteString;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Optional;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;

/**
 * The data port after a talk that ended with privacy and a cipher that the client offered: AES in
 * counter mode, one key for each direction, without a check of integrity, as CryptoInputStream.java
 * and CryptoOutputStream.java have it. Far faster than the cipher of the talk itself.
 */
final class CounterMode implements LayeredWire.Layer {
    private static final int KEY_LENGTH = 16;
    private static final int PIECE_LENGTH = 64 << 10;

    private final Wire wire;
    private final Cipher incoming;
    private final Cipher outgoing;
    private final ByteBuffer received = ByteBuffer.allocate(PIECE_LENGTH);
    private final ByteBuffer plain = ByteBuffer.allocate(PIECE_LENGTH);
    private final ByteBuffer hidden = ByteBuffer.allocate(PIECE_LENGTH);

    /**
     * The keys of one connection.
     *
     * @param in of what the client sends
     * @param out of what it is sent
     */
    record Keys(Direction in, Direction out) {
        static Keys make(Randomness random) {
            return new Keys(Direction.make(random), Direction.make(random));
        }

        /** As the client is told, hidden by the talk. */
        CipherOptionProto told(SaslServer talk) throws SaslException {
            return CipherOptionProto.newBuilder()
                    .setSuite(CipherSuiteProto.AES_CTR_NOPADDING)
                    .setInKey(wrapped(talk, in.key()))
                    .setInIv(in.start())
                    .setOutKey(wrapped(talk, out.key()))
                    .setOutIv(out.start())
                    .build();
        }

        private static ByteString wrapped(SaslServer talk, ByteString key) throws SaslException {
            return ByteString.copyFrom(talk.wrap(key.toByteArray(), 0, key.size()));
        }
    }

    /** A key, and where its counter starts. */
    record Direction(ByteString key, ByteString start) {
        static Direction make(Randomness random) {
            return new Direction(
                    ByteString.copyFrom(random.bytes(KEY_LENGTH)),
                    ByteString.copyFrom(random.bytes(KEY_LENGTH)));
        }

        private Cipher cipher(int mode) throws SaslException {
            try {
                Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
                cipher.init(
                        mode,
                        new SecretKeySpec(key.toByteArray(), "AES"),
                        new IvParameterSpec(start.toByteArray()));
                return cipher;
            } catch (GeneralSecurityException e) {
                throw new SaslException("this Java has no AES", e);
            }
        }
    }

    CounterMode(Wire wire, Keys keys) throws SaslException {
        this.wire = wire;
        this.incoming = keys.in().cipher(Cipher.DECRYPT_MODE);
        this.outgoing = keys.out().cipher(Cipher.ENCRYPT_MODE);
    }

    @Override
    public Optional<ByteBuffer> next() throws IOException {
        received.clear();
        if (wire.read(received) < 0) {
            return Optional.empty();
        }
        plain.clear();
        through(incoming, received.flip(), plain);
        return Optional.of(plain.flip());
    }

    @Override
    public void write(ByteBuffer[] sources, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            while (sources[i].hasRemaining()) {
                int length = Math.min(sources[i].remaining(), hidden.remaining());
                through(outgoing, sources[i].slice(sources[i].position(), length), hidden);
                sources[i].position(sources[i].position() + length);
                if (!hidden.hasRemaining()) {
                    flush();
                }
            }
        }
        flush();
    }

    private void flush() throws IOException {
        wire.write(new ByteBuffer[] {hidden.flip()}, 1);
        hidden.clear();
    }

    private static void through(Cipher cipher, ByteBuffer source, ByteBuffer target)
            throws IOException {
        try {
            int count = cipher.update(source, target);
            assert count >= 0 && !source.hasRemaining();
        } catch (GeneralSecurityException e) {
            throw new IOException("cipher failed", e);
        }
    }
}
