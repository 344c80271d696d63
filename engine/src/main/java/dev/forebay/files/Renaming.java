package dev.forebay.files;

import dev.forebay.base.FilePath;
import dev.forebay.base.InodeId;
import dev.forebay.base.PersistenceState;
import dev.forebay.base.Principal;
import dev.forebay.base.error.AlreadyExists;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.NotFound;
import dev.forebay.meta.Transaction;
import dev.forebay.understore.UnderStore;

import java.util.Optional;

/**
 * Renames. Locks as {@code docs/decisions/0003-namespace.md} says: both parents shared, what moves
 * exclusively; directories first take the row that serialises directory renames, so that two
 * crossing ones cannot make a cycle.
 */
final class Renaming {
    private static final byte[] DIRECTORY_RENAMES = FileSpaces.key(0);

    private final Parts parts;

    Renaming(Parts parts) {
        this.parts = parts;
    }

    void rename(Principal caller, Chain source, Chain target) {
        Inode inode = source.target();
        Permissions.requireParentWrite(caller, source);
        Permissions.requireSticky(caller, source.parent(), inode, source);
        Inode parent = target.parent();
        Permissions.requireParentWrite(caller, target);
        if (target.complete()) {
            throw new AlreadyExists("target of the rename exists", target.path());
        }
        requireSameMount(source.path(), target.path());
        Optional<UnderMove> move = underMove(inode, source.path(), target.path());
        move.ifPresent(UnderMove::run);
        Inode moved;
        try {
            moved = parts.store().transact(tx -> move(tx, source, target, parent.id()));
        } catch (AlreadyExists | NotFound | Invalid e) {
            move.ifPresent(UnderMove::undo);
            throw e;
        }
        parts.childrenChanged(inode.link().parent());
        parts.childrenChanged(parent.id());
        if (move.isEmpty()) {
            // what was persisted under the old name since the look above follows
            underMove(moved, source.path(), target.path()).ifPresent(UnderMove::runIfThere);
        }
    }

    private void requireSameMount(FilePath source, FilePath target) {
        if (parts.mounts().anyBelow(source)) {
            throw new Invalid("a mount point cannot be renamed", source);
        }
        Optional<Long> from = parts.mounts().statusOf(source).map(MountStatus::id);
        Optional<Long> to = parts.mounts().statusOf(target).map(MountStatus::id);
        if (!from.equals(to)) {
            throw new Invalid("a rename cannot cross mounts", target);
        }
    }

    /** The same rename in the mounted store. */
    private record UnderMove(UnderStore store, FilePath source, FilePath target) {
        void run() {
            store.rename(source, target);
        }

        void runIfThere() {
            if (store.stat(source).isPresent()) {
                run();
            }
        }

        void undo() {
            store.rename(target, source);
        }
    }

    private Optional<UnderMove> underMove(Inode inode, FilePath source, FilePath target) {
        if (!inode.mounted()) {
            return Optional.empty();
        }
        Mount mount = parts.mounts().find(source).orElseThrow();
        boolean there =
                inode.directory()
                        ? mount.store().stat(mount.inside(source)).isPresent()
                        : inode.state().completed()
                                && inode.state().persistence() == PersistenceState.PERSISTED;
        return there
                ? Optional.of(
                        new UnderMove(mount.store(), mount.inside(source), mount.inside(target)))
                : Optional.empty();
    }

    private static Inode move(Transaction tx, Chain source, Chain target, InodeId targetParent) {
        Inode seen = source.target();
        if (seen.directory()) {
            tx.getForUpdate(FileSpaces.LOCK_ROW, DIRECTORY_RENAMES);
        }
        lockParents(tx, seen.link().parent(), targetParent);
        Inode inode =
                Tree.lock(tx, seen.id())
                        .filter(now -> now.link().equals(seen.link()))
                        .orElseThrow(() -> new NotFound("path does not exist", source.path()));
        if (inode.directory()) {
            requireNotBelow(tx, inode.id(), targetParent, target.path());
        }
        Inode.Link link =
                new Inode.Link(targetParent, target.path().name(), inode.link().mountId(), false);
        if (tx.getForUpdate(FileSpaces.DENTRY, FileSpaces.dentryKey(targetParent, link.name()))
                .isPresent()) {
            throw new AlreadyExists("target of the rename exists", target.path());
        }
        Tree.relink(tx, inode, link);
        return inode;
    }

    private static void lockParents(Transaction tx, InodeId first, InodeId second) {
        boolean ordered = first.compareTo(second) <= 0;
        Tree.lockParent(tx, ordered ? first : second);
        Tree.lockParent(tx, ordered ? second : first);
    }

    private static void requireNotBelow(
            Transaction tx, InodeId moving, InodeId targetParent, FilePath target) {
        InodeId at = targetParent;
        while (!at.equals(InodeId.ROOT)) {
            if (at.equals(moving)) {
                throw new Invalid("a directory cannot move below itself", target);
            }
            if (at.equals(Tree.TRASH)) {
                throw new NotFound("path does not exist", target);
            }
            at = Tree.load(tx, at).link().parent();
        }
    }
}
