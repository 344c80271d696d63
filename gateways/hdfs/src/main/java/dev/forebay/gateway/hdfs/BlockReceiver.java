package dev.forebay.gateway.hdfs;

import dev.forebay.base.error.ForebayException;

import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.PacketHeaderProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.PipelineAckProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.Status;
import org.apache.hadoop.thirdparty.protobuf.InvalidProtocolBufferException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the packets of a block from a connection and acknowledges them. What is acknowledged is
 * visible to readers. Belongs to one thread.
 *
 * <pre>
 * length of checksums and data plus 4, 4 big-endian | length of the header, 2 big-endian
 *   | PacketHeaderProto | checksums, see PacketChecksums | data
 * </pre>
 *
 * <p>Hadoop's client leaves the checksums out of the packets of files that are to lie in memory
 * first (DFSOutputStream.java: getChecksum4Compute), whatever it announced.
 */
final class BlockReceiver {
    private static final Logger LOG = LoggerFactory.getLogger(BlockReceiver.class);

    private static final int HEADER_MAX = 1 << 10;
    private static final int LENGTHS = Integer.BYTES + Short.BYTES;

    /** The number of a packet that only says that the client is there. */
    private static final long HEARTBEAT = -1;

    /** Clients send something every 30 seconds. */
    private static final Duration SILENCE_MAX = Duration.ofMinutes(5);

    private final Connection connection;
    private final WireInput input;
    private final OpenBlock block;
    private final long taken;

    private final PacketChecksums checksums;
    private final List<Long> unacknowledged = new ArrayList<>();
    private long received;
    private boolean unflushed;

    /** Takes the block from whoever had it. */
    BlockReceiver(
            Connection connection, WireInput input, OpenBlock block, PacketChecksums checksums) {
        this.connection = connection;
        this.input = input;
        this.block = block;
        this.taken = block.take();
        this.checksums = checksums;
    }

    /** Bytes of data received. */
    long received() {
        return received;
    }

    /**
     * Receives until the block is whole.
     *
     * @return false when the connection must end, after the client was told why
     */
    boolean receive() throws IOException {
        Status status = Status.SUCCESS;
        boolean last = false;
        while (!last && status == Status.SUCCESS) {
            connection.expectWithin(SILENCE_MAX);
            int length = input.readInt() - Integer.BYTES;
            PacketHeaderProto header = readHeader(length);
            int sumsLength = length - header.getDataLen();
            ByteBuffer rest = input.take(sumsLength + header.getDataLen());
            ByteBuffer sums = rest.slice(0, sumsLength);
            status = take(header, sums, rest.slice(sumsLength, header.getDataLen()));
            unacknowledged.add(header.getSeqno());
            last = header.getLastPacketInBlock();
            if (last || status != Status.SUCCESS || !nextIsHere()) {
                status = acknowledge(status);
            }
        }
        connection.rest();
        return status == Status.SUCCESS;
    }

    /**
     * Reads a header.
     *
     * @param length bytes of checksums and data, as the packet says
     */
    private PacketHeaderProto readHeader(int length) throws IOException {
        int headerLength = input.readShort();
        if (length < 0 || length > PacketChecksums.PACKET_MAX) {
            throw new InvalidProtocolBufferException("length of a packet: " + length);
        }
        if (headerLength < 1 || headerLength > HEADER_MAX) {
            throw new InvalidProtocolBufferException("length of a header: " + headerLength);
        }
        PacketHeaderProto header = PacketHeaderProto.parseFrom(input.take(headerLength));
        int data = header.getDataLen();
        if (data < 0
                || data > PacketChecksums.PACKET_MAX
                || (length != data && length != data + checksums.length(data))) {
            throw new InvalidProtocolBufferException("length of data in a packet: " + data);
        }
        return header;
    }

    private Status take(PacketHeaderProto header, ByteBuffer sums, ByteBuffer bytes) {
        if (header.getSeqno() == HEARTBEAT) {
            return Status.SUCCESS;
        }
        if (sums.hasRemaining() && !checksums.match(bytes, sums)) {
            LOG.warn("packet is damaged block={} packet={}", block.id(), header.getSeqno());
            return Status.ERROR_CHECKSUM;
        }
        try {
            received += bytes.remaining();
            boolean fits = block.add(taken, header.getOffsetInBlock(), bytes);
            if (!fits) {
                LOG.warn(
                        "packet does not fit block={} at={}",
                        block.id(),
                        header.getOffsetInBlock());
                return Status.ERROR;
            }
            if (header.getSyncBlock()) {
                block.writer().sync();
            }
            unflushed = true;
            return Status.SUCCESS;
        } catch (ForebayException e) {
            LOG.warn("packet not taken block={} packet={}", block.id(), header.getSeqno(), e);
            return Status.ERROR;
        }
    }

    /** Whether the next packet is here already as a whole. */
    private boolean nextIsHere() {
        return input.available() >= LENGTHS
                && input.available() - LENGTHS - input.peekShort(Integer.BYTES)
                        >= input.peekInt(0) - Integer.BYTES;
    }

    /**
     * Acknowledges all packets taken, once what they brought is visible.
     *
     * @param status how the last of them went
     * @return the same, or an error when nothing can be made visible any more
     */
    private Status acknowledge(Status status) throws IOException {
        Status others = flush();
        Status last = others == Status.SUCCESS ? status : others;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < unacknowledged.size(); i++) {
            PipelineAckProto.newBuilder()
                    .setSeqno(unacknowledged.get(i))
                    .addReply(i == unacknowledged.size() - 1 ? last : others)
                    .build()
                    .writeDelimitedTo(bytes);
        }
        unacknowledged.clear();
        connection.write(ByteBuffer.wrap(bytes.toByteArray()));
        return last;
    }

    private Status flush() {
        try {
            if (unflushed) {
                block.flush(taken);
                unflushed = false;
            }
            return Status.SUCCESS;
        } catch (ForebayException e) {
            LOG.warn("packets not made visible block={}", block.id(), e);
            return Status.ERROR;
        }
    }
}
