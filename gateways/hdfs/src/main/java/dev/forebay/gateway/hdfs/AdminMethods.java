package dev.forebay.gateway.hdfs;

import dev.forebay.files.LeasedFileEngine;

import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.FinalizeUpgradeResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.RefreshNodesResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.RestoreFailedStorageResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.SafeModeActionProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.SaveNamespaceResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.SetSafeModeRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.SetSafeModeResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.UpgradeStatusResponseProto;
import org.apache.hadoop.thirdparty.protobuf.InvalidProtocolBufferException;
import org.apache.hadoop.thirdparty.protobuf.MessageLite;

/** Methods of {@code hdfs dfsadmin}, for superusers. What they ask for is most often so already. */
final class AdminMethods {
    private final LeasedFileEngine engine;

    private AdminMethods(LeasedFileEngine engine) {
        this.engine = engine;
    }

    static void addTo(MethodTable table, LeasedFileEngine engine) {
        AdminMethods methods = new AdminMethods(engine);
        table.audited("setSafeMode", methods::safeMode)
                .audited("saveNamespace", methods::save)
                .audited("finalizeUpgrade", methods::finalizeUpgrade)
                .audited("refreshNodes", methods::refreshNodes)
                .reading("restoreFailedStorage", methods::restoreStorage)
                .reading("upgradeStatus", methods::upgradeStatus);
    }

    private MessageLite safeMode(RpcCall call) throws InvalidProtocolBufferException {
        SafeModeActionProto action = call.request(SetSafeModeRequestProto.parser()).getAction();
        switch (action) {
            case SAFEMODE_GET -> {}
            case SAFEMODE_ENTER -> engine.setSafeMode(call.caller(), true);
            case SAFEMODE_LEAVE, SAFEMODE_FORCE_EXIT -> engine.setSafeMode(call.caller(), false);
        }
        return SetSafeModeResponseProto.newBuilder().setResult(engine.safeMode()).build();
    }

    /** What was acknowledged is durable already; the rest is that nothing changes meanwhile. */
    private MessageLite save(RpcCall call) {
        call.requireSuperuser();
        if (!engine.safeMode()) {
            throw RpcError.of(
                            RpcError.IO,
                            "Safe mode should be turned ON in order to create namespace image.")
                    .refused();
        }
        return SaveNamespaceResponseProto.newBuilder().setSaved(true).build();
    }

    /** A data folder is of one format; there is nothing to go back to. */
    private MessageLite finalizeUpgrade(RpcCall call) {
        call.requireSuperuser();
        return FinalizeUpgradeResponseProto.getDefaultInstance();
    }

    private MessageLite upgradeStatus(RpcCall call) {
        call.requireSuperuser();
        return UpgradeStatusResponseProto.newBuilder().setUpgradeFinalized(true).build();
    }

    /** There is one node, and no list of those that may join. */
    private MessageLite refreshNodes(RpcCall call) {
        call.requireSuperuser();
        return RefreshNodesResponseProto.getDefaultInstance();
    }

    /** There is one folder, and the node does not run without it. */
    private MessageLite restoreStorage(RpcCall call) {
        call.requireSuperuser();
        return RestoreFailedStorageResponseProto.newBuilder().setResult(false).build();
    }
}
