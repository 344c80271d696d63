package dev.forebay.files;

import dev.forebay.base.FilePath;
import dev.forebay.base.InodeId;
import dev.forebay.base.PersistenceState;
import dev.forebay.base.Principal;
import dev.forebay.base.WriteType;
import dev.forebay.base.error.AlreadyExists;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.Unsupported;
import dev.forebay.meta.Transaction;
import dev.forebay.understore.UnderStatus;
import dev.forebay.understore.UnderStore;

/**
 * Mounts and unmounts. A mount is an inode and a mount row, made and removed in one transaction.
 */
final class Mounting {
    private static final int MODE = 0755;

    private final Parts parts;
    private final Removal removal;
    private final Persister persister;

    Mounting(Parts parts, Removal removal, Persister persister) {
        this.parts = parts;
        this.removal = removal;
        this.persister = persister;
    }

    MountStatus mount(Principal caller, Chain chain, MountRequest request) {
        FilePath path = chain.path();
        Permissions.requireSuperuser(caller, path);
        if (chain.complete()) {
            throw new AlreadyExists("mount point exists", path);
        }
        Inode parent = chain.parent();
        if (chain.inodes().stream().anyMatch(inode -> inode.past().snapshots())) {
            throw new Unsupported("a directory that may have snapshots takes no mount", path);
        }
        parts.mounts().requireNoOverlap(request.uri());
        UnderStore store = parts.mounts().create(request.uri(), request.properties());
        try {
            UnderStatus source =
                    store.stat(FilePath.ROOT)
                            .filter(UnderStatus::directory)
                            .orElseThrow(
                                    () ->
                                            new Invalid(
                                                    "source of the mount is no folder",
                                                    request.uri()));
            InodeId id = parts.ids().next();
            MountTable.Row row = MountTable.Row.of(id.value(), path, request);
            Inode root = root(caller, parent, path, row, source);
            boolean made = parts.store().transact(tx -> insert(tx, root, row));
            if (!made) {
                throw new AlreadyExists("mount point exists", path);
            }
            parts.mounts().add(row, store);
            parts.childrenChanged(parent.id());
            return row.status();
        } catch (ForebayException e) {
            store.close();
            throw e;
        }
    }

    private static boolean insert(Transaction tx, Inode root, MountTable.Row row) {
        Tree.lockParent(tx, root.link().parent());
        if (!Tree.insert(tx, root)) {
            return false;
        }
        MountTable.put(tx, row);
        return true;
    }

    private Inode root(
            Principal caller, Inode parent, FilePath path, MountTable.Row row, UnderStatus source) {
        long now = parts.clock().millis();
        return new Inode(
                new InodeId(row.status().id()),
                new Inode.Link(parent.id(), path.name(), row.status().id(), true),
                true,
                new FileStatus.Access(
                        source.owner().isEmpty() ? caller.user() : source.owner(),
                        source.group().isEmpty() ? caller.primaryGroup() : source.group(),
                        source.mode() < 0 ? MODE : source.mode()),
                new FileStatus.Times(now, now, now),
                FileStatus.Ttl.NONE,
                new FileStatus.Layout(0, 0, 0, 0),
                0,
                new Inode.State(
                        true,
                        parent.state().pinned(),
                        false,
                        PersistenceState.PERSISTED,
                        WriteType.CACHE_THROUGH,
                        "",
                        1,
                        0));
    }

    void unmount(Principal caller, Chain chain) {
        FilePath path = chain.path();
        Permissions.requireSuperuser(caller, path);
        Inode root = chain.target();
        if (!root.link().mountPoint()) {
            throw new Invalid("path is not a mount point", path);
        }
        boolean nested =
                parts.mounts().list().stream()
                        .anyMatch(
                                status ->
                                        path.contains(status.path())
                                                && !status.path().equals(path));
        if (nested) {
            throw new Invalid("another mount lies below; unmount it first", path);
        }
        boolean removed;
        do {
            persister.drain(path);
            removed = parts.gate().enter(root, () -> removeIfSettled(chain));
        } while (!removed);
        parts.mounts().remove(root.link().mountId());
        parts.gate().remove(root.link().mountId());
        parts.childrenChanged(root.link().parent());
        removal.purge(root.id(), Integer.MAX_VALUE);
    }

    /** False when a file was completed since all were persisted. */
    private boolean removeIfSettled(Chain chain) {
        if (persister.waitsBelow(chain.path())) {
            return false;
        }
        parts.store().update(tx -> remove(tx, chain));
        return true;
    }

    private static void remove(Transaction tx, Chain chain) {
        Inode seen = chain.target();
        Tree.lockParent(tx, seen.link().parent());
        Inode root =
                Tree.lock(tx, seen.id())
                        .filter(now -> now.link().equals(seen.link()))
                        .orElseThrow(() -> new NotFound("path does not exist", chain.path()));
        Removal.detach(tx, root);
        MountTable.delete(tx, root.link().mountId());
    }
}
