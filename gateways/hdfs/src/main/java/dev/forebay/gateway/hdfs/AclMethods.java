package dev.forebay.gateway.hdfs;

import dev.forebay.base.MetadataLoad;
import dev.forebay.files.Acl;
import dev.forebay.files.FileStatus;
import dev.forebay.files.LeasedFileEngine;

import org.apache.hadoop.hdfs.protocol.proto.AclProtos.AclEntryProto;
import org.apache.hadoop.hdfs.protocol.proto.AclProtos.AclEntryProto.AclEntryScopeProto;
import org.apache.hadoop.hdfs.protocol.proto.AclProtos.AclEntryProto.AclEntryTypeProto;
import org.apache.hadoop.hdfs.protocol.proto.AclProtos.AclEntryProto.FsActionProto;
import org.apache.hadoop.hdfs.protocol.proto.AclProtos.AclStatusProto;
import org.apache.hadoop.hdfs.protocol.proto.AclProtos.GetAclStatusRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.AclProtos.GetAclStatusResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.AclProtos.ModifyAclEntriesRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.AclProtos.ModifyAclEntriesResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.AclProtos.RemoveAclEntriesRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.AclProtos.RemoveAclEntriesResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.AclProtos.RemoveAclRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.AclProtos.RemoveAclResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.AclProtos.RemoveDefaultAclRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.AclProtos.RemoveDefaultAclResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.AclProtos.SetAclRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.AclProtos.SetAclResponseProto;
import org.apache.hadoop.thirdparty.protobuf.InvalidProtocolBufferException;
import org.apache.hadoop.thirdparty.protobuf.MessageLite;

import java.util.List;

/** Methods of access control lists. */
final class AclMethods {
    private final LeasedFileEngine engine;

    private AclMethods(LeasedFileEngine engine) {
        this.engine = engine;
    }

    static void addTo(MethodTable table, LeasedFileEngine engine) {
        AclMethods methods = new AclMethods(engine);
        table.audited("modifyAclEntries", methods::modify)
                .audited("removeAclEntries", methods::remove)
                .audited("removeDefaultAcl", methods::removeDefaults)
                .audited("removeAcl", methods::clear)
                .audited("setAcl", methods::replace)
                .reading("getAclStatus", methods::status);
    }

    private MessageLite modify(RpcCall call) throws InvalidProtocolBufferException {
        ModifyAclEntriesRequestProto request = call.request(ModifyAclEntriesRequestProto.parser());
        var change = new Acl.Change.Merge(entries(request.getAclSpecList()));
        change(call, request.getSrc(), change);
        return ModifyAclEntriesResponseProto.getDefaultInstance();
    }

    private MessageLite remove(RpcCall call) throws InvalidProtocolBufferException {
        RemoveAclEntriesRequestProto request = call.request(RemoveAclEntriesRequestProto.parser());
        var change = new Acl.Change.Remove(entries(request.getAclSpecList()));
        change(call, request.getSrc(), change);
        return RemoveAclEntriesResponseProto.getDefaultInstance();
    }

    private MessageLite removeDefaults(RpcCall call) throws InvalidProtocolBufferException {
        RemoveDefaultAclRequestProto request = call.request(RemoveDefaultAclRequestProto.parser());
        change(call, request.getSrc(), new Acl.Change.RemoveDefaults());
        return RemoveDefaultAclResponseProto.getDefaultInstance();
    }

    private MessageLite clear(RpcCall call) throws InvalidProtocolBufferException {
        RemoveAclRequestProto request = call.request(RemoveAclRequestProto.parser());
        change(call, request.getSrc(), new Acl.Change.Clear());
        return RemoveAclResponseProto.getDefaultInstance();
    }

    private MessageLite replace(RpcCall call) throws InvalidProtocolBufferException {
        SetAclRequestProto request = call.request(SetAclRequestProto.parser());
        var change = new Acl.Change.Replace(entries(request.getAclSpecList()));
        change(call, request.getSrc(), change);
        return SetAclResponseProto.getDefaultInstance();
    }

    private void change(RpcCall call, String path, Acl.Change change) {
        engine.changeAcl(call.caller(), call.path(path), change);
    }

    private MessageLite status(RpcCall call) throws InvalidProtocolBufferException {
        GetAclStatusRequestProto request = call.request(GetAclStatusRequestProto.parser());
        FileStatus status =
                engine.stat(call.caller(), call.path(request.getSrc()), MetadataLoad.ONCE);
        FileStatus.Access access = status.access();
        return GetAclStatusResponseProto.newBuilder()
                .setResult(
                        AclStatusProto.newBuilder()
                                .setOwner(access.owner())
                                .setGroup(access.group())
                                .setSticky(access.sticky())
                                .setPermission(StatusEncoder.permission(status))
                                .addAllEntries(
                                        access.acl().entries().stream()
                                                .map(AclMethods::encode)
                                                .toList()))
                .build();
    }

    private static List<Acl.Entry> entries(List<AclEntryProto> specification) {
        return specification.stream().map(AclMethods::decode).toList();
    }

    /** The numbers of the protocol are the bits of rights. */
    private static Acl.Entry decode(AclEntryProto entry) {
        return new Acl.Entry(
                entry.getScope() == AclEntryScopeProto.DEFAULT
                        ? Acl.Scope.DEFAULT
                        : Acl.Scope.ACCESS,
                switch (entry.getType()) {
                    case USER -> Acl.Kind.USER;
                    case GROUP -> Acl.Kind.GROUP;
                    case MASK -> Acl.Kind.MASK;
                    case OTHER -> Acl.Kind.OTHER;
                },
                entry.getName(),
                entry.getPermissions().getNumber());
    }

    private static AclEntryProto encode(Acl.Entry entry) {
        AclEntryProto.Builder builder =
                AclEntryProto.newBuilder()
                        .setScope(
                                entry.scope() == Acl.Scope.DEFAULT
                                        ? AclEntryScopeProto.DEFAULT
                                        : AclEntryScopeProto.ACCESS)
                        .setType(
                                switch (entry.kind()) {
                                    case USER -> AclEntryTypeProto.USER;
                                    case GROUP -> AclEntryTypeProto.GROUP;
                                    case MASK -> AclEntryTypeProto.MASK;
                                    case OTHER -> AclEntryTypeProto.OTHER;
                                })
                        .setPermissions(FsActionProto.forNumber(entry.rights()));
        // absent where there is no name, as in a real NameNode
        return entry.name().isEmpty() ? builder.build() : builder.setName(entry.name()).build();
    }
}
