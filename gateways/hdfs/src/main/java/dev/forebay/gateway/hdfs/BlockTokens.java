package dev.forebay.gateway.hdfs;

import dev.forebay.base.BlockId;
import dev.forebay.base.Clock;
import dev.forebay.base.Hmac;
import dev.forebay.base.Randomness;

import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.AccessModeProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.BlockTokenSecretProto;
import org.apache.hadoop.security.proto.SecurityProtos.TokenProto;
import org.apache.hadoop.thirdparty.protobuf.ByteString;
import org.apache.hadoop.thirdparty.protobuf.InvalidProtocolBufferException;

import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Proves to the data port that a client was told of a block, and for what. Where nothing has to be
 * proven, tokens are empty and all are good. Made with a key of this process alone: after a restart
 * clients ask again where a block is. Safe for use by many threads.
 *
 * <p>The identifier is a {@code BlockTokenSecretProto}, as that of a real NameNode, since clients
 * that protect what they send look into it. Its block, modes and end are all that is looked at
 * here.
 */
final class BlockTokens {
    /** What a client may do with a block. */
    enum Mode {
        READ(AccessModeProto.READ),
        WRITE(AccessModeProto.WRITE);

        private final AccessModeProto wire;

        Mode(AccessModeProto wire) {
            this.wire = wire;
        }
    }

    // BlockTokenIdentifier.java
    private static final String KIND = "HDFS_BLOCK_TOKEN";
    private static final int KEY_LENGTH = 32;
    private static final int LENGTH_MAX = 1 << 10;

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
    private final byte[] key;

    BlockTokens(boolean required, Clock clock, Randomness random) {
        this.required = required;
        this.clock = clock;
        this.key = random.bytes(KEY_LENGTH);
    }

    TokenProto issue(BlockId block, Set<Mode> modes) {
        if (!required) {
            return NONE;
        }
        BlockTokenSecretProto.Builder told =
                BlockTokenSecretProto.newBuilder()
                        .setExpiryDate(clock.millis() + LIFETIME.toMillis())
                        .setKeyId(0)
                        .setUserId("")
                        .setBlockPoolId(LocationEncoder.POOL)
                        .setBlockId(block.value());
        for (Mode mode : modes) {
            told.addModes(mode.wire);
        }
        byte[] identifier = told.build().toByteArray();
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
        if (identifier.length > LENGTH_MAX
                || !MessageDigest.isEqual(password, password(identifier))) {
            return false;
        }
        return parse(identifier)
                .filter(this::fresh)
                .filter(told -> told.getBlockId() == block.value())
                .filter(told -> told.getModesList().contains(mode.wire))
                .isPresent();
    }

    /**
     * The password that belongs to an identifier, which a client proves to know.
     *
     * @return empty when the identifier is none, or was good once
     */
    Optional<byte[]> expect(byte[] identifier) {
        return identifier.length > LENGTH_MAX
                ? Optional.empty()
                : parse(identifier).filter(this::fresh).map(_ -> password(identifier));
    }

    private static Optional<BlockTokenSecretProto> parse(byte[] identifier) {
        try {
            return Optional.of(BlockTokenSecretProto.parseFrom(identifier));
        } catch (InvalidProtocolBufferException _) {
            return Optional.empty();
        }
    }

    private boolean fresh(BlockTokenSecretProto told) {
        return told.getExpiryDate() > clock.millis();
    }

    private byte[] password(byte[] identifier) {
        return Hmac.SHA256.of(key, identifier);
    }
}
