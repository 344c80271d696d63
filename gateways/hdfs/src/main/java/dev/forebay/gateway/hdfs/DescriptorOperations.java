package dev.forebay.gateway.hdfs;

import dev.forebay.base.BlockId;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.unix.UnixDescriptor;
import dev.forebay.wire.HttpExchange.Traffic;

import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.BlockOpResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.OpRequestShortCircuitAccessProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.ReleaseShortCircuitAccessRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.ReleaseShortCircuitAccessResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.ShortCircuitFdResponse;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.ShortCircuitShmIdProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.ShortCircuitShmRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.ShortCircuitShmResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.ShortCircuitShmSlotProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Gives files of blocks to a client of the domain socket. Belongs to one thread.
 *
 * <p>A refusal says that the block cannot be had this way and which version could be: clients then
 * read this block over the network, and still ask for others.
 */
final class DescriptorOperations {
    static final byte REQUEST_FILES = 87;
    static final byte RELEASE_FILES = 88;
    static final byte REQUEST_MEMORY = 89;

    /** Of the file of a block and that of its checksums. */
    private static final int VERSION = 1;

    private static final Logger LOG = LoggerFactory.getLogger(DescriptorOperations.class);
    private static final int MESSAGE_MAX = 1 << 20;

    /** A block is read as a whole before it is given for the first time. */
    private static final Duration ANSWER_LIMIT = Duration.ofMinutes(8);

    private final ShortCircuit shared;
    private final BlockTokens tokens;
    private final RequestLog log;
    private final Connection connection;
    private final UnixWire wire;

    /**
     * What connections share.
     *
     * @param shared files of blocks
     * @param tokens what clients may do with which block
     * @param log of requests
     */
    record Parts(ShortCircuit shared, BlockTokens tokens, RequestLog log) {}

    DescriptorOperations(Parts parts, Connection connection, UnixWire wire) {
        this.shared = parts.shared();
        this.tokens = parts.tokens();
        this.log = parts.log();
        this.connection = connection;
        this.wire = wire;
    }

    static boolean provides(byte operation) {
        return operation >= REQUEST_FILES && operation <= REQUEST_MEMORY;
    }

    /** Runs one operation, and returns whether the connection goes on. */
    boolean serve(byte operation, WireInput input) throws IOException {
        connection.expectWithin(ANSWER_LIMIT);
        return switch (operation) {
            case REQUEST_FILES ->
                    requestFiles(
                            input.readDelimited(
                                    OpRequestShortCircuitAccessProto.parser(), MESSAGE_MAX),
                            input);
            case RELEASE_FILES ->
                    releaseFiles(
                            input.readDelimited(
                                    ReleaseShortCircuitAccessRequestProto.parser(), MESSAGE_MAX));
            default ->
                    requestMemory(
                            input.readDelimited(ShortCircuitShmRequestProto.parser(), MESSAGE_MAX),
                            input);
        };
    }

    private boolean requestFiles(OpRequestShortCircuitAccessProto request, WireInput input)
            throws IOException {
        long begin = log.begin();
        String outcome = RequestLog.CANCELED;
        try {
            outcome = giveFiles(request, input);
            return true;
        } finally {
            log.record("request-files", outcome, new RequestLog.Span(begin, new Traffic(0, 0)));
        }
    }

    /** Gives the files or says why not; returns the outcome. */
    private String giveFiles(OpRequestShortCircuitAccessProto request, WireInput input)
            throws IOException {
        if (request.getMaxVersion() < VERSION) {
            refuse("the client is too old");
            return Status.ERROR_UNSUPPORTED.name();
        }
        BlockId block = new BlockId(request.getHeader().getBlock().getBlockId());
        if (!tokens.allow(request.getHeader().getToken(), block, BlockTokens.Mode.READ)) {
            refuse(Status.ERROR_ACCESS_TOKEN, "the block token is not good for block " + block);
            return Status.ERROR_ACCESS_TOKEN.name();
        }
        boolean registered = false;
        boolean given = false;
        try {
            if (request.hasSlotId()) {
                shared.slots().register(slot(request.getSlotId()), block);
                registered = true;
            }
            try (UnixDescriptor data = shared.open(block);
                    UnixDescriptor meta = checksums(request, data)) {
                give(request, List.of(data, meta), input);
            }
            given = true;
            return RequestLog.OK;
        } catch (ForebayException e) {
            LOG.debug("file of a block refused peer={}", wire.peer(), e);
            refuse(e.getMessage());
            return e.getClass().getSimpleName();
        } finally {
            if (registered && !given) {
                release(slot(request.getSlotId()));
            }
        }
    }

    /** Hadoop's clients acknowledge what they get, libhdfs3 does not. */
    private UnixDescriptor checksums(
            OpRequestShortCircuitAccessProto request, UnixDescriptor data) {
        return request.getSupportsReceiptVerification()
                ? shared.checksums().none()
                : shared.checksums().of(data, request.getHeader().getBlock().getNumBytes());
    }

    private void give(
            OpRequestShortCircuitAccessProto request, List<UnixDescriptor> files, WireInput input)
            throws IOException {
        connection.send(
                BlockOpResponseProto.newBuilder()
                        .setStatus(Status.SUCCESS)
                        .setShortCircuitAccessVersion(VERSION)
                        .build());
        boolean receipt = request.getSupportsReceiptVerification();
        ShortCircuitFdResponse body =
                receipt
                        ? ShortCircuitFdResponse.USE_RECEIPT_VERIFICATION
                        : ShortCircuitFdResponse.DO_NOT_USE_RECEIPT_VERIFICATION;
        wire.send((byte) body.getNumber(), files);
        if (receipt) {
            if (!input.await(1)) {
                throw new EOFException("the client did not take the files");
            }
            byte taken = input.readByte();
            LOG.trace("files taken peer={} receipt={}", wire.peer(), taken);
        }
    }

    private void refuse(String why) throws IOException {
        refuse(Status.ERROR_UNSUPPORTED, why);
    }

    private void refuse(Status status, String why) throws IOException {
        connection.send(
                BlockOpResponseProto.newBuilder()
                        .setStatus(status)
                        .setShortCircuitAccessVersion(VERSION)
                        .setMessage(why)
                        .build());
    }

    private void release(SlotRegistry.Slot slot) {
        try {
            shared.slots().release(slot);
        } catch (ForebayException e) {
            LOG.debug("slot was gone peer={}", wire.peer(), e);
        }
    }

    private boolean releaseFiles(ReleaseShortCircuitAccessRequestProto request) throws IOException {
        long begin = log.begin();
        String outcome = RequestLog.OK;
        var answer = ReleaseShortCircuitAccessResponseProto.newBuilder().setStatus(Status.SUCCESS);
        try {
            shared.slots().release(slot(request.getSlotId()));
        } catch (ForebayException e) {
            outcome = e.getClass().getSimpleName();
            answer.setStatus(Status.ERROR_INVALID).setError(e.getMessage());
        }
        connection.send(answer.build());
        log.record("release-files", outcome, new RequestLog.Span(begin, new Traffic(0, 0)));
        return true;
    }

    private static SlotRegistry.Slot slot(ShortCircuitShmSlotProto slot) {
        ShortCircuitShmIdProto id = slot.getShmId();
        return new SlotRegistry.Slot(
                new SlotRegistry.Id(id.getHi(), id.getLo()), slot.getSlotIdx());
    }

    /** The memory stays as long as the connection, on which nothing else comes. */
    private boolean requestMemory(ShortCircuitShmRequestProto request, WireInput input)
            throws IOException {
        long begin = log.begin();
        SlotRegistry.Id id;
        try {
            id = shared.slots().open();
        } catch (ForebayException e) {
            connection.send(
                    ShortCircuitShmResponseProto.newBuilder()
                            .setStatus(Status.ERROR)
                            .setError(e.getMessage())
                            .build());
            String outcome = e.getClass().getSimpleName();
            log.record("request-memory", outcome, new RequestLog.Span(begin, new Traffic(0, 0)));
            return true;
        }
        try {
            connection.send(
                    ShortCircuitShmResponseProto.newBuilder()
                            .setStatus(Status.SUCCESS)
                            .setId(
                                    ShortCircuitShmIdProto.newBuilder()
                                            .setHi(id.high())
                                            .setLo(id.low()))
                            .build());
            wire.send((byte) 0, List.of(shared.slots().segment(id).file()));
            log.record(
                    "request-memory", RequestLog.OK, new RequestLog.Span(begin, new Traffic(0, 0)));
            connection.rest();
            if (input.await(1)) {
                LOG.debug(
                        "bytes on a connection of shared memory name={} peer={}",
                        request.getClientName(),
                        wire.peer());
            }
            return false;
        } finally {
            shared.slots().close(id);
        }
    }
}
