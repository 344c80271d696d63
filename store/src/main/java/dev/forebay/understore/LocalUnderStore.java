package dev.forebay.understore;

import dev.forebay.base.Disk;
import dev.forebay.base.FilePath;
import dev.forebay.base.LocalAttributes;
import dev.forebay.base.LocalFolder;
import dev.forebay.base.Name;
import dev.forebay.base.error.AlreadyExists;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.IsADirectory;
import dev.forebay.base.error.NotADirectory;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.PermissionDenied;
import dev.forebay.base.error.Unsupported;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A folder of this machine.
 *
 * <p>A fingerprint is length, time of last change in nanoseconds, and inode. Files appear by
 * rename, after their bytes are durable. Symbolic links are followed while they stay in the folder
 * ({@link LocalFolder}); delete and rename take the link itself. Two calls of this node never
 * overwrite each other's rename; another process can.
 */
final class LocalUnderStore implements UnderStore, SupportsAttributes {
    /** Most entries of a directory, which are all held in memory to list it. */
    private static final int CHILDREN_MAX = 1_000_000;

    private final String uri;
    private final LocalFolder folder;
    private final LocalDrafts drafts;
    private final Disk disk;

    /** Held from the look whether a target is free until it is taken. */
    private final Object naming = new Object();

    LocalUnderStore(String uri, LocalFolder folder, LocalDrafts drafts) {
        this.uri = uri;
        this.folder = folder;
        this.drafts = drafts;
        this.disk = drafts.disk();
    }

    @Override
    public Optional<UnderStatus> stat(FilePath path) {
        return attempt(path, () -> find(path).flatMap(real -> status(path, real)));
    }

    private Optional<UnderStatus> status(FilePath path, Path real) {
        return attempt(
                path,
                () -> {
                    LocalAttributes attributes = folder.attributes(real);
                    return attributes.kind() == LocalAttributes.Kind.OTHER
                            ? Optional.empty()
                            : Optional.of(status(nameOf(path), attributes));
                });
    }

    @Override
    public List<UnderStatus> list(FilePath path) {
        return attempt(
                path,
                () -> {
                    Path directory = loadDirectory(path);
                    List<UnderStatus> statuses = new ArrayList<>();
                    for (LocalFolder.Child child : folder.list(directory, CHILDREN_MAX)) {
                        if (LocalDrafts.isDraft(child.name())) {
                            drafts.sweep(directory, child);
                        } else {
                            statuses.add(status(child.name(), child.attributes()));
                        }
                    }
                    if (statuses.size() > CHILDREN_MAX) {
                        throw new Unsupported("directory has over 1,000,000 entries", path);
                    }
                    return statuses;
                });
    }

    /** Deletes what earlier runs left in the mounted folder itself. */
    void sweep() {
        list(FilePath.ROOT);
    }

    @Override
    public InputStream open(FilePath path, Range range) {
        return attempt(
                path,
                () -> {
                    Path real = load(path);
                    switch (folder.attributes(real).kind()) {
                        case DIRECTORY ->
                                throw new IsADirectory("a directory cannot be read", path);
                        case LINK, OTHER -> throw new NotFound("no such file", path);
                        case FILE -> {}
                    }
                    return LocalRange.open(disk.open(real, Disk.Mode.READ), path, range);
                });
    }

    @Override
    public UnderWriter create(FilePath path) {
        refuseRoot(path);
        refuseDraft(path);
        return attempt(
                path,
                () -> {
                    Path draft = drafts.inside(nearestDirectory(path.parent()));
                    return new LocalWriter(this, path, draft);
                });
    }

    /**
     * Gives a finished draft its name; called by its writer.
     *
     * @throws IsADirectory when a directory has the name
     */
    UnderStatus publish(Path draft, FilePath path) throws IOException {
        synchronized (naming) {
            Path directory = makeDirectories(path.parent());
            Path target = LocalFolder.child(directory, path.name());
            if (find(path).isPresent() && kind(path) == LocalAttributes.Kind.DIRECTORY) {
                throw new IsADirectory("a directory has this name", path);
            }
            LocalAttributes attributes = folder.attributes(draft);
            disk.rename(draft, target);
            disk.syncDirectory(directory);
            return status(path.name(), attributes);
        }
    }

    @Override
    public boolean delete(FilePath path) {
        refuseRoot(path);
        return attempt(
                path,
                () -> {
                    Optional<Path> entry = findEntry(path);
                    if (entry.isEmpty()) {
                        return false;
                    }
                    if (folder.attributes(entry.get()).kind() == LocalAttributes.Kind.DIRECTORY) {
                        drafts.clear(entry.get());
                    }
                    disk.delete(entry.get());
                    disk.syncDirectory(load(path.parent()));
                    return true;
                });
    }

    @Override
    public void rename(FilePath source, FilePath target) {
        refuseRoot(source);
        refuseDraft(target);
        attempt(
                source,
                () -> {
                    synchronized (naming) {
                        renameAlone(source, target);
                    }
                    return true;
                });
    }

    private void renameAlone(FilePath source, FilePath target) throws IOException {
        Path from =
                findEntry(source)
                        .orElseThrow(() -> new NotFound("no such file or directory", source));
        if (target.isRoot() || find(target).isPresent()) {
            throw new AlreadyExists("target exists", target);
        }
        if (source.contains(target)) {
            throw new Invalid("target lies below the source", target);
        }
        Path directory = makeDirectories(target.parent());
        Path to = LocalFolder.child(directory, target.name());
        if (folder.isTaken(to)) {
            throw new AlreadyExists("target is a link that leads nowhere", target);
        }
        if (directory.startsWith(from)) {
            throw new Invalid("target lies below the source", target);
        }
        Path left = load(source.parent());
        disk.rename(from, to);
        disk.syncDirectory(directory);
        disk.syncDirectory(left);
    }

    @Override
    public void createDirectories(FilePath path) {
        refuseDraft(path);
        attempt(path, () -> makeDirectories(path));
    }

    @Override
    public boolean setAttributes(
            FilePath path, Optional<String> owner, Optional<String> group, Optional<Integer> mode) {
        return attempt(path, () -> LocalAttributes.change(load(path), owner, group, mode));
    }

    @Override
    public void close() {}

    /** Makes what is missing, each name durable; the real path of the last. */
    private Path makeDirectories(FilePath path) throws IOException {
        Path at = folder.root();
        for (int depth = 1; depth <= path.depth(); depth++) {
            FilePath prefix = path.prefix(depth);
            Optional<Path> next = findDirectory(prefix, at);
            if (next.isEmpty()) {
                Path made = LocalFolder.child(at, prefix.name());
                disk.createDirectories(made);
                disk.syncDirectory(at);
                next = Optional.of(made);
            }
            at = next.get();
        }
        return at;
    }

    /** The deepest directory on the way that exists already. */
    private Path nearestDirectory(FilePath path) throws IOException {
        Path at = folder.root();
        for (int depth = 1; depth <= path.depth(); depth++) {
            Optional<Path> next = findDirectory(path.prefix(depth), at);
            if (next.isEmpty()) {
                return at;
            }
            at = next.get();
        }
        return at;
    }

    /** A directory; empty when its name is free. */
    private Optional<Path> findDirectory(FilePath path, Path parent) throws IOException {
        Optional<Path> real = find(path);
        if (real.isPresent() && kind(path) != LocalAttributes.Kind.DIRECTORY) {
            throw new NotADirectory("not a directory", path);
        }
        if (real.isEmpty() && folder.isTaken(LocalFolder.child(parent, path.name()))) {
            throw new PermissionDenied("a link leads out of the mounted folder", path);
        }
        return real;
    }

    private LocalAttributes.Kind kind(FilePath path) throws IOException {
        return folder.attributes(load(path)).kind();
    }

    private Path loadDirectory(FilePath path) throws IOException {
        Path real = load(path);
        if (folder.attributes(real).kind() != LocalAttributes.Kind.DIRECTORY) {
            throw new NotADirectory("not a directory", path);
        }
        return real;
    }

    private Path load(FilePath path) throws IOException {
        return find(path).orElseThrow(() -> new NotFound("no such file or directory", path));
    }

    private Optional<Path> find(FilePath path) throws IOException {
        return isDraft(path) ? Optional.empty() : folder.find(path);
    }

    private Optional<Path> findEntry(FilePath path) throws IOException {
        return isDraft(path) ? Optional.empty() : folder.findEntry(path);
    }

    private Name nameOf(FilePath path) {
        return path.isRoot() ? Name.of("mounted") : path.name();
    }

    private static boolean isDraft(FilePath path) {
        return !path.isRoot() && LocalDrafts.isDraft(path.name());
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

    private static UnderStatus status(Name name, LocalAttributes attributes) {
        boolean directory = attributes.kind() == LocalAttributes.Kind.DIRECTORY;
        String fingerprint =
                attributes.length() + "-" + attributes.modifiedNanos() + "-" + attributes.fileKey();
        return new UnderStatus(
                name,
                directory,
                directory ? 0 : attributes.length(),
                TimeUnit.NANOSECONDS.toMillis(attributes.modifiedNanos()),
                attributes.owner(),
                attributes.group(),
                attributes.mode(),
                directory ? "" : fingerprint);
    }

    Disk disk() {
        return disk;
    }

    /** Runs work on the file system with its errors made ours. */
    static <T> T attempt(FilePath path, Work<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw LocalErrors.of(e, path);
        }
    }

    /** Work that reads or changes files. */
    interface Work<T> {
        T run() throws IOException;
    }
}
