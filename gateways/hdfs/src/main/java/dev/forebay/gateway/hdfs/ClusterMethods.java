package dev.forebay.gateway.hdfs;

import dev.forebay.files.FileEngine.Usage;
import dev.forebay.files.LeasedFileEngine;
import dev.forebay.files.StoragePolicy;

import org.apache.hadoop.ha.proto.HAServiceProtocolProtos.HAServiceStateProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.DatanodeReportTypeProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.DatanodeStorageReportProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetDatanodeReportRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetDatanodeReportResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetDatanodeStorageReportRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetDatanodeStorageReportResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetFsStatsResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetServerDefaultsResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.HAServiceStateResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.MsyncResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.ChecksumTypeProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.DatanodeStorageProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.FsServerDefaultsProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.StorageReportProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.StorageTypeProto;
import org.apache.hadoop.thirdparty.protobuf.InvalidProtocolBufferException;
import org.apache.hadoop.thirdparty.protobuf.MessageLite;

/** Methods about the service as a whole: one active name service, one live node. */
final class ClusterMethods {
    private static final int PACKET_LENGTH = 64 << 10;
    private static final int FILE_BUFFER_LENGTH = 4 << 10;

    private final LeasedFileEngine engine;
    private final LocationEncoder locations;
    private final FsServerDefaultsProto defaults;

    private ClusterMethods(LeasedFileEngine engine, LocationEncoder locations, HdfsConfig config) {
        this.engine = engine;
        this.locations = locations;
        this.defaults =
                FsServerDefaultsProto.newBuilder()
                        .setBlockSize(config.blockSize())
                        .setBytesPerChecksum(Chunks.LENGTH)
                        .setWritePacketSize(PACKET_LENGTH)
                        .setReplication(1)
                        .setFileBufferSize(FILE_BUFFER_LENGTH)
                        .setEncryptDataTransfer(config.protection() == Protection.PRIVACY)
                        .setTrashInterval(0)
                        .setChecksumType(ChecksumTypeProto.CHECKSUM_CRC32C)
                        .setKeyProviderUri("")
                        .setPolicyId(StoragePolicy.HOT.id())
                        .build();
    }

    static void addTo(
            MethodTable table,
            LeasedFileEngine engine,
            LocationEncoder locations,
            HdfsConfig config) {
        ClusterMethods methods = new ClusterMethods(engine, locations, config);
        table.reading("getServerDefaults", methods::serverDefaults)
                .reading("getFsStats", methods::fileSystemStatus)
                .reading("getDatanodeReport", methods::nodeReport)
                .reading("getDatanodeStorageReport", methods::storageReport)
                .reading("getHAServiceState", ClusterMethods::state)
                .reading("msync", _ -> MsyncResponseProto.getDefaultInstance());
    }

    private MessageLite serverDefaults(RpcCall call) {
        return GetServerDefaultsResponseProto.newBuilder().setServerDefaults(defaults).build();
    }

    private MessageLite fileSystemStatus(RpcCall call) {
        Usage usage = engine.usage();
        return GetFsStatsResponseProto.newBuilder()
                .setCapacity(usage.diskCapacity())
                .setUsed(usage.diskUsed())
                .setRemaining(usage.diskFree())
                .setUnderReplicated(0)
                .setCorruptBlocks(0)
                .setMissingBlocks(0)
                .setMissingReplOneBlocks(0)
                .setBlocksInFuture(0)
                .setPendingDeletionBlocks(0)
                .build();
    }

    private static boolean live(DatanodeReportTypeProto type) {
        return type == DatanodeReportTypeProto.ALL || type == DatanodeReportTypeProto.LIVE;
    }

    private MessageLite nodeReport(RpcCall call) throws InvalidProtocolBufferException {
        var type = call.request(GetDatanodeReportRequestProto.parser()).getType();
        GetDatanodeReportResponseProto.Builder answer = GetDatanodeReportResponseProto.newBuilder();
        if (live(type)) {
            answer.addDi(locations.report(call.local(), engine.usage()));
        }
        return answer.build();
    }

    private MessageLite storageReport(RpcCall call) throws InvalidProtocolBufferException {
        var type = call.request(GetDatanodeStorageReportRequestProto.parser()).getType();
        GetDatanodeStorageReportResponseProto.Builder answer =
                GetDatanodeStorageReportResponseProto.newBuilder();
        if (live(type)) {
            Usage usage = engine.usage();
            answer.addDatanodeStorageReports(
                    DatanodeStorageReportProto.newBuilder()
                            .setDatanodeInfo(locations.report(call.local(), usage))
                            .addStorageReports(storage(usage)));
        }
        return answer.build();
    }

    @SuppressWarnings(
            "deprecation") // clients before 2.6 look at the older field, which is required
    private static StorageReportProto storage(Usage usage) {
        return StorageReportProto.newBuilder()
                .setStorageUuid(LocationEncoder.STORAGE)
                .setCapacity(usage.diskCapacity())
                .setDfsUsed(usage.diskUsed())
                .setBlockPoolUsed(usage.diskUsed())
                .setRemaining(usage.diskFree())
                .setStorage(
                        DatanodeStorageProto.newBuilder()
                                .setStorageUuid(LocationEncoder.STORAGE)
                                .setStorageType(StorageTypeProto.DISK))
                .build();
    }

    private static MessageLite state(RpcCall call) {
        return HAServiceStateResponseProto.newBuilder()
                .setState(HAServiceStateProto.ACTIVE)
                .build();
    }
}
