package dev.forebay.gateway.hdfs;

import dev.forebay.files.FileReader;
import dev.forebay.files.FileReader.ByteRange;

import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.OpBlockChecksumResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.BlockChecksumOptionsProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.BlockChecksumTypeProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.ChecksumTypeProto;
import org.apache.hadoop.thirdparty.protobuf.ByteString;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32C;

/**
 * The checksum of a block: the MD5 of the checksums of its chunks, from which clients make the
 * checksum of a file; or the CRC32C of all its bytes, which does not depend on chunks. Belongs to
 * one thread.
 */
final class BlockChecksum implements FileReader.Sink {
    private static final int SUMS_LENGTH = 64 << 10;

    private final Chunks chunks = new Chunks();
    private final CRC32C whole = new CRC32C();
    private final ByteBuffer rest = ByteBuffer.allocateDirect(Chunks.LENGTH);
    private final ByteBuffer sums = ByteBuffer.allocate(SUMS_LENGTH);
    private final MessageDigest digest;

    private BlockChecksum() {
        try {
            this.digest = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }

    /** Reads all of a block. */
    static OpBlockChecksumResponseProto of(FileReader block, BlockChecksumOptionsProto options)
            throws IOException {
        BlockChecksum checksum = new BlockChecksum();
        block.transfer(new ByteRange(0, block.length()), checksum);
        boolean composite = options.getBlockChecksumType() == BlockChecksumTypeProto.COMPOSITE_CRC;
        return OpBlockChecksumResponseProto.newBuilder()
                .setBytesPerCrc(Chunks.LENGTH)
                .setCrcPerBlock(composite ? 0 : Chunks.count(block.length()))
                .setBlockChecksum(composite ? checksum.composite() : checksum.md5())
                .setCrcType(ChecksumTypeProto.CHECKSUM_CRC32C)
                .setBlockChecksumOptions(options)
                .build();
    }

    @Override
    public void accept(ByteBuffer piece) {
        whole.update(piece.duplicate());
        ByteBuffer source = piece.duplicate();
        if (rest.position() > 0) {
            int count = Math.min(rest.remaining(), source.remaining());
            rest.put(source.slice(source.position(), count));
            source.position(source.position() + count);
            if (rest.hasRemaining()) {
                return;
            }
            addRest();
        }
        while (source.remaining() >= Chunks.LENGTH) {
            int room = SUMS_LENGTH / Chunks.SUM_LENGTH * Chunks.LENGTH;
            int most = Math.min(room, source.remaining());
            int count = most - most % Chunks.LENGTH;
            add(source.slice(source.position(), count));
            source.position(source.position() + count);
        }
        rest.put(source);
    }

    private void addRest() {
        add(rest.flip());
        rest.clear();
    }

    private void add(ByteBuffer bytes) {
        chunks.append(bytes, sums.clear());
        digest.update(sums.flip());
    }

    private ByteString md5() {
        addRest();
        return ByteString.copyFrom(digest.digest());
    }

    private ByteString composite() {
        return ByteString.copyFrom(
                ByteBuffer.allocate(Integer.BYTES).putInt((int) whole.getValue()).flip());
    }
}
