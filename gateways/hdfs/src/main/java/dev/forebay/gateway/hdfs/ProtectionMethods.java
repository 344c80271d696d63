package dev.forebay.gateway.hdfs;

import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetDataEncryptionKeyResponseProto;
import org.apache.hadoop.thirdparty.protobuf.MessageLite;

/** Methods about what is done to bytes on their way. */
final class ProtectionMethods {
    private final Protection protection;
    private final EncryptionKeys keys;

    private ProtectionMethods(Protection protection, EncryptionKeys keys) {
        this.protection = protection;
        this.keys = keys;
    }

    static void addTo(MethodTable table, Protection protection, EncryptionKeys keys) {
        ProtectionMethods methods = new ProtectionMethods(protection, keys);
        table.reading("getDataEncryptionKey", methods::key);
    }

    /** Where privacy is required, calls come through connections that are private, too. */
    private MessageLite key(RpcCall call) {
        GetDataEncryptionKeyResponseProto.Builder answer =
                GetDataEncryptionKeyResponseProto.newBuilder();
        if (protection == Protection.PRIVACY) {
            answer.setDataEncryptionKey(keys.issue());
        }
        return answer.build();
    }
}
