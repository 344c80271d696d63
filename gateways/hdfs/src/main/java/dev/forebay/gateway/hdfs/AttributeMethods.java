package dev.forebay.gateway.hdfs;

import dev.forebay.base.FilePath;
import dev.forebay.base.error.NotFound;
import dev.forebay.files.AttributeChange;
import dev.forebay.files.LeasedFileEngine;
import dev.forebay.files.Quota;
import dev.forebay.files.StorageType;

import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.CheckAccessRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.CheckAccessResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.SetOwnerRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.SetOwnerResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.SetPermissionRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.SetPermissionResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.SetQuotaRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.SetQuotaResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.SetReplicationRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.SetReplicationResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.SetTimesRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.SetTimesResponseProto;
import org.apache.hadoop.thirdparty.protobuf.InvalidProtocolBufferException;
import org.apache.hadoop.thirdparty.protobuf.MessageLite;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Methods that look at and change what is kept of a file or directory besides its bytes. */
final class AttributeMethods {
    // HdfsConstants.java: QUOTA_DONT_SET, QUOTA_RESET
    private static final long KEEP_QUOTA = Long.MAX_VALUE;
    private static final long NO_QUOTA = -1;

    private final LeasedFileEngine engine;

    private AttributeMethods(LeasedFileEngine engine) {
        this.engine = engine;
    }

    static void addTo(MethodTable table, LeasedFileEngine engine) {
        AttributeMethods methods = new AttributeMethods(engine);
        table.audited("setPermission", methods::setPermission)
                .audited("setOwner", methods::setOwner)
                .audited("setTimes", methods::setTimes)
                .audited("setReplication", methods::setReplication)
                .audited("setQuota", methods::setQuota)
                .reading("checkAccess", methods::checkAccess);
    }

    private MessageLite setPermission(RpcCall call) throws InvalidProtocolBufferException {
        SetPermissionRequestProto request = call.request(SetPermissionRequestProto.parser());
        int mode = NameMethods.mode(request.getPermission());
        change(
                call,
                request.getSrc(),
                AttributeChange.ofAccess(Optional.empty(), Optional.empty(), OptionalInt.of(mode)));
        return SetPermissionResponseProto.getDefaultInstance();
    }

    private void change(RpcCall call, String path, AttributeChange change) {
        engine.setAttributes(call.caller(), call.path(path), change);
    }

    /** An absent name and an empty one both mean that it stays. */
    private MessageLite setOwner(RpcCall call) throws InvalidProtocolBufferException {
        SetOwnerRequestProto request = call.request(SetOwnerRequestProto.parser());
        change(
                call,
                request.getSrc(),
                AttributeChange.ofAccess(
                        name(request.getUsername()),
                        name(request.getGroupname()),
                        OptionalInt.empty()));
        return SetOwnerResponseProto.getDefaultInstance();
    }

    private static Optional<String> name(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** The protocol has times without a sign; -1 stays. */
    private MessageLite setTimes(RpcCall call) throws InvalidProtocolBufferException {
        SetTimesRequestProto request = call.request(SetTimesRequestProto.parser());
        change(
                call,
                request.getSrc(),
                AttributeChange.ofTimes(time(request.getAtime()), time(request.getMtime())));
        return SetTimesResponseProto.getDefaultInstance();
    }

    private static OptionalLong time(long millis) {
        return millis < 0 ? OptionalLong.empty() : OptionalLong.of(millis);
    }

    private MessageLite setReplication(RpcCall call) throws InvalidProtocolBufferException {
        SetReplicationRequestProto request = call.request(SetReplicationRequestProto.parser());
        FilePath path = call.path(request.getSrc());
        WritingMethods.requireReplication(request.getReplication(), path);
        return SetReplicationResponseProto.newBuilder()
                .setResult(replicated(call, path, request.getReplication()))
                .build();
    }

    private boolean replicated(RpcCall call, FilePath path, int replication) {
        try {
            return engine.setReplication(call.caller(), path, replication);
        } catch (NotFound _) {
            return false;
        }
    }

    private MessageLite setQuota(RpcCall call) throws InvalidProtocolBufferException {
        SetQuotaRequestProto request = call.request(SetQuotaRequestProto.parser());
        FilePath path = call.path(request.getPath());
        call.requireSuperuser();
        engine.setQuota(
                call.caller(),
                path,
                request.hasStorageType()
                        ? typed(request)
                        : new Quota.Change(
                                limit(request.getNamespaceQuota()),
                                limit(request.getStoragespaceQuota())));
        return SetQuotaResponseProto.getDefaultInstance();
    }

    private static Quota.Change typed(SetQuotaRequestProto request) {
        StorageType type = PolicyMethods.decode(request.getStorageType());
        if (request.getNamespaceQuota() != KEEP_QUOTA) {
            throw RpcError.of(
                            RpcError.UNSUPPORTED_ACTION,
                            "Failed to set quota by storage type because nsQuota value is illegal "
                                    + request.getNamespaceQuota())
                    .refused();
        }
        if (!type.counted()) {
            throw RpcError.of(
                            RpcError.ILLEGAL_ARGUMENT,
                            "Don't support Quota for storage type : " + type)
                    .refused();
        }
        OptionalLong limit = limit(request.getStoragespaceQuota());
        return limit.isPresent()
                ? Quota.Change.of(type, limit.getAsLong())
                : new Quota.Change(OptionalLong.empty(), OptionalLong.empty());
    }

    private static OptionalLong limit(long given) {
        if (given < NO_QUOTA) {
            throw RpcError.of(RpcError.ILLEGAL_ARGUMENT, "Invalid value for quota: " + given)
                    .refused();
        }
        return given == KEEP_QUOTA ? OptionalLong.empty() : OptionalLong.of(given);
    }

    private MessageLite checkAccess(RpcCall call) throws InvalidProtocolBufferException {
        CheckAccessRequestProto request = call.request(CheckAccessRequestProto.parser());
        engine.requireAccess(
                call.caller(), call.path(request.getPath()), request.getMode().getNumber());
        return CheckAccessResponseProto.getDefaultInstance();
    }
}
