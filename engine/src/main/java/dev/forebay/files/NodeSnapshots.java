package dev.forebay.files;

import dev.forebay.base.FilePath;
import dev.forebay.base.InodeId;
import dev.forebay.base.Name;
import dev.forebay.base.Principal;
import dev.forebay.base.error.AlreadyExists;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.InvalidState;
import dev.forebay.base.error.NotADirectory;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.Unsupported;
import dev.forebay.meta.Reader;
import dev.forebay.meta.Transaction;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Makes, removes and lists snapshots. */
final class NodeSnapshots implements Snapshots {
    /** As in Snapshot.java of HDFS, in universal time. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("'s'yyyyMMdd-HHmmss.SSS").withZone(ZoneOffset.UTC);

    private final Parts parts;
    private final StatusBuilder statuses;

    NodeSnapshots(Parts parts, StatusBuilder statuses) {
        this.parts = parts;
        this.statuses = statuses;
    }

    @Override
    public void allow(Principal caller, FilePath directory) {
        parts.requireChangeable(directory);
        Permissions.requireSuperuser(caller, directory);
        Chain chain = directory(caller, directory);
        if (chain.target().mounted() || parts.mounts().anyBelow(directory)) {
            throw new Unsupported("a directory with files of a mount has no snapshots", directory);
        }
        parts.store().update(tx -> allow(tx, chain, true));
    }

    @Override
    public void disallow(Principal caller, FilePath directory) {
        parts.requireChangeable(directory);
        Permissions.requireSuperuser(caller, directory);
        Chain chain = directory(caller, directory);
        parts.store().update(tx -> allow(tx, chain, false));
    }

    private static void allow(Transaction tx, Chain chain, boolean allowed) {
        SnapshotRows.lockAlone(tx);
        Inode now = lock(tx, chain);
        byte[] key = FileSpaces.key(now.id());
        if (allowed) {
            tx.put(FileSpaces.SNAPSHOT_ROOT, key, FileSpaces.EMPTY);
        } else {
            if (SnapshotRows.count(tx, now.id()) > 0) {
                throw new InvalidState(
                        "the directory has snapshots, which must be removed before", chain.path());
            }
            tx.delete(FileSpaces.SNAPSHOT_ROOT, key);
        }
        Inode.Past past = now.past();
        Tree.put(tx, now.withPast(new Inode.Past(allowed, past.born(), past.covers())));
    }

    private static Inode lock(Transaction tx, Chain chain) {
        return Tree.lock(tx, chain.target().id())
                .orElseThrow(() -> new NotFound("path does not exist", chain.path()));
    }

    private Chain directory(Principal caller, FilePath path) {
        Chain chain = parts.store().read(reader -> Tree.resolve(reader, path));
        Permissions.requireTraverse(caller, chain);
        if (!chain.target().directory()) {
            throw new NotADirectory("only a directory has snapshots", path);
        }
        return chain;
    }

    /** A directory that may have snapshots. */
    private Chain root(Principal caller, FilePath path) {
        Chain chain = directory(caller, path);
        requireAllowed(chain.target(), path);
        return chain;
    }

    private static void requireAllowed(Inode directory, FilePath path) {
        if (!directory.past().snapshots()) {
            throw new InvalidState("Directory is not a snapshottable directory", path);
        }
    }

    private Chain owned(Principal caller, FilePath path) {
        parts.requireChangeable(path);
        Chain chain = root(caller, path);
        Permissions.requireOwner(caller, chain.target(), chain);
        return chain;
    }

    @Override
    public FilePath create(Principal caller, FilePath directory, Optional<Name> wanted) {
        Chain chain = owned(caller, directory);
        wanted.ifPresent(NodeSnapshots::requireUsable);
        // what was noted before belongs into the snapshot
        parts.times().flush();
        long now = parts.clock().millis();
        Name name = wanted.orElseGet(() -> Name.of(TIME.format(Instant.ofEpochMilli(now))));
        parts.store().update(tx -> create(tx, chain, name, now));
        return directory.child(FOLDER).child(name);
    }

    private static void create(Transaction tx, Chain chain, Name name, long now) {
        SnapshotRows.lockAlone(tx);
        Inode root = lock(tx, chain);
        requireAllowed(root, chain.path());
        requireFree(tx, chain, name);
        if (SnapshotRows.count(tx, root.id()) >= COUNT_MAX) {
            throw new InvalidState("the directory has " + COUNT_MAX + " snapshots", chain.path());
        }
        long number = SnapshotRows.insert(tx, root.id(), name, now);
        List<Cover> covers =
                Cover.merged(root.past().covers(), List.of(new Cover(root.id(), 0, number)));
        Tree.put(
                tx,
                root.withModified(now).withPast(new Inode.Past(true, root.past().born(), covers)));
    }

    private static void requireUsable(Name name) {
        if (name.equals(FOLDER)) {
            throw new Invalid("the name is reserved", name);
        }
    }

    private static void requireFree(Reader reader, Chain chain, Name name) {
        if (SnapshotRows.find(reader, chain.target().id(), name).isPresent()) {
            throw new AlreadyExists("there is a snapshot of that name", name);
        }
    }

    private static SnapshotRows.Row find(Reader reader, Chain chain, Name name) {
        return SnapshotRows.find(reader, chain.target().id(), name)
                .orElseThrow(() -> new NotFound("the snapshot does not exist", name));
    }

    @Override
    public void delete(Principal caller, FilePath directory, Name name) {
        Chain chain = owned(caller, directory);
        parts.store()
                .update(
                        tx -> {
                            SnapshotRows.lockAlone(tx);
                            SnapshotRows.remove(tx, find(tx, chain, name));
                        });
    }

    @Override
    public void rename(Principal caller, FilePath directory, Name from, Name to) {
        Chain chain = owned(caller, directory);
        requireUsable(to);
        parts.store()
                .update(
                        tx -> {
                            SnapshotRows.lockAlone(tx);
                            SnapshotRows.Row row = find(tx, chain, from);
                            if (!from.equals(to)) {
                                requireFree(tx, chain, to);
                                SnapshotRows.rename(tx, row, to);
                            }
                        });
    }

    @Override
    public List<Root> roots(Principal caller) {
        return parts.store()
                .read(
                        reader ->
                                SnapshotRows.roots(reader).stream()
                                        .flatMap(id -> root(reader, id).stream())
                                        .filter(root -> owns(caller, root.status()))
                                        .sorted(
                                                Comparator.comparing(
                                                        root -> root.status().path().toString()))
                                        .toList());
    }

    private Optional<Root> root(Reader reader, InodeId id) {
        return Tree.path(reader, id)
                .map(path -> statuses.build(reader, Tree.resolve(reader, path)))
                .map(status -> new Root(status, SnapshotRows.count(reader, id)));
    }

    private static boolean owns(Principal caller, FileStatus status) {
        return caller.superuser() || status.access().owner().equals(caller.user());
    }

    @Override
    public List<Snapshot> list(Principal caller, FilePath directory) {
        Chain chain = readable(caller, directory);
        InodeId id = chain.target().id();
        return parts.store()
                .read(
                        reader ->
                                SnapshotRows.named(reader, id, Optional.empty(), COUNT_MAX).stream()
                                        .map(row -> snapshot(reader, directory, row))
                                        .sorted(Comparator.comparingLong(Snapshot::number))
                                        .toList());
    }

    private Snapshot snapshot(Reader reader, FilePath directory, SnapshotRows.Row row) {
        FilePath path = directory.child(FOLDER).child(row.name());
        FileStatus root = statuses.build(reader, Tree.resolve(reader, path));
        return new Snapshot(row.number(), row.name(), row.createdMillis(), root);
    }

    private Chain readable(Principal caller, FilePath directory) {
        Chain chain = root(caller, directory);
        Permissions.require(caller, chain.target(), Permissions.READ | Permissions.EXECUTE, chain);
        return chain;
    }

    @Override
    public List<Change> compare(
            Principal caller, FilePath directory, Optional<Name> from, Optional<Name> to) {
        Chain chain = readable(caller, directory);
        parts.times().flush();
        return parts.store()
                .read(
                        reader ->
                                new SnapshotChanges(
                                                reader,
                                                chain.target().id(),
                                                view(reader, chain, from),
                                                view(reader, chain, to))
                                        .found());
    }

    private static View view(Reader reader, Chain chain, Optional<Name> name) {
        return name.map(known -> View.of(find(reader, chain, known).number())).orElse(View.LIVE);
    }
}
