package dev.forebay.client.hdfs;

import dev.forebay.client.AppendOptions;
import dev.forebay.client.CreateDirectoryOptions;
import dev.forebay.client.CreateOptions;
import dev.forebay.client.FileStatus;
import dev.forebay.client.FileWriter;
import dev.forebay.client.FilesException;
import dev.forebay.client.Mode;
import dev.forebay.client.Status;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes directories and files, and opens files for writing. */
final class HdfsCreation {
    /** What one checksum covers; HDFS wants blocks to be a multiple of it. */
    private static final int CHUNK = 512;

    private static final int BUFFER_SIZE = 4096;
    private static final String BUFFER_KEY = "io.file.buffer.size";

    private final HdfsFiles client;
    private final FileSystem files;

    HdfsCreation(HdfsFiles client, FileSystem files) {
        this.client = client;
        this.files = files;
    }

    void directory(String path, CreateDirectoryOptions options) {
        Path wanted = HdfsPaths.of(path);
        if (options.writeType().isPresent()) {
            throw client.unsupported("write type");
        }
        Optional<FileStatus> there = client.find(path);
        if (there.isPresent()) {
            if (options.allowExists() && there.get().directory()) {
                return;
            }
            throw exists(path);
        }
        FsPermission mode = mode(options.mode(), FsPermission.getDirDefault());
        HdfsErrors.run(path, () -> make(wanted, mode, options.recursive()));
    }

    private void make(Path path, FsPermission mode, boolean recursive) throws IOException {
        if (!recursive && files instanceof DistributedFileSystem hdfs) {
            hdfs.mkdir(path, mode);
            return;
        }
        if (!recursive) {
            requireParent(path);
        }
        files.mkdirs(path, mode);
    }

    private void requireParent(Path path) throws IOException {
        Path parent = path.getParent();
        if (parent != null && !files.getFileStatus(parent).isDirectory()) {
            throw FilesException.of(
                    Status.INVALID_ARGUMENT, "the parent is a file", HdfsPaths.text(path));
        }
    }

    FileWriter file(String path, CreateOptions options) {
        Path wanted = HdfsPaths.of(path);
        refuseUnknown(options);
        FsPermission mode = mode(options.mode(), FsPermission.getFileDefault());
        return HdfsErrors.call(
                path,
                () -> {
                    requireFree(wanted, options);
                    FSDataOutputStream stream = open(wanted, mode, options);
                    return HdfsWriter.created(client, wanted, stream);
                });
    }

    private void refuseUnknown(CreateOptions options) {
        if (options.writeType().isPresent()) {
            throw client.unsupported("write type");
        }
        if (options.ttlMillis().isPresent() || options.ttlAction().isPresent()) {
            throw client.unsupported("time to live");
        }
        if (options.replication().min().isPresent() || options.replication().max().isPresent()) {
            throw client.unsupported("replication in memory");
        }
        long blockSize = options.blockSize().orElse(CHUNK);
        if (blockSize < CHUNK || blockSize % CHUNK != 0) {
            throw FilesException.of(
                    Status.INVALID_ARGUMENT,
                    "HDFS takes block sizes in multiples of " + CHUNK + " bytes",
                    Long.toString(blockSize));
        }
        int replication = options.replication().durable().orElse(1);
        if (replication < 1 || replication > Short.MAX_VALUE) {
            throw FilesException.of(
                    Status.INVALID_ARGUMENT,
                    "replication is 1 to 32767",
                    Integer.toString(replication));
        }
    }

    /** Over WebHDFS a server may say so only when all bytes are sent, or not at all. */
    private void requireFree(Path path, CreateOptions options) throws IOException {
        if (files instanceof DistributedFileSystem) {
            return;
        }
        Optional<FileStatus> there = client.find(HdfsPaths.text(path));
        if (there.isPresent() && (there.get().directory() || !options.overwrite())) {
            throw exists(HdfsPaths.text(path));
        }
        if (!options.recursive()) {
            requireParent(path);
        }
    }

    private FSDataOutputStream open(Path path, FsPermission mode, CreateOptions options)
            throws IOException {
        int buffer = buffer(options.bufferSize());
        short replication = replication(path, options);
        long blockSize = blockSize(path, options);
        if (options.recursive()) {
            return files.create(
                    path, mode, options.overwrite(), buffer, replication, blockSize, null);
        }
        return files.createNonRecursive(
                path,
                mode,
                HdfsFiles.flags(options.overwrite()),
                buffer,
                replication,
                blockSize,
                null);
    }

    private short replication(Path path, CreateOptions options) throws IOException {
        if (options.replication().durable().isPresent()) {
            return (short) options.replication().durable().getAsInt();
        }
        return HadoopSettings.given(files.getConf(), "dfs.replication")
                ? files.getDefaultReplication(path)
                : files.getServerDefaults(path).getReplication();
    }

    private long blockSize(Path path, CreateOptions options) throws IOException {
        if (options.blockSize().isPresent()) {
            return options.blockSize().getAsLong();
        }
        return HadoopSettings.given(files.getConf(), "dfs.blocksize")
                ? files.getDefaultBlockSize(path)
                : files.getServerDefaults(path).getBlockSize();
    }

    FileWriter append(String path, AppendOptions options) {
        Path wanted = HdfsPaths.of(path);
        FileStatus before = client.stat(path);
        if (before.directory()) {
            throw FilesException.of(Status.UNKNOWN, "cannot append to a directory", path);
        }
        return HdfsErrors.call(
                path,
                () ->
                        HdfsWriter.appending(
                                client,
                                wanted,
                                files.append(wanted, buffer(options.bufferSize()), null),
                                before.length()));
    }

    private int buffer(OptionalInt asked) {
        return asked.orElse(files.getConf().getInt(BUFFER_KEY, BUFFER_SIZE));
    }

    /** A mode that is asked for is not narrowed; the umask of the configuration is for others. */
    private FsPermission mode(Optional<Mode> asked, FsPermission absent) {
        Configuration configuration = files.getConf();
        return asked.map(mode -> new FsPermission((short) mode.octal()))
                .orElseGet(() -> absent.applyUMask(HadoopSettings.umask(configuration)));
    }

    private static FilesException exists(String path) {
        return FilesException.of(Status.ALREADY_EXISTS, "already exists", path);
    }
}
