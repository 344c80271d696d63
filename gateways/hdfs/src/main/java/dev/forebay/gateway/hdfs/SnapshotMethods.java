package dev.forebay.gateway.hdfs;

import dev.forebay.base.FilePath;
import dev.forebay.base.Name;
import dev.forebay.base.error.Invalid;
import dev.forebay.files.LeasedFileEngine;
import dev.forebay.files.SnapshotReport;
import dev.forebay.files.Snapshots;

import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.AllowSnapshotRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.AllowSnapshotResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.CreateSnapshotRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.CreateSnapshotResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.DeleteSnapshotRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.DeleteSnapshotResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.DisallowSnapshotRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.DisallowSnapshotResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetSnapshotDiffReportListingRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetSnapshotDiffReportListingResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetSnapshotDiffReportRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetSnapshotDiffReportResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetSnapshotListingRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetSnapshotListingResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetSnapshottableDirListingResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.RenameSnapshotRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.RenameSnapshotResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.SnapshotListingProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.SnapshottableDirectoryListingProto;
import org.apache.hadoop.thirdparty.protobuf.InvalidProtocolBufferException;
import org.apache.hadoop.thirdparty.protobuf.MessageLite;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Methods that make, look at and compare snapshots of directories. */
final class SnapshotMethods {
    private final LeasedFileEngine engine;

    private SnapshotMethods(LeasedFileEngine engine) {
        this.engine = engine;
    }

    static void addTo(MethodTable table, LeasedFileEngine engine) {
        SnapshotMethods methods = new SnapshotMethods(engine);
        table.audited("allowSnapshot", methods::allow)
                .audited("disallowSnapshot", methods::disallow)
                .audited("createSnapshot", methods::create)
                .audited("deleteSnapshot", methods::delete)
                .audited("renameSnapshot", methods::rename)
                .reading("getSnapshottableDirListing", methods::roots)
                .reading("getSnapshotListing", methods::list)
                .audited("getSnapshotDiffReport", methods::report)
                .audited("getSnapshotDiffReportListing", methods::page);
    }

    private MessageLite allow(RpcCall call) throws InvalidProtocolBufferException {
        AllowSnapshotRequestProto request = call.request(AllowSnapshotRequestProto.parser());
        call.requireSuperuser();
        engine.snapshots().allow(call.caller(), call.path(request.getSnapshotRoot()));
        return AllowSnapshotResponseProto.getDefaultInstance();
    }

    private MessageLite disallow(RpcCall call) throws InvalidProtocolBufferException {
        DisallowSnapshotRequestProto request = call.request(DisallowSnapshotRequestProto.parser());
        call.requireSuperuser();
        engine.snapshots().disallow(call.caller(), call.path(request.getSnapshotRoot()));
        return DisallowSnapshotResponseProto.getDefaultInstance();
    }

    private MessageLite create(RpcCall call) throws InvalidProtocolBufferException {
        CreateSnapshotRequestProto request = call.request(CreateSnapshotRequestProto.parser());
        FilePath directory = call.path(request.getSnapshotRoot());
        FilePath made =
                engine.snapshots()
                        .create(call.caller(), directory, moment(request.getSnapshotName()));
        call.target(made.toString());
        return CreateSnapshotResponseProto.newBuilder().setSnapshotPath(made.toString()).build();
    }

    private MessageLite delete(RpcCall call) throws InvalidProtocolBufferException {
        DeleteSnapshotRequestProto request = call.request(DeleteSnapshotRequestProto.parser());
        FilePath directory = call.path(request.getSnapshotRoot());
        Name name = targeted(call, directory, request.getSnapshotName());
        engine.snapshots().delete(call.caller(), directory, name);
        return DeleteSnapshotResponseProto.getDefaultInstance();
    }

    private MessageLite rename(RpcCall call) throws InvalidProtocolBufferException {
        RenameSnapshotRequestProto request = call.request(RenameSnapshotRequestProto.parser());
        FilePath directory = call.path(request.getSnapshotRoot());
        Name from = name(request.getSnapshotOldName());
        Name to = targeted(call, directory, request.getSnapshotNewName());
        engine.snapshots().rename(call.caller(), directory, from, to);
        return RenameSnapshotResponseProto.getDefaultInstance();
    }

    private static Name targeted(RpcCall call, FilePath directory, String text) {
        Name name = name(text);
        call.target(directory.child(Snapshots.FOLDER).child(name).toString());
        return name;
    }

    private static Name name(String text) {
        try {
            return Name.of(text);
        } catch (Invalid _) {
            throw RpcError.of(RpcError.INVALID_PATH, "Invalid snapshot name: " + text).refused();
        }
    }

    /** A snapshot; no name is now, and for one to be made that it has no name of its own. */
    private static Optional<Name> moment(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(name(text));
    }

    private MessageLite roots(RpcCall call) {
        List<Snapshots.Root> roots = engine.snapshots().roots(call.caller());
        GetSnapshottableDirListingResponseProto.Builder answer =
                GetSnapshottableDirListingResponseProto.newBuilder();
        if (!roots.isEmpty()) {
            answer.setSnapshottableDirList(
                    SnapshottableDirectoryListingProto.newBuilder()
                            .addAllSnapshottableDirListing(
                                    roots.stream().map(SnapshotEncoder::root).toList()));
        }
        return answer.build();
    }

    private MessageLite list(RpcCall call) throws InvalidProtocolBufferException {
        GetSnapshotListingRequestProto request =
                call.request(GetSnapshotListingRequestProto.parser());
        FilePath directory = call.path(request.getSnapshotRoot());
        SnapshotListingProto.Builder list = SnapshotListingProto.newBuilder();
        engine.snapshots().list(call.caller(), directory).stream()
                .sorted(Comparator.comparing(Snapshots.Snapshot::name))
                .map(each -> SnapshotEncoder.snapshot(directory, each))
                .forEach(list::addSnapshotListing);
        return GetSnapshotListingResponseProto.newBuilder().setSnapshotList(list).build();
    }

    private SnapshotReport compare(RpcCall call, String directory, String from, String to) {
        SnapshotReport.Between between =
                new SnapshotReport.Between(call.path(directory), moment(from), moment(to));
        return SnapshotReport.of(engine.snapshots(), call.caller(), between);
    }

    private MessageLite report(RpcCall call) throws InvalidProtocolBufferException {
        GetSnapshotDiffReportRequestProto request =
                call.request(GetSnapshotDiffReportRequestProto.parser());
        String root = request.getSnapshotRoot();
        SnapshotReport report =
                compare(call, root, request.getFromSnapshot(), request.getToSnapshot());
        return GetSnapshotDiffReportResponseProto.newBuilder()
                .setDiffReport(
                        SnapshotEncoder.report(report)
                                .setSnapshotRoot(root)
                                .setFromSnapshot(request.getFromSnapshot())
                                .setToSnapshot(request.getToSnapshot()))
                .build();
    }

    private MessageLite page(RpcCall call) throws InvalidProtocolBufferException {
        GetSnapshotDiffReportListingRequestProto request =
                call.request(GetSnapshotDiffReportListingRequestProto.parser());
        SnapshotReport report =
                compare(
                        call,
                        request.getSnapshotRoot(),
                        request.getFromSnapshot(),
                        request.getToSnapshot());
        return GetSnapshotDiffReportListingResponseProto.newBuilder()
                .setDiffReport(SnapshotEncoder.page(report, request.getCursor().getIndex()))
                .build();
    }
}
