package dev.forebay.node;

import dev.forebay.base.FilePath;
import dev.forebay.base.MetadataLoad;
import dev.forebay.base.Principal;
import dev.forebay.base.ReadType;
import dev.forebay.client.AppendOptions;
import dev.forebay.client.AttributeChange;
import dev.forebay.client.BlockFiles;
import dev.forebay.client.CreateDirectoryOptions;
import dev.forebay.client.CreateOptions;
import dev.forebay.client.DeleteOptions;
import dev.forebay.client.FileClient;
import dev.forebay.client.FileReader;
import dev.forebay.client.FileStatus;
import dev.forebay.client.FileWriter;
import dev.forebay.client.FilesException;
import dev.forebay.client.ListOptions;
import dev.forebay.client.Mode;
import dev.forebay.client.Mounts;
import dev.forebay.client.OpenOptions;
import dev.forebay.client.RenameOptions;
import dev.forebay.client.Residency;
import dev.forebay.client.Security;
import dev.forebay.client.Snapshots;
import dev.forebay.client.Status;
import dev.forebay.client.Usage;
import dev.forebay.files.FileEngine;
import dev.forebay.files.LeasedFileEngine;
import dev.forebay.objects.Lender;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The Java API on the engine of the same process: no socket, no copy through JSON. */
final class EmbeddedFiles implements FileClient {
    /** Who has the leases of files that are continued through the API. */
    static final String HOLDER = "java-api";

    private final LeasedFileEngine engine;
    private final Lender lender;
    private final Principal caller;
    private final long blockSize;

    /**
     * Takes its parts.
     *
     * @param blockSize bytes of a block where the creator of a file names none
     */
    EmbeddedFiles(LeasedFileEngine engine, Lender lender, Principal caller, long blockSize) {
        this.engine = engine;
        this.lender = lender;
        this.caller = caller;
        this.blockSize = blockSize;
    }

    static FilePath parse(String path) {
        return FilePath.parse(path);
    }

    @Override
    public FileStatus stat(String path, MetadataLoad load) {
        return EmbeddedErrors.call(() -> EmbeddedStatus.of(engine.stat(caller, parse(path), load)));
    }

    @Override
    public Optional<FileStatus> find(String path) {
        try {
            return Optional.of(stat(path));
        } catch (FilesException.NotFound | FilesException.InvalidArgument e) {
            FilePath wellFormed = EmbeddedErrors.call(() -> parse(path));
            assert wellFormed.depth() >= 0;
            return Optional.empty();
        }
    }

    @Override
    public Stream<FileStatus> list(String path, ListOptions options) {
        List<FileStatus> found = new ArrayList<>();
        EmbeddedErrors.run(
                () ->
                        engine.list(
                                caller,
                                parse(path),
                                new FileEngine.ListOptions(options.recursive(), options.load()),
                                status -> found.add(EmbeddedStatus.of(status))));
        return found.stream();
    }

    @Override
    public void createDirectory(String path, CreateDirectoryOptions options) {
        dev.forebay.files.CreateOptions none = dev.forebay.files.CreateOptions.DEFAULT;
        var wanted =
                new dev.forebay.files.CreateOptions(
                        options.recursive(),
                        options.allowExists(),
                        octal(options.mode()),
                        options.writeType(),
                        none.ttl(),
                        none.blockSize(),
                        none.replicationMin(),
                        none.replicationMax(),
                        none.replicationDurable());
        EmbeddedErrors.call(() -> engine.createDirectory(caller, parse(path), wanted));
    }

    static OptionalInt octal(Optional<Mode> mode) {
        return mode.map(bits -> OptionalInt.of(bits.octal())).orElse(OptionalInt.empty());
    }

    @Override
    public FileReader open(String path, OpenOptions options) {
        ReadType type = options.readType().orElse(ReadType.CACHE);
        return EmbeddedErrors.call(
                () -> new EmbeddedReader(this, path, engine.open(caller, parse(path), type)));
    }

    @Override
    public FileWriter create(String path, CreateOptions options) {
        Optional<dev.forebay.files.FileStatus.Ttl> ttl =
                options.ttlMillis().isPresent()
                        ? Optional.of(
                                new dev.forebay.files.FileStatus.Ttl(
                                        options.ttlMillis().getAsLong(),
                                        options.ttlAction()
                                                .orElse(
                                                        dev.forebay.files.FileStatus.Ttl.NONE
                                                                .action())))
                        : Optional.empty();
        var wanted =
                new dev.forebay.files.CreateOptions(
                        options.recursive(),
                        options.overwrite(),
                        octal(options.mode()),
                        options.writeType(),
                        ttl,
                        options.blockSize(),
                        options.replication().min(),
                        options.replication().max(),
                        options.replication().durable());
        return EmbeddedErrors.call(
                () -> new EmbeddedWriter(this, engine.create(caller, parse(path), wanted)));
    }

    @Override
    public FileWriter append(String path, AppendOptions options) {
        return EmbeddedErrors.call(
                () -> new EmbeddedWriter(this, engine.append(caller, parse(path), HOLDER)));
    }

    static FilesException unsupported(String what) {
        return FilesException.of(
                Status.UNIMPLEMENTED, "the embedded files engine cannot do this", what);
    }

    @Override
    public void delete(String path, DeleteOptions options) {
        EmbeddedErrors.run(
                () ->
                        engine.delete(
                                caller,
                                parse(path),
                                new dev.forebay.files.DeleteOptions(
                                        options.recursive(), options.keepUnderStore())));
    }

    @Override
    public void rename(String source, String target, RenameOptions options) {
        EmbeddedErrors.run(
                () -> {
                    if (options.overwrite()) {
                        engine.replace(caller, parse(source), parse(target));
                    } else {
                        engine.rename(caller, parse(source), parse(target));
                    }
                });
    }

    @Override
    public void setAttributes(String path, AttributeChange change) {
        var wanted =
                new dev.forebay.files.AttributeChange(
                        change.owner(),
                        change.group(),
                        octal(change.mode()),
                        change.pinned(),
                        change.ttlMillis(),
                        change.ttlAction(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        change.recursive());
        EmbeddedErrors.run(() -> engine.setAttributes(caller, parse(path), wanted));
    }

    @Override
    public Usage usage() {
        FileEngine.Usage usage = EmbeddedErrors.call(engine::usage);
        return new Usage(
                usage.memoryCapacity(),
                usage.memoryUsed(),
                usage.diskFree(),
                OptionalLong.of(usage.diskCapacity()),
                OptionalLong.of(usage.diskUsed()));
    }

    @Override
    public <T> T as(Class<T> power) {
        if (power == Residency.class) {
            return power.cast(new EmbeddedResidency(this, engine, lender, caller));
        }
        if (power == Mounts.class) {
            return power.cast(new EmbeddedMounts(this, engine, caller));
        }
        if (power == BlockFiles.class) {
            return power.cast(new EmbeddedBlocks(engine, caller, blockSize));
        }
        if (power == Security.class) {
            return power.cast(new EmbeddedSecurity(engine, caller));
        }
        if (power == Snapshots.class) {
            return power.cast(new EmbeddedSnapshots(engine.snapshots(), caller));
        }
        throw unsupported(power.getSimpleName());
    }

    @Override
    public void close() {
        // the node owns the engine
    }
}
