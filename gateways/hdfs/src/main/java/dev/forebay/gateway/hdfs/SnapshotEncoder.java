package dev.forebay.gateway.hdfs;

import dev.forebay.base.FilePath;
import dev.forebay.files.SnapshotReport;
import dev.forebay.files.Snapshots;

import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.SnapshotDiffReportCursorProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.SnapshotDiffReportEntryProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.SnapshotDiffReportListingEntryProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.SnapshotDiffReportListingProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.SnapshotDiffReportProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.SnapshotStatusProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.SnapshottableDirectoryStatusProto;
import org.apache.hadoop.thirdparty.protobuf.ByteString;

/** Snapshots and what differs between them as the protocol has them. */
final class SnapshotEncoder {
    /**
     * Differences in one answer of a comparison that comes in several. Each answer compares anew,
     * so they are large; at some hundred bytes each they stay below what clients take at once
     * (ipc.maximum.response.length, 128 MiB).
     */
    static final int PAGE_LENGTH = 100_000;

    /** Where a listing of differences begins, and where it has ended (HdfsProtos: cursor). */
    private static final int NO_INDEX = -1;

    private SnapshotEncoder() {}

    static SnapshottableDirectoryStatusProto root(Snapshots.Root root) {
        FilePath path = root.status().path();
        ByteString name = path.isRoot() ? ByteString.EMPTY : name(path);
        ByteString parent =
                path.isRoot() ? ByteString.EMPTY : ByteString.copyFrom(path.parent().bytes());
        return SnapshottableDirectoryStatusProto.newBuilder()
                // a NameNode tells no flags here
                .setDirStatus(StatusEncoder.builder(root.status(), name).clearFlags())
                .setSnapshotQuota(Snapshots.COUNT_MAX)
                .setSnapshotNumber(root.count())
                .setParentFullpath(parent)
                .build();
    }

    private static ByteString name(FilePath path) {
        return ByteString.copyFrom(path.name().bytes());
    }

    static SnapshotStatusProto snapshot(FilePath directory, Snapshots.Snapshot snapshot) {
        return SnapshotStatusProto.newBuilder()
                .setDirStatus(
                        StatusEncoder.builder(
                                        snapshot.root(),
                                        ByteString.copyFrom(snapshot.name().bytes()))
                                .clearFlags())
                .setSnapshotID((int) Math.min(snapshot.number(), Integer.MAX_VALUE))
                .setParentFullpath(ByteString.copyFrom(directory.bytes()))
                .setIsDeleted(false)
                .build();
    }

    /** All differences, in the direction that was asked for. */
    static SnapshotDiffReportProto.Builder report(SnapshotReport report) {
        SnapshotDiffReportProto.Builder encoded = SnapshotDiffReportProto.newBuilder();
        for (SnapshotReport.Entry entry : report.asked()) {
            SnapshotDiffReportEntryProto.Builder difference =
                    SnapshotDiffReportEntryProto.newBuilder()
                            .setFullpath(relative(entry.path()))
                            .setModificationLabel(label(entry.kind()));
            entry.target().ifPresent(target -> difference.setTargetPath(relative(target)));
            encoded.addDiffReportEntries(difference);
        }
        return encoded;
    }

    // SnapshotDiffReport.java: DiffType
    private static String label(Snapshots.Kind kind) {
        return switch (kind) {
            case CREATED -> "+";
            case MODIFIED -> "M";
            case DELETED -> "-";
            case RENAMED -> "R";
        };
    }

    /** Without the first slash; nothing for the directory itself. */
    private static ByteString relative(FilePath path) {
        return path.isRoot() ? ByteString.EMPTY : ByteString.copyFrom(path.bytes()).substring(1);
    }

    /**
     * A part of the differences, from the earlier moment to the later; the client turns them round
     * when it asked for the other direction. What the protocol takes for numbers of inodes are
     * places in the list: clients only compare them.
     *
     * @param after where the part before ended, as its cursor says
     */
    static SnapshotDiffReportListingProto page(SnapshotReport report, int after) {
        int size = report.changes().size();
        int start = Math.clamp(after, 0, size);
        int end = Math.min(size, start + PAGE_LENGTH);
        SnapshotDiffReportListingProto.Builder page =
                SnapshotDiffReportListingProto.newBuilder()
                        .setIsFromEarlier(report.fromEarlier())
                        .setCursor(
                                SnapshotDiffReportCursorProto.newBuilder()
                                        .setStartPath(ByteString.EMPTY)
                                        .setIndex(end == size ? NO_INDEX : end));
        for (int i = start; i < end; i++) {
            add(page, report.changes().get(i), i);
        }
        return page.build();
    }

    private static void add(
            SnapshotDiffReportListingProto.Builder page, SnapshotReport.Entry entry, int place) {
        SnapshotDiffReportListingEntryProto.Builder encoded =
                SnapshotDiffReportListingEntryProto.newBuilder()
                        .setFullpath(relative(entry.path()))
                        .setDirId(entry.directory())
                        .setFileId(place);
        switch (entry.kind()) {
            // what is in a file that differs is nothing
            case MODIFIED -> page.addModifiedEntries(encoded.setIsReference(true));
            case CREATED -> page.addCreatedEntries(encoded.setIsReference(false));
            case DELETED -> page.addDeletedEntries(encoded.setIsReference(false));
            case RENAMED ->
                    page.addDeletedEntries(
                            encoded.setIsReference(true)
                                    .setTargetPath(relative(entry.target().orElseThrow())));
        }
    }
}
