package dev.forebay.files;

import dev.forebay.arena.Arena;
import dev.forebay.base.BlockId;
import dev.forebay.base.Clock;
import dev.forebay.base.FilePath;
import dev.forebay.base.InodeId;
import dev.forebay.base.MetadataLoad;
import dev.forebay.base.Name;
import dev.forebay.base.PersistenceState;
import dev.forebay.base.Principal;
import dev.forebay.base.ReadType;
import dev.forebay.base.WriteType;
import dev.forebay.base.error.Closed;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.NotADirectory;
import dev.forebay.base.error.NotEmpty;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.PermissionDenied;
import dev.forebay.base.error.Unsupported;
import dev.forebay.base.unix.UnixDescriptor;
import dev.forebay.block.BlockStore;
import dev.forebay.block.Headroom;
import dev.forebay.meta.MetaStore;
import dev.forebay.meta.Transaction;
import dev.forebay.understore.UnderStoreFactory;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The files engine of a node, over its metadata store, block store and arena. */
public final class NodeFileEngine implements LeasedFileEngine, SupportsHolding, SharesBlockFiles {
    private static final int ROOT_MODE = 0755;

    /** The version of everything the engine stores; a store of another version is refused. */
    private static final long FORMAT_VERSION = 1;

    private static final byte[] FORMAT_KEY = "files".getBytes(StandardCharsets.US_ASCII);

    private final Parts parts;
    private final StatusBuilder statuses;
    private final Removal removal;
    private final UnderSync sync;
    private final Walk walk;
    private final Creation creation;
    private final Renaming renaming;
    private final Construction construction;
    private final Opening opening;
    private final Attributes attributes;
    private final ExtendedAttributes extended;
    private final Quotas quotas;
    private final StoragePolicies policies;
    private final NodeSnapshots snapshots;
    private final MemoryControl memory;
    private final Persister persister;
    private final Mounting mounting;
    private final Maintenance maintenance;
    private volatile boolean closed;

    /**
     * What an engine stands on; closing the engine does not close them.
     *
     * @param store opened with {@link FileSpaces#all}
     * @param blocks blocks on disk
     * @param arena shared memory
     * @param underStores what can be mounted
     */
    public record Stores(
            MetaStore store, BlockStore blocks, Arena arena, List<UnderStoreFactory> underStores) {}

    private NodeFileEngine(Stores stores, FilesConfig config, Clock clock, Principal node) {
        MetaStore store = new KeepingStore(stores.store());
        this.parts =
                new Parts(
                        store,
                        stores.blocks(),
                        new Headroom(stores.blocks()::usableSpace, 0),
                        new BlockCache(stores.arena()),
                        new MountTable(stores.underStores()),
                        new DeferredTimes(store, clock),
                        new ChildCounts(),
                        new CommitGate(),
                        new Leases(clock),
                        new SafeMode(),
                        new OpenFiles(),
                        new IdRange(store),
                        new BufferPool(),
                        config,
                        clock);
        this.statuses = new StatusBuilder(parts);
        this.removal = new Removal(parts);
        this.sync =
                new UnderSync(
                        parts, removal, new FileStatus.Access(node.user(), node.primaryGroup(), 0));
        this.walk = new Walk(parts, sync);
        this.creation = new Creation(parts);
        this.renaming = new Renaming(parts, removal);
        this.persister = new Persister(parts, statuses);
        Recovery recovery = new Recovery(parts, persister::submit);
        this.opening = new Opening(parts, statuses, recovery);
        this.attributes = new Attributes(parts, walk);
        this.extended = new ExtendedAttributes(parts);
        this.quotas = new Quotas(parts);
        this.policies = new StoragePolicies(parts);
        this.snapshots = new NodeSnapshots(parts, statuses);
        this.memory = new MemoryControl(parts, walk, opening);
        this.mounting = new Mounting(parts, removal, persister);
        this.construction =
                new Construction(
                        parts,
                        opening,
                        new NodeFileWriter.After(persister::submit, recovery, removal));
        TtlExpiry expiry = new TtlExpiry(parts, removal, memory, attributes);
        this.maintenance =
                new Maintenance(
                        parts,
                        new Maintenance.Tasks(
                                expiry,
                                removal,
                                persister,
                                construction,
                                recovery,
                                new SnapshotSweep(parts, removal)));
    }

    /**
     * Opens the namespace, making the root at the first start, and begins background work.
     *
     * @param node who owns the root and what mounted stores give no owner for
     */
    public static NodeFileEngine open(
            Stores stores, FilesConfig config, Clock clock, Principal node) {
        NodeFileEngine engine = new NodeFileEngine(stores, config, clock, node);
        stores.store().update(tx -> makeRoot(tx, clock, node));
        engine.parts.mounts().load(stores.store());
        engine.maintenance.start();
        return engine;
    }

    private static void makeRoot(Transaction tx, Clock clock, Principal node) {
        Optional<byte[]> format = tx.getForUpdate(FileSpaces.FORMAT, FORMAT_KEY);
        if (format.isPresent()) {
            requireFormat(FileSpaces.number(format.get(), 0));
            return;
        }
        tx.put(FileSpaces.FORMAT, FORMAT_KEY, FileSpaces.key(FORMAT_VERSION));
        long now = clock.millis();
        Tree.put(
                tx,
                new Inode(
                        InodeId.ROOT,
                        new Inode.Link(InodeId.ROOT, Name.of("root"), Mount.NATIVE, false),
                        true,
                        new FileStatus.Access(node.user(), node.primaryGroup(), ROOT_MODE),
                        new FileStatus.Times(now, now, now),
                        FileStatus.Ttl.NONE,
                        new FileStatus.Layout(0, 0, 0, 0),
                        0,
                        new Inode.State(
                                true,
                                false,
                                true,
                                PersistenceState.PERSISTED,
                                WriteType.CACHE_THROUGH,
                                "",
                                1,
                                0)));
    }

    private static void requireFormat(long version) {
        if (version != FORMAT_VERSION) {
            throw new Unsupported("data folder is of another format version", version);
        }
    }

    /** The chain of a path whose mounted parts were loaded as far as {@code load} says. */
    private Chain locate(FilePath path, MetadataLoad load) {
        if (closed) {
            throw new Closed("the node is stopping", path);
        }
        sync.prepare(path, load);
        return parts.store().read(reader -> Tree.resolve(reader, path));
    }

    @Override
    public FileStatus stat(Principal caller, FilePath path, MetadataLoad load) {
        if (closed) {
            throw new Closed("the node is stopping", path);
        }
        sync.prepare(path, load);
        while (true) {
            long ended = parts.leases().ended();
            FileStatus status =
                    parts.store()
                            .read(
                                    reader -> {
                                        Chain chain = Tree.resolve(reader, path);
                                        Permissions.requireTraverse(caller, chain);
                                        return statuses.build(reader, chain);
                                    });
            // a file completed between the snapshot and the look at its lease would seem to shrink
            if (status.completed() || ended == parts.leases().ended()) {
                return status;
            }
        }
    }

    @Override
    public boolean exists(Principal caller, FilePath path, MetadataLoad load) {
        Chain chain = locate(path, load);
        Permissions.requireTraverse(caller, chain);
        return chain.complete();
    }

    @Override
    public void list(
            Principal caller, FilePath path, ListOptions options, Consumer<FileStatus> consumer) {
        Chain chain = locate(path, options.load());
        Permissions.requireTraverse(caller, chain);
        Inode target = chain.target();
        Permissions.require(caller, target, Permissions.READ, chain);
        if (!target.directory()) {
            consumer.accept(stat(caller, path, MetadataLoad.NEVER));
            return;
        }
        Consumer<StatusBuilder.Found> found =
                each -> consumer.accept(parts.store().read(reader -> statuses.build(reader, each)));
        if (options.recursive()) {
            walk.below(chain, options.load(), found);
        } else {
            sync.prepareChildren(chain, options.load());
            walk.children(chain, found);
        }
    }

    @Override
    public FileStatus createDirectory(Principal caller, FilePath path, CreateOptions options) {
        requireWritable(path);
        sync.prepare(path, MetadataLoad.ONCE);
        WriteType writeType = options.writeType().orElse(parts.config().writeType());
        Creation.Wanted wanted = new Creation.Wanted(path, true, options, writeType, "");
        Creation.Made made = creation.create(caller, wanted, creation.ids(wanted));
        if (!made.existed() && Creation.writesThrough(writeType)) {
            parts.mounts()
                    .find(path)
                    .ifPresent(mount -> mount.store().createDirectories(mount.inside(path)));
        }
        return stat(caller, path, MetadataLoad.NEVER);
    }

    @Override
    public FileWriter create(Principal caller, FilePath path, CreateOptions options) {
        requireWritable(path);
        WriteType writeType = options.writeType().orElse(parts.config().writeType());
        Chain chain = locate(path, MetadataLoad.ONCE);
        return makeFile(caller, new Creation.Wanted(path, false, options, writeType, ""), chain);
    }

    private NodeFileWriter makeFile(Principal caller, Creation.Wanted wanted, Chain chain) {
        boolean replaces =
                wanted.options().allowExists() && chain.complete() && !chain.target().directory();
        if (replaces && chain.target().mounted()) {
            // what the mounted store has must not come back while the new file is being written
            removal.delete(caller, chain, DeleteOptions.DEFAULT);
        }
        List<InodeId> ids = creation.ids(wanted);
        parts.leases().begin(ids);
        try {
            Creation.Made made = creation.create(caller, wanted, ids);
            made.replaced().ifPresent(old -> removal.dropBlocks(old.inode(), old.extents()));
            return construction.begin(made.last(), wanted.path(), wanted.holder());
        } finally {
            parts.leases().began(ids);
        }
    }

    private void requireWritable(FilePath path) {
        parts.requireChangeable(path);
        parts.mounts()
                .statusOf(path)
                .filter(MountStatus::readOnly)
                .ifPresent(
                        mount -> {
                            throw new PermissionDenied("the mount is read-only", path);
                        });
    }

    @Override
    public FileReader open(Principal caller, FilePath path, ReadType readType) {
        return openBlocks(caller, path, readType);
    }

    @Override
    public HeldFile hold(Principal caller, FilePath path) {
        try (BlockFileReader reader = openBlocks(caller, path, ReadType.CACHE)) {
            return reader.hold();
        }
    }

    @Override
    public Optional<HeldFile> holdCached(Principal caller, FilePath path) {
        try (BlockFileReader reader = openBlocks(caller, path, ReadType.NO_CACHE)) {
            return reader.holdCached();
        }
    }

    private BlockFileReader openBlocks(Principal caller, FilePath path, ReadType wanted) {
        // no second copy of what is in memory already
        ReadType readType = parts.mounts().presented(path) ? ReadType.NO_CACHE : wanted;
        Chain chain = locate(path, MetadataLoad.ONCE);
        Permissions.requireTraverse(caller, chain);
        Permissions.require(caller, chain.target(), Permissions.READ, chain);
        sync.verify(chain);
        return opening.open(chain, readType);
    }

    @Override
    public void delete(Principal caller, FilePath path, DeleteOptions options) {
        if (path.isRoot()) {
            if (options.recursive()) {
                throw new PermissionDenied("the root cannot be deleted", path);
            }
            throw new NotEmpty("the root cannot be deleted", path);
        }
        parts.requireChangeable(path);
        if (!parts.mounts().presented(path)) {
            requireWritable(path);
        }
        Chain chain = locate(path, MetadataLoad.ONCE);
        Permissions.requireTraverse(caller, chain);
        if (chain.target().directory() && !options.recursive()) {
            sync.prepareChildren(chain, MetadataLoad.ONCE);
        }
        removal.delete(caller, chain, options);
    }

    @Override
    public void rename(Principal caller, FilePath source, FilePath target) {
        rename(caller, source, target, false);
    }

    private void rename(Principal caller, FilePath source, FilePath target, boolean replace) {
        if (source.isRoot() || target.isRoot()) {
            throw new Invalid("the root cannot be renamed or replaced", source);
        }
        requireWritable(source);
        requireWritable(target);
        Chain from = locate(source, MetadataLoad.ONCE);
        Permissions.requireTraverse(caller, from);
        if (!from.complete()) {
            throw from.absent();
        }
        if (source.equals(target)) {
            return;
        }
        if (source.contains(target)) {
            throw new Invalid("a path cannot move below itself", target);
        }
        Chain to = locate(target, MetadataLoad.ONCE);
        Permissions.requireTraverse(caller, to);
        if (!to.parentComplete() && !to.deepest().directory()) {
            throw new NotADirectory("a component of the target is a file", target);
        }
        if (!to.parentComplete()) {
            throw new NotFound("path does not exist", target.parent());
        }
        renaming.rename(caller, from, to, replace);
    }

    @Override
    public void setAttributes(Principal caller, FilePath path, AttributeChange change) {
        parts.requireChangeable(path);
        boolean access =
                change.owner().isPresent()
                        || change.group().isPresent()
                        || change.mode().isPresent();
        if (access) {
            requireWritable(path);
        }
        attributes.change(caller, locate(path, MetadataLoad.ONCE), change);
    }

    @Override
    public void free(Principal caller, FilePath path, FreeOptions options) {
        Chain chain = locate(path, MetadataLoad.ONCE);
        Permissions.requireTraverse(caller, chain);
        memory.free(chain, options);
    }

    @Override
    public void load(Principal caller, FilePath path, boolean recursive) {
        Chain chain = locate(path, MetadataLoad.ONCE);
        Permissions.requireTraverse(caller, chain);
        Permissions.require(caller, chain.target(), Permissions.READ, chain);
        memory.load(chain, recursive);
    }

    @Override
    public MountStatus mount(Principal caller, FilePath path, MountRequest request) {
        parts.requireChangeable(path);
        return mounting.mount(caller, locate(path, MetadataLoad.ONCE), request);
    }

    @Override
    public void unmount(Principal caller, FilePath path) {
        parts.requireChangeable(path);
        mounting.unmount(caller, locate(path, MetadataLoad.ONCE));
    }

    @Override
    public List<MountStatus> mounts(Principal caller) {
        return parts.mounts().list();
    }

    @Override
    public Usage usage() {
        return new Usage(
                parts.cache().capacity(),
                parts.cache().used(),
                parts.blocks().usableSpace(),
                parts.blocks().heldBytes() + storeBytes());
    }

    /** What names and small files take on the disk, as far as the store says. */
    private long storeBytes() {
        Map<String, Long> figures = parts.store().statistics();
        return Stream.of("memtables_bytes", "table_files_bytes", "blob_files_bytes")
                .mapToLong(figure -> figures.getOrDefault(figure, 0L))
                .sum();
    }

    @Override
    public WriteType defaultWriteType() {
        return parts.config().writeType();
    }

    /** Files with readers or a writer now. */
    public int openFiles() {
        return parts.open().size();
    }

    @Override
    public LeasedWriter create(
            Principal caller, FilePath path, CreateOptions options, String holder) {
        requireWritable(path);
        Chain chain = locate(path, MetadataLoad.ONCE);
        if (chain.complete() && !options.allowExists()) {
            Permissions.requireTraverse(caller, chain);
            construction.claim(chain.target(), path);
        }
        boolean mounted = parts.mounts().find(path).isPresent();
        WriteType writeType =
                options.writeType().orElse(mounted ? WriteType.ASYNC_THROUGH : WriteType.THROUGH);
        var wanted = new Creation.Wanted(path, false, options, writeType, holder);
        return makeFile(caller, wanted, chain);
    }

    @Override
    public LeasedWriter append(Principal caller, FilePath path, String holder) {
        requireWritable(path);
        return construction.resume(existing(caller, path), OptionalLong.empty(), holder);
    }

    private Construction.Existing existing(Principal caller, FilePath path) {
        return new Construction.Existing(caller, path, this::locateVerified);
    }

    private Chain locateVerified(FilePath path) {
        sync.verify(locate(path, MetadataLoad.ONCE));
        return locate(path, MetadataLoad.NEVER);
    }

    @Override
    public LeasedWriter writer(InodeId file, String holder) {
        return construction.writer(file, holder);
    }

    @Override
    public void renewLeases(String holder) {
        parts.leases().renew(holder);
    }

    @Override
    public void recoverLease(Principal caller, FilePath path) {
        parts.requireChangeable(path);
        construction.recoverLease(existing(caller, path));
    }

    @Override
    public FileReader openBlock(BlockId block) {
        return opening.open(block);
    }

    @Override
    public UnixDescriptor openDescriptor(BlockId block) {
        return opening.descriptor(block);
    }

    @Override
    public boolean contains(BlockId block) {
        return opening.contains(block);
    }

    @Override
    public void truncate(Principal caller, FilePath path, long length) {
        requireWritable(path);
        construction.truncate(existing(caller, path), length);
    }

    @Override
    public void concat(Principal caller, FilePath target, List<FilePath> sources) {
        requireWritable(target);
        sources.forEach(this::requireWritable);
        construction.concat(
                existing(caller, target),
                sources.stream().map(source -> existing(caller, source)).toList());
    }

    @Override
    public void replace(Principal caller, FilePath source, FilePath target) {
        rename(caller, source, target, true);
    }

    @Override
    public boolean setReplication(Principal caller, FilePath path, int replication) {
        requireWritable(path);
        return attributes.setReplication(caller, locate(path, MetadataLoad.ONCE), replication);
    }

    @Override
    public void changeAcl(Principal caller, FilePath path, Acl.Change change) {
        requireWritable(path);
        attributes.changeAcl(caller, locate(path, MetadataLoad.ONCE), change);
    }

    @Override
    public List<ExtendedAttribute> extendedAttributes(Principal caller, FilePath path) {
        return extended.list(caller, locate(path, MetadataLoad.ONCE));
    }

    @Override
    public List<String> extendedAttributeNames(Principal caller, FilePath path) {
        return extended.names(caller, locate(path, MetadataLoad.ONCE));
    }

    @Override
    public void setExtendedAttribute(
            Principal caller, FilePath path, ExtendedAttribute attribute, AttributeWrite write) {
        requireWritable(path);
        extended.set(caller, locate(path, MetadataLoad.ONCE), attribute, write);
    }

    @Override
    public void removeExtendedAttribute(Principal caller, FilePath path, String name) {
        requireWritable(path);
        extended.remove(caller, locate(path, MetadataLoad.ONCE), name);
    }

    @Override
    public void setQuota(Principal caller, FilePath path, Quota.Change change) {
        parts.requireChangeable(path);
        quotas.set(caller, locate(path, MetadataLoad.ONCE), change);
    }

    @Override
    public void setStoragePolicy(Principal caller, FilePath path, Optional<StoragePolicy> policy) {
        requireWritable(path);
        policies.set(caller, locate(path, MetadataLoad.ONCE), policy);
    }

    @Override
    public Snapshots snapshots() {
        return snapshots;
    }

    @Override
    public void setSafeMode(Principal caller, boolean on) {
        Permissions.requireSuperuser(caller, "safe mode");
        parts.safeMode().set(on);
    }

    @Override
    public boolean safeMode() {
        return parts.safeMode().on();
    }

    @Override
    public List<OpenFile> openFiles(Principal caller, FilePath below, InodeId after, int limit) {
        Permissions.requireSuperuser(caller, below);
        return construction.open(below, after, limit);
    }

    @Override
    public void requireAccess(Principal caller, FilePath path, int rights) {
        Chain chain = locate(path, MetadataLoad.ONCE);
        Permissions.requireTraverse(caller, chain);
        Permissions.require(caller, chain.target(), rights, chain);
    }

    @Override
    public Optional<FilePath> findPath(InodeId id) {
        return parts.store().read(reader -> Tree.path(reader, id));
    }

    @Override
    public Page page(
            Principal caller, FilePath path, MetadataLoad load, Optional<Name> after, int limit) {
        Chain chain = locate(path, load);
        Permissions.requireTraverse(caller, chain);
        if (!chain.target().directory()) {
            return new Page(
                    after.isPresent() ? List.of() : List.of(stat(caller, path, MetadataLoad.NEVER)),
                    0);
        }
        Permissions.require(caller, chain.target(), Permissions.READ, chain);
        if (after.isEmpty()) {
            sync.prepareChildren(chain, load);
        }
        return walk.page(chain, after, limit, statuses);
    }

    @Override
    public Summary summarize(Principal caller, FilePath path) {
        Chain chain = locate(path, MetadataLoad.ONCE);
        Permissions.requireTraverse(caller, chain);
        return walk.summarize(caller, chain, statuses, quotas.of(chain.target()));
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        maintenance.close();
        construction.syncFlushed();
        persister.close();
        parts.times().flush();
        parts.mounts().close();
    }
}
