package dev.forebay.client.hdfs;

import dev.forebay.client.FilesException;
import dev.forebay.client.Snapshots;
import dev.forebay.client.Status;

import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.SnapshotDiffReport;
import org.apache.hadoop.hdfs.protocol.SnapshotStatus;
import org.apache.hadoop.hdfs.protocol.SnapshottableDirectoryStatus;
import org.apache.hadoop.hdfs.web.WebHdfsFileSystem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Snapshots over the wires of HDFS. */
final class HdfsSnapshots implements Snapshots {
    private final HdfsFiles client;
    private final Calls calls;

    HdfsSnapshots(HdfsFiles client) {
        this.client = client;
        this.calls = calls(client);
    }

    /** What Hadoop's clients of both wires have without a type that they share. */
    private record Calls(
            Change allow, Change disallow, Listing list, Everywhere roots, Between compare) {}

    @FunctionalInterface
    private interface Change {
        void run(Path directory) throws IOException;
    }

    @FunctionalInterface
    private interface Listing {
        SnapshotStatus[] run(Path directory) throws IOException;
    }

    @FunctionalInterface
    private interface Everywhere {
        SnapshottableDirectoryStatus[] run() throws IOException;
    }

    @FunctionalInterface
    private interface Between {
        SnapshotDiffReport run(Path directory, String from, String to) throws IOException;
    }

    private static Calls calls(HdfsFiles client) {
        return switch (client.files()) {
            case DistributedFileSystem hdfs ->
                    new Calls(
                            hdfs::allowSnapshot,
                            hdfs::disallowSnapshot,
                            hdfs::getSnapshotListing,
                            hdfs::getSnapshottableDirListing,
                            hdfs::getSnapshotDiffReport);
            case WebHdfsFileSystem web ->
                    new Calls(
                            web::allowSnapshot,
                            web::disallowSnapshot,
                            web::getSnapshotListing,
                            web::getSnapshottableDirectoryList,
                            web::getSnapshotDiffReport);
            default -> throw client.unsupported("Snapshots");
        };
    }

    @Override
    public void allow(String directory) {
        Path wanted = HdfsPaths.of(directory);
        HdfsErrors.run(directory, () -> calls.allow().run(wanted));
    }

    @Override
    public void disallow(String directory) {
        Path wanted = HdfsPaths.of(directory);
        HdfsErrors.run(directory, () -> calls.disallow().run(wanted));
    }

    @Override
    public String create(String directory, String name) {
        Path wanted = HdfsPaths.of(directory);
        requireName(name);
        return HdfsErrors.call(
                directory, () -> HdfsPaths.text(client.files().createSnapshot(wanted, name)));
    }

    @Override
    public String create(String directory) {
        Path wanted = HdfsPaths.of(directory);
        return HdfsErrors.call(
                directory, () -> HdfsPaths.text(client.files().createSnapshot(wanted)));
    }

    /** The wires take none for one that is called by the time. */
    private static void requireName(String name) {
        if (name.isEmpty()) {
            throw FilesException.of(
                    Status.INVALID_ARGUMENT, "the name of a snapshot is not empty", name);
        }
    }

    @Override
    public void rename(String directory, String from, String to) {
        Path wanted = HdfsPaths.of(directory);
        requireName(to);
        HdfsErrors.run(directory, () -> client.files().renameSnapshot(wanted, from, to));
    }

    @Override
    public void delete(String directory, String name) {
        Path wanted = HdfsPaths.of(directory);
        requireName(name);
        HdfsErrors.run(directory, () -> client.files().deleteSnapshot(wanted, name));
    }

    @Override
    public List<Root> roots() {
        // no array where there are none
        return HdfsErrors.call("/", () -> Optional.ofNullable(calls.roots().run()))
                .map(List::of)
                .orElse(List.of())
                .stream()
                .map(HdfsSnapshots::root)
                .toList();
    }

    private static Root root(SnapshottableDirectoryStatus status) {
        return new Root(
                HdfsPaths.text(status.getFullPath()),
                status.getSnapshotNumber(),
                status.getSnapshotQuota());
    }

    @Override
    public List<Snapshot> list(String directory) {
        Path wanted = HdfsPaths.of(directory);
        SnapshotStatus[] found = HdfsErrors.call(directory, () -> calls.list().run(wanted));
        return Arrays.stream(found)
                .map(HdfsSnapshots::snapshot)
                .sorted(Comparator.comparingLong(Snapshot::number))
                .toList();
    }

    private static Snapshot snapshot(SnapshotStatus status) {
        Path path = status.getFullPath();
        return new Snapshot(
                status.getSnapshotID(),
                path.getName(),
                HdfsPaths.text(path),
                status.getDirStatus().getModificationTime());
    }

    @Override
    public List<Difference> compare(String directory, Optional<String> from, Optional<String> to) {
        Path wanted = HdfsPaths.of(directory);
        SnapshotDiffReport report =
                HdfsErrors.call(
                        directory,
                        () -> calls.compare().run(wanted, from.orElse(""), to.orElse("")));
        return report.getDiffList().stream().map(HdfsSnapshots::difference).toList();
    }

    private static Difference difference(SnapshotDiffReport.DiffReportEntry entry) {
        Optional<byte[]> target = Optional.ofNullable(entry.getTargetPath());
        return new Difference(
                kind(entry.getType()),
                text(entry.getSourcePath()),
                target.map(HdfsSnapshots::text));
    }

    private static String text(byte[] path) {
        return new String(path, StandardCharsets.UTF_8);
    }

    private static Kind kind(SnapshotDiffReport.DiffType type) {
        return switch (type) {
            case CREATE -> Kind.CREATED;
            case MODIFY -> Kind.MODIFIED;
            case DELETE -> Kind.DELETED;
            case RENAME -> Kind.RENAMED;
        };
    }
}
