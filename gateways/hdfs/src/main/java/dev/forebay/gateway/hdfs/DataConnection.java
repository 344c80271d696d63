package dev.forebay.gateway.hdfs;

import dev.forebay.base.BlockId;
import dev.forebay.base.error.Corrupt;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Internal;
import dev.forebay.files.FileReader;
import dev.forebay.files.FileReader.ByteRange;
import dev.forebay.files.LeasedFileEngine;
import dev.forebay.wire.HttpExchange.Traffic;

import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.BaseHeaderProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.BlockOpResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.ChecksumProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.ClientReadStatusProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.OpBlockChecksumProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.OpReadBlockProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.OpWriteBlockProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.ReadOpChecksumInfoProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.Status;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.ChecksumTypeProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.ExtendedBlockProto;
import org.apache.hadoop.thirdparty.protobuf.InvalidProtocolBufferException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

import javax.security.sasl.SaslException;

/**
 * One connection of the data port or the domain socket: operations one after the other. Belongs to
 * one thread.
 *
 * <pre>
 * version 28, 2 big-endian | operation 1 | length varint, message of the operation
 * </pre>
 */
final class DataConnection {
    private static final Logger LOG = LoggerFactory.getLogger(DataConnection.class);

    private static final short VERSION = 28;
    private static final byte WRITE_BLOCK = 80;
    private static final byte READ_BLOCK = 81;
    private static final byte BLOCK_CHECKSUM = 85;

    /** What protecting a connection is called in metrics. */
    private static final String PROTECT = "protect-data";

    private static final int MESSAGE_MAX = 1 << 20;
    private static final int BUFFER_LENGTH = 4 << 10;
    private static final Duration FIRST_LIMIT = Duration.ofSeconds(60);

    /** Clients use idle connections again for up to four seconds. */
    private static final Duration IDLE_LIMIT = Duration.ofSeconds(8);

    /** Programs may pause while they read; and a checksum reads a whole block. */
    private static final Duration ANSWER_LIMIT = Duration.ofMinutes(8);

    private final Parts parts;
    private final Connection connection;
    private final Optional<DescriptorOperations> files;
    private WireInput input;

    /**
     * What connections share.
     *
     * @param engine the files
     * @param blocks being written
     * @param tokens what clients may do with which block
     * @param protection of what is sent over the network
     * @param buffers for transfers
     * @param log of requests
     */
    record Parts(
            LeasedFileEngine engine,
            BlockTable blocks,
            BlockTokens tokens,
            DataProtection protection,
            BufferPool buffers,
            RequestLog log) {}

    /** A connection of the domain socket, which also gives files of blocks. */
    DataConnection(Parts parts, Connection connection, ShortCircuit shared) {
        this(
                parts,
                connection,
                connection.wire() instanceof UnixWire wire
                        ? Optional.of(
                                new DescriptorOperations(
                                        new DescriptorOperations.Parts(
                                                shared, parts.tokens(), parts.log()),
                                        connection,
                                        wire))
                        : Optional.empty());
    }

    private DataConnection(
            Parts parts, Connection connection, Optional<DescriptorOperations> files) {
        this.parts = parts;
        this.connection = connection;
        this.files = files;
        this.input = new WireInput(connection.wire(), ByteBuffer.allocate(BUFFER_LENGTH));
    }

    DataConnection(Parts parts, Connection connection) {
        this(parts, connection, Optional.empty());
    }

    /** Serves until the client goes, fails, or sends what cannot be understood. */
    void serve() throws IOException {
        connection.expectWithin(FIRST_LIMIT);
        try {
            boolean guarded = protect();
            while (input.await(Short.BYTES + 1)) {
                if (input.readShort() != VERSION) {
                    LOG.debug("not data transfer, connection closed peer={}", connection.remote());
                    return;
                }
                boolean goesOn = guarded ? serve(input.readByte()) : refuse(input.readByte());
                if (!goesOn) {
                    connection.finish();
                    return;
                }
                connection.expectWithin(IDLE_LIMIT);
            }
        } catch (SaslException e) {
            LOG.warn(
                    "client not authenticated, or what it sent was changed peer={} why={}",
                    connection.remote(),
                    e.getMessage());
            connection.finish();
        } catch (InvalidProtocolBufferException e) {
            LOG.warn(
                    "malformed message, connection closed peer={} why={}",
                    connection.remote(),
                    e.getMessage());
        }
    }

    /** Protects what follows, if the client begins with that, and returns whether it may go on. */
    private boolean protect() throws IOException {
        boolean asked =
                input.await(Short.BYTES + 1)
                        && input.peekShort(0) == (short) (DataProtection.MAGIC >> Short.SIZE);
        if (!asked) {
            return files.isPresent() || !parts.protection().required();
        }
        long begin = parts.log().begin();
        String outcome = RequestLog.CANCELED;
        try {
            if (input.readInt() != DataProtection.MAGIC) {
                throw new InvalidProtocolBufferException("magic number");
            }
            parts.protection().agree(connection, input);
            outcome = RequestLog.OK;
        } catch (SaslException e) {
            outcome = "NotAuthenticated";
            throw e;
        } finally {
            parts.log().record(PROTECT, outcome, unmeasured(begin));
        }
        return true;
    }

    private static RequestLog.Span unmeasured(long begin) {
        return new RequestLog.Span(begin, new Traffic(0, 0));
    }

    /** Tells a client that it should have begun otherwise. */
    private boolean refuse(byte operation) throws IOException {
        LOG.warn(
                "operation that is not protected refused operation={} peer={}",
                operation,
                connection.remote());
        parts.log().record(PROTECT, "NotProtected", unmeasured(parts.log().begin()));
        input.skipDelimited(MESSAGE_MAX);
        refuse(Status.ERROR, "this port wants SASL, see dfs.data.transfer.protection");
        return false;
    }

    /** Runs one operation, and returns whether the connection goes on. */
    private boolean serve(byte operation) throws IOException {
        if (files.isPresent() && DescriptorOperations.provides(operation)) {
            return files.get().serve(operation, input);
        }
        return switch (operation) {
            case READ_BLOCK -> read(input.readDelimited(OpReadBlockProto.parser(), MESSAGE_MAX));
            case WRITE_BLOCK -> write(input.readDelimited(OpWriteBlockProto.parser(), MESSAGE_MAX));
            case BLOCK_CHECKSUM ->
                    checksum(input.readDelimited(OpBlockChecksumProto.parser(), MESSAGE_MAX));
            default -> {
                input.skipDelimited(MESSAGE_MAX);
                refuse(Status.ERROR_UNSUPPORTED, "operation " + operation + " is not provided");
                yield false;
            }
        };
    }

    /** Whether the client may not do this; it was told so then. */
    private boolean forbidden(BaseHeaderProto header, BlockTokens.Mode mode) throws IOException {
        BlockId block = new BlockId(header.getBlock().getBlockId());
        boolean allowed = parts.tokens().allow(header.getToken(), block, mode);
        if (!allowed) {
            refuse(Status.ERROR_ACCESS_TOKEN, "the block token is not good for block " + block);
        }
        return !allowed;
    }

    private boolean read(OpReadBlockProto request) throws IOException {
        if (forbidden(request.getHeader().getBaseHeader(), BlockTokens.Mode.READ)) {
            return false;
        }
        long begin = parts.log().begin();
        String outcome = RequestLog.CANCELED;
        ByteBuffer buffer = parts.buffers().take();
        BlockSender sender = new BlockSender(connection, buffer, request.getSendChecksums());
        try (FileReader reader = open(request.getHeader().getBaseHeader().getBlock())) {
            ByteRange range = new ByteRange(request.getOffset(), request.getLen());
            if (range.position() > reader.length() || range.length() < 0) {
                refuse(Status.ERROR, "range is outside of the block");
                return false;
            }
            send(reader, range, sender);
            outcome = RequestLog.OK;
            return endOfRead();
        } catch (ForebayException e) {
            outcome = log(e, "read");
            refuseUnlessBegun(sender.sent(), e);
            return false;
        } finally {
            parts.buffers().give(buffer);
            var span = new RequestLog.Span(begin, new Traffic(0, sender.sent()));
            parts.log().record("read-block", outcome, span);
        }
    }

    private FileReader open(ExtendedBlockProto block) {
        return parts.engine().openBlock(new BlockId(block.getBlockId()));
    }

    private void send(FileReader reader, ByteRange range, BlockSender sender) throws IOException {
        connection.expectWithin(ANSWER_LIMIT);
        long from = Chunks.floor(range.position());
        long wanted = range.position() + Math.min(range.length(), reader.length());
        long to = Math.min(Chunks.ceiling(wanted), reader.length());
        respond(
                BlockOpResponseProto.newBuilder()
                        .setStatus(Status.SUCCESS)
                        .setReadOpChecksumInfo(
                                ReadOpChecksumInfoProto.newBuilder()
                                        .setChecksum(checksumOf(sender))
                                        .setChunkOffset(from))
                        .build());
        sender.send(reader, new ByteRange(from, to - from));
    }

    private static ChecksumProto checksumOf(BlockSender sender) {
        return ChecksumProto.newBuilder()
                .setType(
                        sender.sums()
                                ? ChecksumTypeProto.CHECKSUM_CRC32C
                                : ChecksumTypeProto.CHECKSUM_NULL)
                .setBytesPerChecksum(Chunks.LENGTH)
                .build();
    }

    /** Clients that wanted less than a whole block may close instead of saying how it went. */
    private boolean endOfRead() throws IOException {
        connection.expectWithin(ANSWER_LIMIT);
        if (!input.await(1)) {
            return false;
        }
        Status status =
                input.readDelimited(ClientReadStatusProto.parser(), MESSAGE_MAX).getStatus();
        if (status == Status.ERROR_CHECKSUM) {
            LOG.warn("client found a block damaged on the way peer={}", connection.remote());
        }
        return status == Status.SUCCESS || status == Status.CHECKSUM_OK;
    }

    private boolean write(OpWriteBlockProto request) throws IOException {
        if (forbidden(request.getHeader().getBaseHeader(), BlockTokens.Mode.WRITE)) {
            return false;
        }
        BlockId id = new BlockId(request.getHeader().getBaseHeader().getBlock().getBlockId());
        Optional<OpenBlock> block = parts.blocks().find(id);
        if (block.isEmpty()) {
            refuse(Status.ERROR_INVALID, "block " + id + " is not being written");
            return false;
        }
        Optional<PacketChecksums> checksums = PacketChecksums.of(request.getRequestedChecksum());
        if (checksums.isEmpty() || request.getTargetsCount() > 0) {
            refuse(Status.ERROR_UNSUPPORTED, "chunks of a packet at most, and one node");
            return false;
        }
        return receive(block.get(), request, checksums.get());
    }

    private boolean receive(OpenBlock block, OpWriteBlockProto request, PacketChecksums checksums)
            throws IOException {
        long begin = parts.log().begin();
        String outcome = RequestLog.CANCELED;
        ByteBuffer buffer = parts.buffers().take();
        input = input.through(buffer);
        BlockReceiver receiver = new BlockReceiver(connection, input, block, checksums);
        try {
            block.renew(request.getLatestGenerationStamp());
            respond(
                    BlockOpResponseProto.newBuilder()
                            .setStatus(Status.SUCCESS)
                            .setFirstBadLink("")
                            .build());
            boolean whole = receiver.receive();
            outcome = whole ? RequestLog.OK : Status.ERROR.name();
            return whole;
        } catch (ForebayException e) {
            outcome = log(e, "write");
            return false;
        } finally {
            input = input.through(ByteBuffer.allocate(BUFFER_LENGTH + input.available()));
            parts.buffers().give(buffer);
            var span = new RequestLog.Span(begin, new Traffic(receiver.received(), 0));
            parts.log().record("write-block", outcome, span);
        }
    }

    private boolean checksum(OpBlockChecksumProto request) throws IOException {
        if (forbidden(request.getHeader(), BlockTokens.Mode.READ)) {
            return false;
        }
        connection.expectWithin(ANSWER_LIMIT);
        try (FileReader reader = open(request.getHeader().getBlock())) {
            respond(
                    BlockOpResponseProto.newBuilder()
                            .setStatus(Status.SUCCESS)
                            .setChecksumResponse(
                                    BlockChecksum.of(reader, request.getBlockChecksumOptions()))
                            .build());
            return true;
        } catch (ForebayException e) {
            String outcome = log(e, "checksum");
            refuse(Status.ERROR, outcome);
            return false;
        }
    }

    private void refuseUnlessBegun(long sent, ForebayException e) throws IOException {
        if (sent == 0) {
            refuse(Status.ERROR, e.getMessage());
        }
    }

    private void refuse(Status status, String why) throws IOException {
        respond(BlockOpResponseProto.newBuilder().setStatus(status).setMessage(why).build());
    }

    private void respond(BlockOpResponseProto response) throws IOException {
        connection.send(response);
    }

    private static String log(ForebayException e, String operation) {
        if (e instanceof Internal || e instanceof Corrupt) {
            LOG.error("block transfer failed operation={}", operation, e);
        } else {
            LOG.debug("block transfer refused operation={}", operation, e);
        }
        return e.getClass().getSimpleName();
    }
}
