package dev.forebay.gateway.hdfs;

import dev.forebay.base.BlockId;
import dev.forebay.base.FilePath;
import dev.forebay.base.InodeId;
import dev.forebay.base.error.Fenced;
import dev.forebay.base.error.NotFound;
import dev.forebay.files.FileReader;
import dev.forebay.files.LeasedFileEngine;

import org.apache.hadoop.hdfs.protocol.proto.ClientDatanodeProtocolProtos.GetReplicaVisibleLengthRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientDatanodeProtocolProtos.GetReplicaVisibleLengthResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetAdditionalDatanodeRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.ListOpenFilesRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.ListOpenFilesResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.OpenFilesBatchResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.OpenFilesTypeProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.RecoverLeaseRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.RecoverLeaseResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.RenewLeaseRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.RenewLeaseResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.ReportBadBlocksRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.ReportBadBlocksResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.UpdateBlockForPipelineRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.UpdateBlockForPipelineResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.UpdatePipelineRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.UpdatePipelineResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.ExtendedBlockProto;
import org.apache.hadoop.thirdparty.protobuf.InvalidProtocolBufferException;
import org.apache.hadoop.thirdparty.protobuf.MessageLite;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;

/** Methods that keep writers alive, take over from dead ones, and repair their connections. */
final class LeaseMethods {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseMethods.class);

    /** Files in one answer, as a real NameNode has it. */
    private static final int OPEN_FILES_MAX = 1_000;

    private final LeasedFileEngine engine;
    private final LocationEncoder locations;
    private final BlockTable blocks;

    private LeaseMethods(LeasedFileEngine engine, LocationEncoder locations, BlockTable blocks) {
        this.engine = engine;
        this.locations = locations;
        this.blocks = blocks;
    }

    static void addTo(
            MethodTable table,
            LeasedFileEngine engine,
            LocationEncoder locations,
            BlockTable blocks) {
        LeaseMethods methods = new LeaseMethods(engine, locations, blocks);
        table.reading("renewLease", methods::renewLease)
                .audited("recoverLease", methods::recoverLease)
                .reading("listOpenFiles", methods::openFiles)
                .reading("updateBlockForPipeline", methods::updateBlock)
                .reading("updatePipeline", methods::updatePipeline)
                .reading("getAdditionalDatanode", methods::additionalNode)
                .reading("reportBadBlocks", methods::reportBadBlocks)
                .reading("getReplicaVisibleLength", methods::visibleLength);
    }

    private MessageLite renewLease(RpcCall call) throws InvalidProtocolBufferException {
        engine.renewLeases(call.request(RenewLeaseRequestProto.parser()).getClientName());
        return RenewLeaseResponseProto.getDefaultInstance();
    }

    private MessageLite recoverLease(RpcCall call) throws InvalidProtocolBufferException {
        RecoverLeaseRequestProto request = call.request(RecoverLeaseRequestProto.parser());
        engine.recoverLease(call.caller(), call.path(request.getSrc()));
        return RecoverLeaseResponseProto.newBuilder().setResult(true).build();
    }

    /** Where the writer runs is not known to its lease. */
    private MessageLite openFiles(RpcCall call) throws InvalidProtocolBufferException {
        ListOpenFilesRequestProto request = call.request(ListOpenFilesRequestProto.parser());
        ListOpenFilesResponseProto.Builder answer = ListOpenFilesResponseProto.newBuilder();
        answer.addAllTypes(request.getTypesList());
        FilePath below = call.path(request.getPath().isEmpty() ? "/" : request.getPath());
        List<LeasedFileEngine.OpenFile> files =
                engine.openFiles(
                        call.caller(),
                        below,
                        new InodeId(Math.max(0, request.getId())),
                        OPEN_FILES_MAX + 1);
        boolean all =
                request.getTypesCount() == 0
                        || request.getTypesList().contains(OpenFilesTypeProto.ALL_OPEN_FILES);
        // no node is ever taken out of service, so no file keeps one from it
        for (LeasedFileEngine.OpenFile file : all ? files : List.<LeasedFileEngine.OpenFile>of()) {
            if (answer.getEntriesCount() < OPEN_FILES_MAX) {
                answer.addEntries(
                        OpenFilesBatchResponseProto.newBuilder()
                                .setId(file.id().value())
                                .setPath(file.path().toString())
                                .setClientName(file.holder())
                                .setClientMachine(""));
            }
        }
        return answer.setHasMore(all && files.size() > OPEN_FILES_MAX).build();
    }

    private OpenBlock require(ExtendedBlockProto told, String holder) {
        BlockId id = new BlockId(told.getBlockId());
        OpenBlock block =
                blocks.find(id).orElseThrow(() -> new NotFound("block is not being written", id));
        if (!block.holder().equals(holder)) {
            throw new Fenced("block is written by another", id);
        }
        return block;
    }

    private MessageLite updateBlock(RpcCall call) throws InvalidProtocolBufferException {
        UpdateBlockForPipelineRequestProto request =
                call.request(UpdateBlockForPipelineRequestProto.parser());
        OpenBlock block = require(request.getBlock(), request.getClientName());
        block.renew(blocks.nextGeneration());
        return UpdateBlockForPipelineResponseProto.newBuilder()
                .setBlock(locations.locate(block.located(block.received()), call.local()))
                .build();
    }

    private MessageLite updatePipeline(RpcCall call) throws InvalidProtocolBufferException {
        UpdatePipelineRequestProto request = call.request(UpdatePipelineRequestProto.parser());
        require(request.getOldBlock(), request.getClientName())
                .renew(request.getNewBlock().getGenerationStamp());
        return UpdatePipelineResponseProto.getDefaultInstance();
    }

    private MessageLite additionalNode(RpcCall call) throws InvalidProtocolBufferException {
        GetAdditionalDatanodeRequestProto request =
                call.request(GetAdditionalDatanodeRequestProto.parser());
        String path = call.path(request.getSrc()).toString();
        throw RpcError.of(RpcError.IO, "There is no other node for " + path).refused();
    }

    /** Damaged blocks are found by their own checksums; what a client saw is for people. */
    private MessageLite reportBadBlocks(RpcCall call) throws InvalidProtocolBufferException {
        ReportBadBlocksRequestProto request = call.request(ReportBadBlocksRequestProto.parser());
        request.getBlocksList()
                .forEach(
                        block ->
                                LOG.warn(
                                        "client reports a damaged block block={} user={} peer={}",
                                        block.getB().getBlockId(),
                                        call.caller().user(),
                                        call.caller().origin()));
        return ReportBadBlocksResponseProto.getDefaultInstance();
    }

    private MessageLite visibleLength(RpcCall call) throws InvalidProtocolBufferException {
        GetReplicaVisibleLengthRequestProto request =
                call.request(GetReplicaVisibleLengthRequestProto.parser());
        BlockId id = new BlockId(request.getBlock().getBlockId());
        try (FileReader reader = engine.openBlock(id)) {
            return GetReplicaVisibleLengthResponseProto.newBuilder()
                    .setLength(reader.length())
                    .build();
        }
    }
}
