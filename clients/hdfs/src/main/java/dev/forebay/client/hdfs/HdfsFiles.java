package dev.forebay.client.hdfs;

import dev.forebay.base.Clock;
import dev.forebay.base.MetadataLoad;
import dev.forebay.client.AppendOptions;
import dev.forebay.client.AttributeChange;
import dev.forebay.client.BlockFiles;
import dev.forebay.client.CreateDirectoryOptions;
import dev.forebay.client.CreateOptions;
import dev.forebay.client.DelegationToken;
import dev.forebay.client.DeleteOptions;
import dev.forebay.client.FileClient;
import dev.forebay.client.FileReader;
import dev.forebay.client.FileStatus;
import dev.forebay.client.FileWriter;
import dev.forebay.client.FilesException;
import dev.forebay.client.ListOptions;
import dev.forebay.client.OpenOptions;
import dev.forebay.client.RenameOptions;
import dev.forebay.client.Security;
import dev.forebay.client.Snapshots;
import dev.forebay.client.Status;
import dev.forebay.client.Usage;

import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FsStatus;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.HdfsFileStatus;
import org.apache.hadoop.hdfs.protocol.HdfsLocatedFileStatus;
import org.apache.hadoop.hdfs.web.WebHdfsFileSystem;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Files over the wires of HDFS. What these have no word for is made of several calls, which another
 * caller may come between: that a directory to be made is not there, and over WebHDFS that a parent
 * is.
 */
final class HdfsFiles implements FileClient {
    private static final Duration CUT_LIMIT = Duration.ofSeconds(60);
    private static final Duration CUT_POLL = Duration.ofMillis(100);

    private final FileSystem files;
    private final URI address;
    private final Optional<DelegationToken> token;
    private final Clock clock;
    private final HdfsCreation creation;

    /**
     * Takes its parts.
     *
     * @param files initialized for the address; closed with this
     * @param token that it was connected with
     */
    HdfsFiles(FileSystem files, URI address, Optional<DelegationToken> token, Clock clock) {
        this.files = files;
        this.address = address;
        this.token = token;
        this.clock = clock;
        this.creation = new HdfsCreation(this, files);
    }

    /** The client for {@code hdfs}; absent over WebHDFS. */
    Optional<DistributedFileSystem> distributed() {
        return files instanceof DistributedFileSystem hdfs ? Optional.of(hdfs) : Optional.empty();
    }

    FileSystem files() {
        return files;
    }

    @Override
    public FileStatus stat(String path, MetadataLoad load) {
        Path wanted = HdfsPaths.of(path);
        return HdfsErrors.call(path, () -> HdfsStatus.of(status(wanted)));
    }

    /** With the blocks, where the wire tells them. */
    private org.apache.hadoop.fs.FileStatus status(Path path) throws IOException {
        if (!(files instanceof DistributedFileSystem hdfs)) {
            return files.getFileStatus(path);
        }
        String text = path.toUri().getPath();
        HdfsLocatedFileStatus found = hdfs.getClient().getLocatedFileInfo(text, false);
        if (found == null) {
            throw new FileNotFoundException("File does not exist: " + text);
        }
        return found.makeQualifiedLocated(hdfs.getUri(), path);
    }

    @Override
    public Optional<FileStatus> find(String path) {
        Path wanted = HdfsPaths.of(path);
        try {
            return Optional.of(HdfsErrors.call(path, () -> HdfsStatus.of(status(wanted))));
        } catch (FilesException.NotFound | FilesException.InvalidArgument e) {
            return Optional.empty();
        }
    }

    @Override
    public Stream<FileStatus> list(String path, ListOptions options) {
        return HdfsListing.list(files, HdfsPaths.of(path), options.recursive());
    }

    @Override
    public void createDirectory(String path, CreateDirectoryOptions options) {
        creation.directory(path, options);
    }

    @Override
    public FileReader open(String path, OpenOptions options) {
        return HdfsReader.open(this, path, options);
    }

    @Override
    public FileWriter create(String path, CreateOptions options) {
        return creation.file(path, options);
    }

    @Override
    public FileWriter append(String path, AppendOptions options) {
        return creation.append(path, options);
    }

    @Override
    public void delete(String path, DeleteOptions options) {
        Path wanted = HdfsPaths.of(path);
        if (options.keepUnderStore()) {
            throw unsupported("keepUnderStore");
        }
        if (wanted.isRoot()) {
            throw FilesException.of(Status.PERMISSION_DENIED, "the root cannot be deleted", path);
        }
        if (!HdfsErrors.call(path, () -> files.delete(wanted, options.recursive()))) {
            throw FilesException.of(Status.NOT_FOUND, "File does not exist", path);
        }
    }

    @Override
    public void rename(String source, String target, RenameOptions options) {
        Path from = HdfsPaths.of(source);
        Path to = HdfsPaths.of(target);
        if (from.equals(to)) {
            // fine if it is there
            stat(source);
            return;
        }
        if (HdfsPaths.contains(from, to)) {
            throw FilesException.of(
                    Status.INVALID_ARGUMENT, "cannot be renamed into its own subtree", target);
        }
        Rename how = options.overwrite() ? Rename.OVERWRITE : Rename.NONE;
        HdfsErrors.run(source + " to " + target, () -> rename(from, to, how));
    }

    @SuppressWarnings("deprecation") // it is the only way to rename in one step with options
    private void rename(Path from, Path to, Rename how) throws IOException {
        switch (files) {
            case DistributedFileSystem hdfs -> hdfs.rename(from, to, how);
            case WebHdfsFileSystem web -> web.rename(from, to, how);
            default -> throw new UnsupportedOperationException("rename");
        }
    }

    @Override
    public void setAttributes(String path, AttributeChange change) {
        Path wanted = HdfsPaths.of(path);
        if (change.pinned().isPresent()) {
            throw unsupported("pinned");
        }
        if (change.ttlMillis().isPresent() || change.ttlAction().isPresent()) {
            throw unsupported("time to live");
        }
        FileStatus status = stat(path);
        change(path, wanted, change);
        if (change.recursive() && status.directory()) {
            try (Stream<FileStatus> below = list(path, ListOptions.RECURSIVE)) {
                below.forEach(each -> change(each.path(), HdfsPaths.of(each.path()), change));
            }
        }
    }

    /** The owner last: who gives a file away may no longer change it. */
    private void change(String path, Path wanted, AttributeChange change) {
        HdfsErrors.run(
                path,
                () -> {
                    if (change.mode().isPresent()) {
                        short mode = (short) change.mode().get().octal();
                        files.setPermission(wanted, new FsPermission(mode));
                    }
                    if (change.owner().isPresent() || change.group().isPresent()) {
                        files.setOwner(
                                wanted, change.owner().orElse(null), change.group().orElse(null));
                    }
                });
    }

    @Override
    public Usage usage() {
        FsStatus status = HdfsErrors.call(address.toString(), files::getStatus);
        return new Usage(
                0,
                0,
                status.getRemaining(),
                OptionalLong.of(status.getCapacity()),
                OptionalLong.of(status.getUsed()));
    }

    @Override
    public <T> T as(Class<T> power) {
        if (power == BlockFiles.class) {
            return power.cast(new HdfsBlocks(this));
        }
        if (power == Security.class) {
            return power.cast(new HdfsSecurity(this, token));
        }
        if (power == Snapshots.class) {
            return power.cast(new HdfsSnapshots(this));
        }
        throw unsupported(power.getSimpleName());
    }

    /** Files that are still being written are completed by it. */
    @Override
    public void close() {
        HdfsErrors.run(address.toString(), files::close);
    }

    /** The number of what is at a path; 0 when there is nothing. */
    long fileId(Path path) throws IOException {
        try {
            return files.getFileStatus(path) instanceof HdfsFileStatus status
                    ? status.getFileId()
                    : 0;
        } catch (FileNotFoundException e) {
            return 0;
        }
    }

    /** Waits until a real cluster has cut a block; WebHDFS does not tell when. */
    void awaitClosed(Path path) throws IOException {
        if (!(files instanceof DistributedFileSystem hdfs)) {
            return;
        }
        long limit = clock.nanos() + CUT_LIMIT.toNanos();
        try {
            while (!hdfs.isFileClosed(path)) {
                if (clock.nanos() > limit) {
                    throw FilesException.of(
                            Status.DEADLINE_EXCEEDED,
                            "the cluster has not yet cut the file",
                            HdfsPaths.text(path));
                }
                clock.sleep(CUT_POLL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FilesException.of(Status.CANCELED, "interrupted", HdfsPaths.text(path), e);
        }
    }

    static EnumSet<org.apache.hadoop.fs.CreateFlag> flags(boolean overwrite) {
        return overwrite
                ? EnumSet.of(
                        org.apache.hadoop.fs.CreateFlag.CREATE,
                        org.apache.hadoop.fs.CreateFlag.OVERWRITE)
                : EnumSet.of(org.apache.hadoop.fs.CreateFlag.CREATE);
    }

    FilesException unsupported(String what) {
        return FilesException.of(
                Status.UNIMPLEMENTED, "not possible over " + address.getScheme(), what);
    }
}
