package dev.forebay.gateway.hdfs;

import dev.forebay.files.FileStatus;
import dev.forebay.files.StoragePolicy;

import org.apache.hadoop.hdfs.protocol.proto.AclProtos.FsPermissionProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.HdfsFileStatusProto;
import org.apache.hadoop.thirdparty.protobuf.ByteString;

/** Statuses as the protocol has them. */
final class StatusEncoder {
    /** Permission bits and the sticky bit. */
    private static final int MODE_MASK = 01777;

    private StatusEncoder() {}

    /** The status of what was asked for itself, which has an empty name. */
    static HdfsFileStatusProto encode(FileStatus status) {
        return builder(status, ByteString.EMPTY).build();
    }

    /** The status of a child of what was asked for. */
    static HdfsFileStatusProto encodeChild(FileStatus status) {
        return child(status).build();
    }

    /** The same, to add to. */
    static HdfsFileStatusProto.Builder child(FileStatus status) {
        return builder(status, ByteString.copyFrom(status.path().name().bytes()));
    }

    /** The status of what was asked for itself, to add to. */
    static HdfsFileStatusProto.Builder builder(FileStatus status, ByteString name) {
        boolean directory = status.directory();
        return HdfsFileStatusProto.newBuilder()
                .setFileType(
                        directory
                                ? HdfsFileStatusProto.FileType.IS_DIR
                                : HdfsFileStatusProto.FileType.IS_FILE)
                .setPath(name)
                .setLength(directory ? 0 : status.length())
                .setPermission(permission(status))
                .setOwner(status.access().owner())
                .setGroup(status.access().group())
                .setModificationTime(status.times().modified())
                .setAccessTime(directory ? 0 : status.times().accessed())
                .setBlockReplication(directory ? 0 : replication(status))
                .setBlocksize(directory ? 0 : status.layout().blockSize())
                .setFileId(status.id().value())
                .setChildrenNum(directory ? (int) Math.min(status.length(), Integer.MAX_VALUE) : 0)
                .setStoragePolicy(status.layout().policy().map(StoragePolicy::id).orElse(0))
                .setFlags(flags(status));
    }

    private static int flags(FileStatus status) {
        int list = status.access().acl().isEmpty() ? 0 : HdfsFileStatusProto.Flags.HAS_ACL_VALUE;
        int snapshots = status.snapshots() ? HdfsFileStatusProto.Flags.SNAPSHOT_ENABLED_VALUE : 0;
        return list | snapshots;
    }

    static FsPermissionProto permission(FileStatus status) {
        return FsPermissionProto.newBuilder().setPerm(status.access().mode() & MODE_MASK).build();
    }

    /** What the owner wishes; files of other gateways may have no wish. */
    static int replication(FileStatus status) {
        return Math.max(1, status.layout().replicationDurable());
    }
}
