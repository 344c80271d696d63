package dev.forebay.gateway.hdfs;

import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.ChecksumProto;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * The checksums that a client sends with what it writes: none, or one for each chunk of a packet, 4
 * bytes big-endian. Each client has its own: the Go client CRC32, the others CRC32C unless they are
 * told otherwise. They are not kept. Belongs to one thread.
 */
final class PacketChecksums {
    /** The longest packet, as a real DataNode has it. */
    static final int PACKET_MAX = 16 << 20;

    private final @Nullable Checksum sum;
    private final int chunkLength;

    private PacketChecksums(@Nullable Checksum sum, int chunkLength) {
        this.sum = sum;
        this.chunkLength = chunkLength;
    }

    /**
     * Those that a client says it will send.
     *
     * @return empty when its chunks are longer than a packet, or shorter than a byte
     */
    static Optional<PacketChecksums> of(ChecksumProto told) {
        int length = told.getBytesPerChecksum();
        Optional<PacketChecksums> asked =
                switch (told.getType()) {
                    case CHECKSUM_NULL -> Optional.of(new PacketChecksums(null, PACKET_MAX));
                    case CHECKSUM_CRC32 -> Optional.of(new PacketChecksums(new CRC32(), length));
                    case CHECKSUM_CRC32C -> Optional.of(new PacketChecksums(new CRC32C(), length));
                };
        return asked.filter(each -> each.chunkLength > 0 && each.chunkLength <= PACKET_MAX);
    }

    /**
     * Bytes of the checksums of a packet.
     *
     * @param dataLength bytes, 0 to {@link #PACKET_MAX}
     */
    int length(int dataLength) {
        return sum == null ? 0 : Math.ceilDiv(dataLength, chunkLength) * Chunks.SUM_LENGTH;
    }

    /** Whether {@code sums} are those of {@code bytes}; keeps positions. */
    boolean match(ByteBuffer bytes, ByteBuffer sums) {
        if (sum == null) {
            return true;
        }
        ByteBuffer chunk = bytes.duplicate();
        int end = bytes.limit();
        int at = sums.position();
        for (int from = bytes.position(); from < end; from += chunkLength) {
            sum.reset();
            sum.update(chunk.limit(Math.min(from + chunkLength, end)).position(from));
            if (sums.getInt(at) != (int) sum.getValue()) {
                return false;
            }
            at += Chunks.SUM_LENGTH;
        }
        return true;
    }
}
