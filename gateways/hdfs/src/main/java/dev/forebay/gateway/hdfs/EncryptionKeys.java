package dev.forebay.gateway.hdfs;

import dev.forebay.base.Clock;
import dev.forebay.base.Hmac;
import dev.forebay.base.Randomness;

import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.DataEncryptionKeyProto;
import org.apache.hadoop.thirdparty.protobuf.ByteString;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/**
 * Keys with which clients talk to the data port in private, without a setting of theirs. Made with
 * a key of this process alone: after a restart clients ask for another. Safe for use by many
 * threads.
 *
 * <p>The nonce, which clients do not look into:
 *
 * <pre>
 * good until, milliseconds since 1970, 8 big-endian | random 8
 * </pre>
 */
final class EncryptionKeys {
    private static final int KEY_ID = 1;
    private static final int SECRET_LENGTH = 32;
    private static final int RANDOM_LENGTH = 8;
    private static final int NONCE_LENGTH = Long.BYTES + RANDOM_LENGTH;

    /** As block tokens, for whose reading and writing they are used. */
    private static final Duration LIFETIME = Duration.ofHours(10);

    private final Clock clock;
    private final Randomness random;
    private final byte[] secret;

    EncryptionKeys(Clock clock, Randomness random) {
        this.clock = clock;
        this.random = random;
        this.secret = random.bytes(SECRET_LENGTH);
    }

    DataEncryptionKeyProto issue() {
        long end = clock.millis() + LIFETIME.toMillis();
        byte[] nonce =
                ByteBuffer.allocate(NONCE_LENGTH)
                        .putLong(end)
                        .put(random.bytes(RANDOM_LENGTH))
                        .array();
        return DataEncryptionKeyProto.newBuilder()
                .setKeyId(KEY_ID)
                .setBlockPoolId(LocationEncoder.POOL)
                .setNonce(ByteString.copyFrom(nonce))
                .setEncryptionKey(ByteString.copyFrom(key(nonce)))
                .setExpiryDate(end)
                .build();
    }

    /** Whether this is the name of a key rather than of a block token. */
    static boolean names(String user) {
        return user.indexOf(' ') >= 0;
    }

    /**
     * The key that a client names, as SaslDataTransferClient.java puts it: number of the key, block
     * pool and nonce in base 64, a space between them.
     *
     * @return empty when it is good no more, or not ours
     */
    Optional<byte[]> expect(String user) {
        String[] parts = user.split(" ", -1);
        if (parts.length != 3
                || !parts[0].equals(Integer.toString(KEY_ID))
                || !parts[1].equals(LocationEncoder.POOL)) {
            return Optional.empty();
        }
        try {
            byte[] nonce = Base64.getDecoder().decode(parts[2]);
            boolean good =
                    nonce.length == NONCE_LENGTH
                            && ByteBuffer.wrap(nonce).getLong() > clock.millis();
            return good ? Optional.of(key(nonce)) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private byte[] key(byte[] nonce) {
        return Hmac.SHA256.of(secret, nonce);
    }
}
