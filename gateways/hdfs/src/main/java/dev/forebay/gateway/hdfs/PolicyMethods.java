package dev.forebay.gateway.hdfs;

import dev.forebay.base.FilePath;
import dev.forebay.base.MetadataLoad;
import dev.forebay.files.LeasedFileEngine;
import dev.forebay.files.StoragePolicy;
import dev.forebay.files.StorageType;

import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetStoragePoliciesResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetStoragePolicyRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetStoragePolicyResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.SetStoragePolicyRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.SetStoragePolicyResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.UnsetStoragePolicyRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.UnsetStoragePolicyResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.BlockStoragePolicyProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.StorageTypeProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.StorageTypesProto;
import org.apache.hadoop.thirdparty.protobuf.InvalidProtocolBufferException;
import org.apache.hadoop.thirdparty.protobuf.MessageLite;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Methods that tell and set storage policies. */
final class PolicyMethods {
    private static final int READ = 4;

    private final LeasedFileEngine engine;

    private PolicyMethods(LeasedFileEngine engine) {
        this.engine = engine;
    }

    static void addTo(MethodTable table, LeasedFileEngine engine) {
        PolicyMethods methods = new PolicyMethods(engine);
        table.reading("getStoragePolicies", PolicyMethods::all)
                .reading("getStoragePolicy", methods::get)
                .audited("setStoragePolicy", methods::set)
                .audited("unsetStoragePolicy", methods::unset)
                .audited("satisfyStoragePolicy", PolicyMethods::satisfy);
    }

    private static MessageLite all(RpcCall call) {
        return GetStoragePoliciesResponseProto.newBuilder()
                .addAllPolicies(
                        Arrays.stream(StoragePolicy.values()).map(PolicyMethods::encode).toList())
                .build();
    }

    private static BlockStoragePolicyProto encode(StoragePolicy policy) {
        return BlockStoragePolicyProto.newBuilder()
                .setPolicyId(policy.id())
                .setName(policy.name())
                .setCreationPolicy(encode(policy.types()))
                .setCreationFallbackPolicy(encode(policy.fallbacks().creation()))
                .setReplicationFallbackPolicy(encode(policy.fallbacks().replication()))
                .build();
    }

    private static StorageTypesProto encode(List<StorageType> types) {
        return StorageTypesProto.newBuilder()
                .addAllStorageTypes(types.stream().map(PolicyMethods::encode).toList())
                .build();
    }

    static StorageTypeProto encode(StorageType type) {
        return switch (type) {
            case RAM_DISK -> StorageTypeProto.RAM_DISK;
            case SSD -> StorageTypeProto.SSD;
            case DISK -> StorageTypeProto.DISK;
            case ARCHIVE -> StorageTypeProto.ARCHIVE;
            case PROVIDED -> StorageTypeProto.PROVIDED;
            case NVDIMM -> StorageTypeProto.NVDIMM;
        };
    }

    static StorageType decode(StorageTypeProto type) {
        return switch (type) {
            case RAM_DISK -> StorageType.RAM_DISK;
            case SSD -> StorageType.SSD;
            case DISK -> StorageType.DISK;
            case ARCHIVE -> StorageType.ARCHIVE;
            case PROVIDED -> StorageType.PROVIDED;
            case NVDIMM -> StorageType.NVDIMM;
        };
    }

    private MessageLite get(RpcCall call) throws InvalidProtocolBufferException {
        var request = call.request(GetStoragePolicyRequestProto.parser());
        FilePath path = call.path(request.getPath());
        engine.requireAccess(call.caller(), path, READ);
        StoragePolicy policy =
                engine.stat(call.caller(), path, MetadataLoad.NEVER)
                        .layout()
                        .policy()
                        .orElse(StoragePolicy.HOT);
        return GetStoragePolicyResponseProto.newBuilder().setStoragePolicy(encode(policy)).build();
    }

    private MessageLite set(RpcCall call) throws InvalidProtocolBufferException {
        var request = call.request(SetStoragePolicyRequestProto.parser());
        StoragePolicy policy = require(request.getPolicyName());
        FilePath path = call.path(request.getSrc());
        engine.setStoragePolicy(call.caller(), path, Optional.of(policy));
        return SetStoragePolicyResponseProto.getDefaultInstance();
    }

    private MessageLite unset(RpcCall call) throws InvalidProtocolBufferException {
        var request = call.request(UnsetStoragePolicyRequestProto.parser());
        engine.setStoragePolicy(call.caller(), call.path(request.getSrc()), Optional.empty());
        return UnsetStoragePolicyResponseProto.getDefaultInstance();
    }

    /**
     * The policy with a name.
     *
     * @throws RpcError.Refusal when there is none
     */
    static StoragePolicy require(String name) {
        return StoragePolicy.find(name)
                .orElseThrow(
                        () ->
                                RpcError.of(
                                                RpcError.ILLEGAL_ARGUMENT,
                                                "Cannot find a block policy with the name " + name)
                                        .refused());
    }

    /** What a NameNode answers unless it is told to move blocks. */
    private static MessageLite satisfy(RpcCall call) {
        throw RpcError.of(
                        RpcError.UNSUPPORTED_ACTION,
                        "Cannot request to satisfy storage policy when storage policy satisfier"
                                + " feature has been disabled by admin. Seek for an admin help to"
                                + " enable it or use Mover tool.")
                .refused();
    }
}
