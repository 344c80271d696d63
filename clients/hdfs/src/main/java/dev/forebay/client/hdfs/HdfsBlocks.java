package dev.forebay.client.hdfs;

import dev.forebay.client.BlockFiles;
import dev.forebay.client.BlockPlace;
import dev.forebay.client.FileChecksum;
import dev.forebay.client.FileRange;
import dev.forebay.client.FilesException;
import dev.forebay.client.ServerDefaults;
import dev.forebay.client.Status;

import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.FsServerDefaults;
import org.apache.hadoop.fs.Path;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Blocks over the wires of HDFS. */
final class HdfsBlocks implements BlockFiles {
    private final HdfsFiles client;

    HdfsBlocks(HdfsFiles client) {
        this.client = client;
    }

    @Override
    public void concat(String target, List<String> sources) {
        Path to = HdfsPaths.of(target);
        if (sources.isEmpty() || sources.contains(target)) {
            throw FilesException.of(
                    Status.INVALID_ARGUMENT, "sources are one or more, without the target", target);
        }
        Path[] from = sources.stream().map(HdfsPaths::of).toArray(Path[]::new);
        if (Arrays.stream(from).distinct().count() < from.length) {
            throw FilesException.of(
                    Status.INVALID_ARGUMENT, "a source is named twice", sources.toString());
        }
        HdfsErrors.run(target, () -> client.files().concat(to, from));
    }

    @Override
    public boolean truncate(String path, long length) {
        Path wanted = HdfsPaths.of(path);
        if (length < 0) {
            throw FilesException.of(Status.INVALID_ARGUMENT, "a length must not be negative", path);
        }
        return HdfsErrors.call(path, () -> client.files().truncate(wanted, length));
    }

    @Override
    public void setReplication(String path, int replication) {
        Path wanted = HdfsPaths.of(path);
        if (replication < 1 || replication > Short.MAX_VALUE) {
            throw FilesException.of(
                    Status.INVALID_ARGUMENT,
                    "replication is 1 to 32767",
                    Integer.toString(replication));
        }
        boolean stored =
                HdfsErrors.call(
                        path, () -> client.files().setReplication(wanted, (short) replication));
        if (!stored) {
            // the wire says no more than that it was not done
            boolean directory = client.stat(path).directory();
            throw FilesException.of(
                    directory ? Status.INVALID_ARGUMENT : Status.UNKNOWN,
                    directory ? "a directory has no replication" : "not stored",
                    path);
        }
    }

    @Override
    public List<BlockPlace> blockLocations(String path, FileRange range) {
        Path wanted = HdfsPaths.of(path);
        return HdfsErrors.call(path, () -> locations(wanted, range));
    }

    private List<BlockPlace> locations(Path path, FileRange range) throws IOException {
        org.apache.hadoop.fs.FileStatus status = client.files().getFileStatus(path);
        if (status.isDirectory()) {
            throw FilesException.of(
                    Status.UNKNOWN, "a directory has no blocks", HdfsPaths.text(path));
        }
        long length = Math.min(range.length(), status.getLen() - range.offset());
        if (length <= 0) {
            return List.of();
        }
        BlockLocation[] found = client.files().getFileBlockLocations(path, range.offset(), length);
        return Arrays.stream(found)
                .map(block -> HdfsErrors.call(HdfsPaths.text(path), () -> place(block)))
                .toList();
    }

    private static BlockPlace place(BlockLocation block) throws IOException {
        return new BlockPlace(
                block.getOffset(),
                block.getLength(),
                List.of(block.getHosts()),
                List.of(block.getNames()),
                block.isCorrupt());
    }

    @Override
    public FileChecksum checksum(String path) {
        Path wanted = HdfsPaths.of(path);
        return HdfsErrors.call(
                path,
                () -> {
                    org.apache.hadoop.fs.FileChecksum sum = client.files().getFileChecksum(wanted);
                    if (sum == null) {
                        throw new FileNotFoundException("no checksum");
                    }
                    return new FileChecksum(
                            sum.getAlgorithmName(), HexFormat.of().formatHex(sum.getBytes()));
                });
    }

    @Override
    public boolean recoverLease(String path) {
        Path wanted = HdfsPaths.of(path);
        var hdfs = client.distributed().orElseThrow(() -> client.unsupported("recoverLease"));
        return HdfsErrors.call(path, () -> hdfs.recoverLease(wanted));
    }

    @Override
    public ServerDefaults serverDefaults() {
        Path root = new Path("/");
        FsServerDefaults defaults =
                HdfsErrors.call("/", () -> client.files().getServerDefaults(root));
        return new ServerDefaults(
                defaults.getBlockSize(),
                defaults.getReplication(),
                defaults.getFileBufferSize(),
                new ServerDefaults.Wire(
                        defaults.getWritePacketSize(),
                        defaults.getChecksumType().toString(),
                        defaults.getBytesPerChecksum(),
                        defaults.getEncryptDataTransfer()),
                defaults.getTrashInterval());
    }
}
