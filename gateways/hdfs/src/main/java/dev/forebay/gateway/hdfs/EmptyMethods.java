package dev.forebay.gateway.hdfs;

import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetEnclosingRootResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetFsECBlockGroupStatsResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetFsReplicatedBlockStatsResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetLinkTargetRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetSlowDatanodeReportResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.ListCacheDirectivesResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.ListCachePoolsResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.EncryptionZonesProtos.GetEZForPathResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ErasureCodingProtos.GetErasureCodingCodecsResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ErasureCodingProtos.GetErasureCodingPoliciesResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ErasureCodingProtos.GetErasureCodingPolicyResponseProto;
import org.apache.hadoop.thirdparty.protobuf.InvalidProtocolBufferException;
import org.apache.hadoop.thirdparty.protobuf.MessageLite;

/**
 * Methods that ask for what there is none of: the truth is an empty answer, so that clients that
 * ask by the way go on.
 */
final class EmptyMethods {
    private EmptyMethods() {}

    static void addTo(MethodTable table) {
        addAnswer(
                table,
                "getFsReplicatedBlockStats",
                GetFsReplicatedBlockStatsResponseProto.newBuilder()
                        .setLowRedundancy(0)
                        .setCorruptBlocks(0)
                        .setMissingBlocks(0)
                        .setMissingReplOneBlocks(0)
                        .setBlocksInFuture(0)
                        .setPendingDeletionBlocks(0)
                        .build());
        addAnswer(
                table,
                "getFsECBlockGroupStats",
                GetFsECBlockGroupStatsResponseProto.newBuilder()
                        .setLowRedundancy(0)
                        .setCorruptBlocks(0)
                        .setMissingBlocks(0)
                        .setBlocksInFuture(0)
                        .setPendingDeletionBlocks(0)
                        .build());
        addAnswer(table, "getEZForPath", GetEZForPathResponseProto.getDefaultInstance());
        addAnswer(
                table,
                "getErasureCodingPolicy",
                GetErasureCodingPolicyResponseProto.getDefaultInstance());
        addAnswer(
                table,
                "getErasureCodingPolicies",
                GetErasureCodingPoliciesResponseProto.getDefaultInstance());
        addAnswer(
                table,
                "getErasureCodingCodecs",
                GetErasureCodingCodecsResponseProto.getDefaultInstance());
        addAnswer(
                table,
                "getSlowDatanodeReport",
                GetSlowDatanodeReportResponseProto.getDefaultInstance());
        addAnswer(
                table,
                "listCachePools",
                ListCachePoolsResponseProto.newBuilder().setHasMore(false).build());
        addAnswer(
                table,
                "listCacheDirectives",
                ListCacheDirectivesResponseProto.newBuilder().setHasMore(false).build());
        addAnswer(
                table,
                "getEnclosingRoot",
                GetEnclosingRootResponseProto.newBuilder().setEnclosingRootPath("/").build());
        table.reading("listEncryptionZones", EmptyMethods::encryptionZones)
                .reading("getLinkTarget", EmptyMethods::linkTarget);
    }

    private static void addAnswer(MethodTable table, String name, MessageLite answer) {
        table.reading(name, _ -> answer);
    }

    /** An empty answer would crash libhdfs3. */
    private static MessageLite encryptionZones(RpcCall call) {
        throw RpcError.of(RpcError.IO, "no encryption zones").refused();
    }

    private static MessageLite linkTarget(RpcCall call) throws InvalidProtocolBufferException {
        GetLinkTargetRequestProto request = call.request(GetLinkTargetRequestProto.parser());
        String path = call.path(request.getPath()).toString();
        throw RpcError.of(RpcError.IO, "Path " + path + " is not a symbolic link").refused();
    }
}
