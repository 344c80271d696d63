package dev.forebay.understore.hadoop.inside;

import dev.forebay.base.FilePath;
import dev.forebay.base.Name;
import dev.forebay.base.error.AlreadyExists;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.IsADirectory;
import dev.forebay.base.error.NotADirectory;
import dev.forebay.base.error.NotEmpty;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.Unsupported;
import dev.forebay.understore.SupportsAttributes;
import dev.forebay.understore.UnderStatus;
import dev.forebay.understore.UnderStore;
import dev.forebay.understore.UnderWriter;

import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.security.AccessControlException;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A folder of a file system that Hadoop knows. Files appear by rename, after their bytes are with
 * the place: in HDFS in one step and with every block on the disks of the data nodes.
 */
final class HadoopUnderStore implements UnderStore, SupportsAttributes {
    /** Most entries of a directory, which are all held in memory to list it. */
    private static final int CHILDREN_MAX = 1_000_000;

    private final String uri;
    private final FileSystem place;
    private final HadoopDrafts drafts;
    private final HadoopPaths paths;
    private final Renames renames;

    HadoopUnderStore(String uri, HadoopDrafts drafts, FilePath folder) {
        this.uri = uri;
        this.place = drafts.place();
        this.drafts = drafts;
        this.paths = new HadoopPaths(place, folder);
        this.renames = Renames.of(drafts);
    }

    /**
     * Asks for the mounted folder.
     *
     * @throws Invalid when it is missing, or a file
     */
    void check() {
        UnderStatus root =
                stat(FilePath.ROOT).orElseThrow(() -> new Invalid("folder does not exist", uri));
        if (!root.directory()) {
            throw new Invalid("not a folder", uri);
        }
    }

    HadoopDrafts drafts() {
        return drafts;
    }

    @Override
    public Optional<UnderStatus> stat(FilePath path) {
        return HadoopCalls.attempt(
                path, () -> find(path).map(status -> HadoopStatuses.of(nameOf(path), status)));
    }

    @Override
    public List<UnderStatus> list(FilePath path) {
        return HadoopCalls.attempt(path, () -> children(path));
    }

    private List<UnderStatus> children(FilePath path) throws IOException {
        Path directory = paths.of(path);
        List<UnderStatus> statuses = new ArrayList<>();
        RemoteIterator<FileStatus> all = place.listStatusIterator(directory);
        while (all.hasNext()) {
            FileStatus status = all.next();
            if (isSame(status.getPath(), directory)) {
                throw new NotADirectory("not a directory", path);
            }
            if (HadoopDrafts.isDraft(status.getPath().getName())) {
                drafts.sweep(status);
            } else if (status.isFile() || status.isDirectory()) {
                HadoopPaths.name(status.getPath())
                        .ifPresent(name -> statuses.add(HadoopStatuses.of(name, status)));
            }
            if (statuses.size() > CHILDREN_MAX) {
                throw new Unsupported("directory has over 1,000,000 entries", path);
            }
        }
        return statuses;
    }

    /** Whether this is the file itself, which Hadoop gives for its own only child. */
    private static boolean isSame(Path child, Path directory) {
        return child.toUri().getPath().equals(directory.toUri().getPath());
    }

    @Override
    public InputStream open(FilePath path, Range range) {
        return HadoopCalls.attempt(
                path,
                () -> {
                    FileStatus status = load(path);
                    if (status.isDirectory()) {
                        throw new IsADirectory("a directory cannot be read", path);
                    }
                    long length = status.getLen();
                    if (range.position() < 0 || range.length() < 0 || range.position() > length) {
                        throw new Invalid("range lies outside the file", path);
                    }
                    long count = Math.min(range.length(), length - range.position());
                    return count == 0
                            ? InputStream.nullInputStream()
                            : openAt(status.getPath(), range.position(), count);
                });
    }

    private InputStream openAt(Path file, long position, long length) throws IOException {
        FSDataInputStream stream = place.open(file);
        try {
            stream.seek(position);
            return new HadoopRange(stream, length);
        } catch (IOException e) {
            stream.close();
            throw e;
        }
    }

    @Override
    public UnderWriter create(FilePath path) {
        refuseRoot(path);
        refuseDraft(path);
        return HadoopCalls.attempt(
                path,
                () -> {
                    // asked for its name, too: it is refused here, not after the last byte
                    requireNoDirectory(path);
                    Path draft = drafts.begin(nearestDirectory(path.parent()));
                    return new HadoopWriter(this, path, draft, create(draft));
                });
    }

    private FSDataOutputStream create(Path draft) throws IOException {
        try {
            return place instanceof DistributedFileSystem hdfs
                    ? hdfs.createFile(draft).overwrite(false).syncBlock().build()
                    : place.create(draft, false);
        } catch (IOException e) {
            drafts.end(draft);
            throw e;
        }
    }

    /**
     * Gives a finished draft its name; called by its writer.
     *
     * @throws IsADirectory when a directory has the name
     */
    UnderStatus publish(Path draft, FilePath path) {
        return HadoopCalls.attempt(
                path,
                () -> {
                    Path target = paths.of(path);
                    requireNoDirectory(path);
                    makeDirectories(path.parent());
                    FileStatus before = place.getFileStatus(draft);
                    renames.replace(draft, target);
                    FileStatus status =
                            renames.keepsIdentity() ? before : place.getFileStatus(target);
                    return HadoopStatuses.of(path.name(), status);
                });
    }

    @Override
    public boolean delete(FilePath path) {
        refuseRoot(path);
        return HadoopCalls.attempt(
                path,
                () -> {
                    Optional<FileStatus> there = find(path);
                    if (there.isEmpty()) {
                        return false;
                    }
                    if (there.get().isDirectory()) {
                        clear(path, there.get().getPath());
                    }
                    return place.delete(there.get().getPath(), false);
                });
    }

    /**
     * Deletes the drafts of a directory that has nothing else, and is to be deleted: whoever writes
     * one of them writes into a directory that is no more.
     */
    private void clear(FilePath path, Path directory) throws IOException {
        List<Path> found = new ArrayList<>();
        RemoteIterator<FileStatus> all = place.listStatusIterator(directory);
        while (all.hasNext()) {
            Path child = all.next().getPath();
            if (!HadoopDrafts.isDraft(child.getName())) {
                throw new NotEmpty("directory has children", path);
            }
            found.add(child);
        }
        found.forEach(drafts::delete);
    }

    @Override
    public void rename(FilePath source, FilePath target) {
        refuseRoot(source);
        refuseDraft(target);
        HadoopCalls.attempt(
                source,
                () -> {
                    FileStatus from = load(source);
                    if (target.isRoot() || find(target).isPresent()) {
                        throw new AlreadyExists("target exists", target);
                    }
                    if (source.contains(target)) {
                        throw new Invalid("target lies below the source", target);
                    }
                    makeDirectories(target.parent());
                    renames.move(from.getPath(), paths.of(target));
                });
    }

    @Override
    public void createDirectories(FilePath path) {
        refuseDraft(path);
        HadoopCalls.attempt(path, () -> makeDirectories(path));
    }

    private void makeDirectories(FilePath path) throws IOException {
        try {
            if (!path.isRoot() && !place.mkdirs(paths.of(path))) {
                throw new NotADirectory("a file is in the way", path);
            }
        } catch (FileAlreadyExistsException | ParentNotDirectoryException e) {
            throw new NotADirectory("a file is in the way", path, e);
        }
    }

    @Override
    public boolean setAttributes(
            FilePath path, Optional<String> owner, Optional<String> group, Optional<Integer> mode) {
        return HadoopCalls.attempt(
                path,
                () -> {
                    Path real = load(path).getPath();
                    boolean whole = true;
                    if (mode.isPresent()) {
                        FsPermission bits = new FsPermission(mode.get().shortValue());
                        whole = isApplied(() -> place.setPermission(real, bits));
                    }
                    if (owner.isPresent() || group.isPresent()) {
                        String user = owner.orElse(null);
                        String others = group.orElse(null);
                        whole &= isApplied(() -> place.setOwner(real, user, others));
                    }
                    return whole;
                });
    }

    /** False when the place refuses, or has no such thing. */
    private static boolean isApplied(HadoopCalls.Step change) throws IOException {
        try {
            change.run();
            return true;
        } catch (AccessControlException | UnsupportedOperationException e) {
            return false;
        }
    }

    @Override
    public void close() {
        HadoopCalls.attempt(uri, place::close);
    }

    /** The deepest directory on the way that exists already. */
    private Path nearestDirectory(FilePath path) throws IOException {
        for (int depth = path.depth(); depth > 0; depth--) {
            Optional<FileStatus> there = find(path.prefix(depth));
            if (there.isPresent()) {
                if (!there.get().isDirectory()) {
                    throw new NotADirectory("not a directory", path.prefix(depth));
                }
                return there.get().getPath();
            }
        }
        return paths.of(FilePath.ROOT);
    }

    private void requireNoDirectory(FilePath path) throws IOException {
        if (find(path).filter(FileStatus::isDirectory).isPresent()) {
            throw new IsADirectory("a directory has this name", path);
        }
    }

    private FileStatus load(FilePath path) throws IOException {
        return find(path).orElseThrow(() -> new NotFound("no such file or directory", path));
    }

    private Optional<FileStatus> find(FilePath path) throws IOException {
        if (isDraft(path)) {
            return Optional.empty();
        }
        try {
            return Optional.of(place.getFileStatus(paths.of(path)));
        } catch (FileNotFoundException | ParentNotDirectoryException e) {
            return Optional.empty();
        }
    }

    private static Name nameOf(FilePath path) {
        return path.isRoot() ? Name.of("mounted") : path.name();
    }

    private static boolean isDraft(FilePath path) {
        return !path.isRoot() && HadoopDrafts.isDraft(path.name().toString());
    }

    private static void refuseDraft(FilePath path) {
        if (isDraft(path)) {
            throw new Invalid("this name is kept for files in the making", path);
        }
    }

    private void refuseRoot(FilePath path) {
        if (path.isRoot()) {
            throw new Invalid("the mounted folder itself cannot be changed", uri);
        }
    }
}
