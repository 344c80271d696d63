package dev.forebay.client;

import dev.forebay.base.FilePath;
import dev.forebay.base.MetadataLoad;
import dev.forebay.base.error.Invalid;
import dev.forebay.client.rest.RequestTarget;

import java.util.Optional;
import java.util.stream.Stream;

/** Files over the Alluxio REST, of a Forebay node or of Alluxio's own proxy. */
final class AlluxioFiles implements FileClient {
    /** How errors name this wire. */
    static final String WIRE = "the Alluxio REST";

    private final AlluxioCalls calls;
    private final Optional<AdminListener> admin;

    /**
     * Takes its parts.
     *
     * @param admin for what the wire lacks; absent when it is not known
     */
    AlluxioFiles(AlluxioCalls calls, Optional<AdminListener> admin) {
        this.calls = calls;
        this.admin = admin;
    }

    @Override
    public FileStatus stat(String path, MetadataLoad load) {
        return FileStatusDecoder.decode(calls.path(path, "get-status", OptionEncoder.encode(load)));
    }

    @Override
    public Optional<FileStatus> find(String path) {
        try {
            return Optional.of(stat(path));
        } catch (FilesException.NotFound e) {
            return Optional.empty();
        } catch (FilesException.InvalidArgument e) {
            // a malformed path and a component that is a file give the same status
            if (!wellFormed(path)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static boolean wellFormed(String path) {
        try {
            FilePath parsed = FilePath.parse(path);
            return parsed.depth() >= 0;
        } catch (Invalid e) {
            return false;
        }
    }

    @Override
    public Stream<FileStatus> list(String path, ListOptions options) {
        return calls.list(path, OptionEncoder.encode(options));
    }

    @Override
    public void createDirectory(String path, CreateDirectoryOptions options) {
        calls.path(path, "create-directory", OptionEncoder.encode(options));
    }

    @Override
    public FileReader open(String path, OpenOptions options) {
        return new AlluxioReader(calls, path, options);
    }

    @Override
    public FileWriter create(String path, CreateOptions options) {
        long id = calls.openStream(path, "create-file", OptionEncoder.encode(options));
        return new AlluxioWriter(calls, path, id);
    }

    @Override
    public FileWriter append(String path, AppendOptions options) {
        throw unsupported("append");
    }

    @Override
    public void delete(String path, DeleteOptions options) {
        calls.path(path, "delete", OptionEncoder.encode(options));
    }

    @Override
    public void rename(String source, String target, RenameOptions options) {
        if (options.overwrite()) {
            throw unsupported("rename with overwrite");
        }
        calls.pathWith(source, "rename?dst=" + RequestTarget.query(target), OptionEncoder.none());
    }

    @Override
    public void setAttributes(String path, AttributeChange change) {
        calls.path(path, "set-attribute", OptionEncoder.encode(change));
    }

    @Override
    public Usage usage() {
        return admin.orElseThrow(() -> unsupported("usage")).usage();
    }

    @Override
    public <T> T as(Class<T> power) {
        if (power == Residency.class) {
            return power.cast(new AlluxioResidency(this, calls, admin));
        }
        if (power == Mounts.class) {
            return power.cast(new AlluxioMounts(this, calls, admin));
        }
        if (power == Snapshots.class && admin.isPresent()) {
            return power.cast(new AlluxioSnapshots(admin.get()));
        }
        throw unsupported(power.getSimpleName());
    }

    @Override
    public void close() {
        // each request has its own connection, which the platform keeps or drops by itself
    }

    static FilesException unsupported(String what) {
        return FilesException.of(Status.UNIMPLEMENTED, "not possible over " + WIRE, what);
    }
}
