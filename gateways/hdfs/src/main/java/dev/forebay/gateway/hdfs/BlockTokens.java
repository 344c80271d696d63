package dev.forebay.gateway.hdfs;

import dev.forebay.base.BlockId;
import dev.forebay.base.Clock;
import dev.forebay.base.Randomness;
import dev.forebay.base.error.Internal;

import org.apache.hadoop.security.proto.SecurityProtos.TokenProto;
import org.apache.hadoop.thirdparty.protobuf.ByteString;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Set;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves to the data port that a client was told of a block, and for what. Where nothing has to be
 * proven, tokens are empty and all are good. Made with a key of this process alone: after a restart
 * clients ask again where a block is. Safe for use by many threads.
 *
 * <p>Clients do not look into them:
 *
 * <pre>
 * good until, milliseconds since 1970, 8 big-endian | block id 8 | modes 1: bit 0 read, bit 1 write
 * </pre>
 */
final class BlockTokens {
    /** What a client may do with a block. */
    enum Mode {
        READ(1),
        WRITE(2);

        private final byte bit;

        Mode(int bit) {
            this.bit = (byte) bit;
        }
    }

    // BlockTokenIdentifier.java
    private static final String KIND = "HDFS_BLOCK_TOKEN";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_LENGTH = 32;
    private static final int LENGTH = 17;

    /** As a real NameNode has it. */
    private static final Duration LIFETIME = Duration.ofHours(10);

    private static final TokenProto NONE =
            TokenProto.newBuilder()
                    .setIdentifier(ByteString.EMPTY)
                    .setPassword(ByteString.EMPTY)
                    .setKind("")
                    .setService("")
                    .build();

    private final boolean required;
    private final Clock clock;
    private final SecretKeySpec key;

    BlockTokens(boolean required, Clock clock, Randomness random) {
        this.required = required;
        this.clock = clock;
        this.key = new SecretKeySpec(random.bytes(KEY_LENGTH), ALGORITHM);
    }

    TokenProto issue(BlockId block, Set<Mode> modes) {
        if (!required) {
            return NONE;
        }
        byte bits = 0;
        for (Mode mode : modes) {
            bits |= mode.bit;
        }
        byte[] identifier =
                ByteBuffer.allocate(LENGTH)
                        .putLong(clock.millis() + LIFETIME.toMillis())
                        .putLong(block.value())
                        .put(bits)
                        .array();
        return TokenProto.newBuilder()
                .setIdentifier(ByteString.copyFrom(identifier))
                .setPassword(ByteString.copyFrom(password(identifier)))
                .setKind(KIND)
                .setService("")
                .build();
    }

    /** Whether a client may do this with a block. */
    boolean allow(TokenProto token, BlockId block, Mode mode) {
        if (!required) {
            return true;
        }
        byte[] identifier = token.getIdentifier().toByteArray();
        byte[] password = token.getPassword().toByteArray();
        if (identifier.length != LENGTH || !MessageDigest.isEqual(password, password(identifier))) {
            return false;
        }
        ByteBuffer fields = ByteBuffer.wrap(identifier);
        return fields.getLong() > clock.millis()
                && fields.getLong() == block.value()
                && (fields.get() & mode.bit) != 0;
    }

    private byte[] password(byte[] identifier) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(identifier);
        } catch (GeneralSecurityException e) {
            throw new Internal("the system cannot make passwords", ALGORITHM, e);
        }
    }
}
