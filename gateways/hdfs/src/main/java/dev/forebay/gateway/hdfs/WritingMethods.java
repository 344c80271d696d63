package dev.forebay.gateway.hdfs;

import dev.forebay.base.BlockId;
import dev.forebay.base.FilePath;
import dev.forebay.base.InodeId;
import dev.forebay.base.MetadataLoad;
import dev.forebay.base.error.Fenced;
import dev.forebay.files.CreateOptions;
import dev.forebay.files.FileStatus;
import dev.forebay.files.LeasedFileEngine;
import dev.forebay.files.LeasedWriter;
import dev.forebay.files.StoragePolicy;

import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.AbandonBlockRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.AbandonBlockResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.AddBlockRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.AddBlockResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.AppendRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.AppendResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.CompleteRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.CompleteResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.CreateFlagProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.CreateRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.CreateResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.FsyncRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.FsyncResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.ExtendedBlockProto;
import org.apache.hadoop.thirdparty.protobuf.InvalidProtocolBufferException;
import org.apache.hadoop.thirdparty.protobuf.MessageLite;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Methods of files under construction. The bytes themselves come over data transfer. */
final class WritingMethods {
    /** What the protocol has for a file id that the client does not know. */
    private static final long NO_FILE = 0;

    private final LeasedFileEngine engine;
    private final LocationEncoder locations;
    private final BlockTable blocks;

    private WritingMethods(LeasedFileEngine engine, LocationEncoder locations, BlockTable blocks) {
        this.engine = engine;
        this.locations = locations;
        this.blocks = blocks;
    }

    static void addTo(
            MethodTable table,
            LeasedFileEngine engine,
            LocationEncoder locations,
            BlockTable blocks) {
        WritingMethods methods = new WritingMethods(engine, locations, blocks);
        table.audited("create", methods::create)
                .audited("append", methods::append)
                .reading("addBlock", methods::addBlock)
                .reading("abandonBlock", methods::abandonBlock)
                .audited("complete", methods::complete)
                .reading("fsync", methods::sync);
    }

    /**
     * Refuses what cannot be wished.
     *
     * @throws RpcError.Refusal unless 1 to 32,767
     */
    static void requireReplication(int replication, FilePath path) {
        if (replication < 1 || replication > Short.MAX_VALUE) {
            String message =
                    "Requested replication factor of "
                            + replication
                            + " is not from 1 to 32767 for "
                            + path;
            throw RpcError.of(RpcError.IO, message).refused();
        }
    }

    private MessageLite create(RpcCall call) throws InvalidProtocolBufferException {
        CreateRequestProto request = call.request(CreateRequestProto.parser());
        FilePath path = call.path(request.getSrc());
        boolean create = (request.getCreateFlag() & CreateFlagProto.CREATE_VALUE) != 0;
        boolean overwrite = (request.getCreateFlag() & CreateFlagProto.OVERWRITE_VALUE) != 0;
        requireReplication(request.getReplication(), path);
        requireBlockSize(request.getBlockSize(), path);
        if (!create && !engine.exists(call.caller(), path, MetadataLoad.ONCE)) {
            throw RpcError.of(RpcError.FILE_NOT_FOUND, "Can't overwrite non-existent " + path)
                    .refused();
        }
        CreateOptions options =
                new CreateOptions(
                                request.getCreateParent(),
                                overwrite,
                                OptionalInt.of(NameMethods.mode(request.getMasked())),
                                Optional.empty(),
                                Optional.empty(),
                                OptionalLong.of(request.getBlockSize()),
                                OptionalInt.empty(),
                                OptionalInt.empty(),
                                OptionalInt.of(request.getReplication()))
                        .withUnmaskedMode(
                                NameMethods.unmasked(request.hasUnmasked(), request.getUnmasked()))
                        .withGroupOfParent()
                        .withPolicy(policy(request));
        engine.create(call.caller(), path, options, request.getClientName());
        FileStatus made = engine.stat(call.caller(), path, MetadataLoad.NEVER);
        return CreateResponseProto.newBuilder().setFs(StatusEncoder.encode(made)).build();
    }

    /** What the flag says comes before what the name says. */
    private static Optional<StoragePolicy> policy(CreateRequestProto request) {
        if ((request.getCreateFlag() & CreateFlagProto.LAZY_PERSIST_VALUE) != 0) {
            return Optional.of(StoragePolicy.LAZY_PERSIST);
        }
        String name = request.getStoragePolicy();
        return name.isEmpty() ? Optional.empty() : Optional.of(PolicyMethods.require(name));
    }

    private static void requireBlockSize(long blockSize, FilePath path) {
        if (blockSize < Chunks.LENGTH) {
            String message =
                    "Specified block size is less than the minimum of 512: "
                            + blockSize
                            + " for "
                            + path;
            throw RpcError.of(RpcError.IO, message).refused();
        }
    }

    /**
     * Tells of no last block, so that the client asks for a new one, whose bytes the engine puts
     * behind those that are there. One copy is told, since clients refuse to append with fewer
     * nodes than copies.
     */
    private MessageLite append(RpcCall call) throws InvalidProtocolBufferException {
        AppendRequestProto request = call.request(AppendRequestProto.parser());
        FilePath path = call.path(request.getSrc());
        LeasedWriter writer = engine.append(call.caller(), path, request.getClientName());
        FileStatus status = engine.stat(call.caller(), path, MetadataLoad.NEVER);
        return AppendResponseProto.newBuilder()
                .setStat(
                        StatusEncoder.encode(status).toBuilder()
                                .setLength(writer.position())
                                .setBlockReplication(1))
                .build();
    }

    /** The writer of a file that a call names. */
    private LeasedWriter writer(RpcCall call, String source, long fileId, String holder) {
        return engine.writer(file(call, source, fileId), holder);
    }

    /** The file that a call names by its id, or by its path if the client does not know it. */
    private InodeId file(RpcCall call, String source, long fileId) {
        FilePath path = call.path(source);
        return fileId == NO_FILE
                ? engine.stat(call.caller(), path, MetadataLoad.NEVER).id()
                : new InodeId(fileId);
    }

    private MessageLite addBlock(RpcCall call) throws InvalidProtocolBufferException {
        AddBlockRequestProto request = call.request(AddBlockRequestProto.parser());
        String holder = request.getClientName();
        LeasedWriter writer = writer(call, request.getSrc(), request.getFileId(), holder);
        long previous = request.hasPrevious() ? request.getPrevious().getBlockId() : 0;
        var lock = blocks.lock(writer.id());
        lock.lock();
        try {
            Optional<OpenBlock> open = blocks.find(writer.id());
            boolean repeated =
                    open.isPresent()
                            && open.get().writer().equals(writer)
                            && open.get().previous() == previous
                            && open.get().received() == 0;
            OpenBlock block;
            if (repeated) {
                block = open.get();
            } else {
                commit(open, request.getPrevious());
                BlockId id = writer.nextBlock();
                var place = new OpenBlock.Place(id, writer.position(), previous);
                block = new OpenBlock(writer, holder, place, blocks.nextGeneration());
                blocks.put(writer.id(), block);
            }
            return AddBlockResponseProto.newBuilder()
                    .setBlock(locations.locate(block.located(0), call.local()))
                    .build();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Holds what the client believes to have written against what was received.
     *
     * @throws RpcError.Refusal when it is not the same: bytes are missing
     */
    private static void commit(Optional<OpenBlock> open, ExtendedBlockProto told) {
        if (open.isEmpty() || open.get().id().value() != told.getBlockId()) {
            return;
        }
        long received = open.get().received();
        if (told.getNumBytes() != received) {
            String message =
                    "Commit or complete block "
                            + told.getBlockId()
                            + ", whose length is "
                            + received
                            + " and not "
                            + told.getNumBytes();
            throw RpcError.of(RpcError.IO, message).refused();
        }
    }

    private MessageLite abandonBlock(RpcCall call) throws InvalidProtocolBufferException {
        AbandonBlockRequestProto request = call.request(AbandonBlockRequestProto.parser());
        LeasedWriter writer =
                writer(call, request.getSrc(), request.getFileId(), request.getHolder());
        var lock = blocks.lock(writer.id());
        lock.lock();
        try {
            Optional<OpenBlock> open = blocks.find(new BlockId(request.getB().getBlockId()));
            if (open.isPresent() && open.get().writer().equals(writer)) {
                open.get().abandon();
                blocks.remove(writer.id());
            }
        } finally {
            lock.unlock();
        }
        return AbandonBlockResponseProto.getDefaultInstance();
    }

    private MessageLite complete(RpcCall call) throws InvalidProtocolBufferException {
        CompleteRequestProto request = call.request(CompleteRequestProto.parser());
        String holder = request.getClientName();
        InodeId file = file(call, request.getSrc(), request.getFileId());
        var lock = blocks.lock(file);
        lock.lock();
        try {
            LeasedWriter writer = engine.writer(file, holder);
            commit(blocks.find(file), request.getLast());
            writer.close();
            blocks.complete(file, holder);
        } catch (Fenced e) {
            // a client whose first call was lost on the way asks again
            if (!blocks.completed(file, holder)) {
                throw e;
            }
        } finally {
            lock.unlock();
        }
        return CompleteResponseProto.newBuilder().setResult(true).build();
    }

    private MessageLite sync(RpcCall call) throws InvalidProtocolBufferException {
        FsyncRequestProto request = call.request(FsyncRequestProto.parser());
        writer(call, request.getSrc(), request.getFileId(), request.getClient()).sync();
        return FsyncResponseProto.getDefaultInstance();
    }
}
