package dev.forebay.gateway.hdfs;

import dev.forebay.base.Principal;

import org.apache.hadoop.security.proto.RefreshUserMappingsProtocolProtos.RefreshSuperUserGroupsConfigurationResponseProto;
import org.apache.hadoop.security.proto.RefreshUserMappingsProtocolProtos.RefreshUserToGroupsMappingsResponseProto;
import org.apache.hadoop.thirdparty.protobuf.InvalidProtocolBufferException;
import org.apache.hadoop.thirdparty.protobuf.MessageLite;
import org.apache.hadoop.tools.proto.GetUserMappingsProtocolProtos.GetGroupsForUserRequestProto;
import org.apache.hadoop.tools.proto.GetUserMappingsProtocolProtos.GetGroupsForUserResponseProto;

/** Methods of the protocols about users and their groups: {@code hdfs groups}, {@code dfsadmin}. */
final class GroupMethods {
    private final HdfsConfig.Identity identity;

    private GroupMethods(HdfsConfig.Identity identity) {
        this.identity = identity;
    }

    static void addTo(MethodTable table, HdfsConfig.Identity identity) {
        GroupMethods methods = new GroupMethods(identity);
        table.reading("getGroupsForUser", methods::groups)
                .audited("refreshUserToGroupsMappings", GroupMethods::refreshGroups)
                .audited("refreshSuperUserGroupsConfiguration", GroupMethods::refreshProxies);
    }

    private MessageLite groups(RpcCall call) throws InvalidProtocolBufferException {
        String user = call.request(GetGroupsForUserRequestProto.parser()).getUser();
        Principal principal = identity.users().apply(user);
        return GetGroupsForUserResponseProto.newBuilder().addAllGroups(principal.groups()).build();
    }

    /** Nothing is kept that could be old: the system's files are looked at each time. */
    private static MessageLite refreshGroups(RpcCall call) {
        call.requireSuperuser();
        return RefreshUserToGroupsMappingsResponseProto.getDefaultInstance();
    }

    /** Who may act for others is a setting of the node, read when it starts. */
    private static MessageLite refreshProxies(RpcCall call) {
        call.requireSuperuser();
        return RefreshSuperUserGroupsConfigurationResponseProto.getDefaultInstance();
    }
}
