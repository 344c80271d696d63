package dev.forebay.files;

import dev.forebay.base.FilePath;
import dev.forebay.base.InodeId;
import dev.forebay.base.PersistenceState;
import dev.forebay.base.Principal;
import dev.forebay.base.error.AlreadyExists;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.NotEmpty;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.QuotaExceeded;
import dev.forebay.meta.Transaction;
import dev.forebay.understore.UnderStore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Renames. Locks as {@code docs/decisions/0003-namespace.md} says: both parents shared, what moves
 * exclusively; directories first take the row that serialises directory renames, so that two
 * crossing ones cannot make a cycle.
 */
final class Renaming {
    private static final byte[] DIRECTORY_RENAMES = FileSpaces.key(0);

    private final Parts parts;
    private final Removal removal;

    Renaming(Parts parts, Removal removal) {
        this.parts = parts;
        this.removal = removal;
    }

    /** Moves; with {@code replace} over what is at the target. */
    void rename(Principal caller, Chain source, Chain target, boolean replace) {
        Inode inode = source.target();
        Permissions.requireParentWrite(caller, source);
        Permissions.requireSticky(caller, source.parent(), inode, source);
        Inode parent = target.parent();
        Permissions.requireParentWrite(caller, target);
        if (target.complete()) {
            requireReplaceable(caller, inode, target, replace);
        }
        requireSameMount(source.path(), target.path());
        List<Removed> removed = new ArrayList<>();
        Supplier<Inode> work = () -> moveBoth(source, target, removed);
        if (target.complete()) {
            parts.gate().enterAlone(inode, work);
        } else {
            parts.gate().enter(inode, work);
        }
        removed.forEach(gone -> removal.dropBlocks(gone.inode(), gone.extents()));
        parts.childrenChanged(inode.link().parent());
        parts.childrenChanged(parent.id());
    }

    /** Moves in the mounted store and here; nobody places files of the subtree meanwhile. */
    private Inode moveBoth(Chain source, Chain target, List<Removed> removed) {
        Optional<UnderMove> move = underMove(source.target(), source.path(), target.path());
        if (target.complete() && target.target().mounted()) {
            Mount mount = parts.mounts().find(target.path()).orElseThrow();
            mount.store().delete(mount.inside(target.path()));
        }
        move.ifPresent(UnderMove::run);
        try {
            return parts.store()
                    .transact(
                            tx -> {
                                removed.clear();
                                QuotaRows.beforeMove(tx, source.target().directory());
                                replaced(tx, target).ifPresent(removed::add);
                                return move(tx, source, target);
                            });
        } catch (AlreadyExists | NotFound | NotEmpty | Invalid | QuotaExceeded e) {
            move.ifPresent(UnderMove::undo);
            throw e;
        }
    }

    /** What was at the target. */
    private record Removed(Inode inode, List<Extent> extents) {}

    private void requireReplaceable(Principal caller, Inode moving, Chain target, boolean replace) {
        Inode there = target.target();
        if (!replace) {
            throw new AlreadyExists("target of the rename exists", target.path());
        }
        if (there.directory() != moving.directory()) {
            throw new Invalid(
                    "a file cannot replace a directory, nor the other way", target.path());
        }
        if (parts.mounts().anyBelow(target.path())) {
            throw new Invalid("a mount point cannot be replaced", target.path());
        }
        Permissions.requireSticky(caller, target.parent(), there, target);
        if (there.directory() && !parts.store().read(tx -> Tree.isEmpty(tx, there.id()))) {
            throw new NotEmpty("directory is not empty", target.path());
        }
    }

    /** Removes what is at the target, if it is still what was seen there. */
    private static Optional<Removed> replaced(Transaction tx, Chain target) {
        if (!target.complete()) {
            return Optional.empty();
        }
        Inode seen = target.target();
        Optional<Inode> now =
                Tree.lock(tx, seen.id()).filter(inode -> inode.link().equals(seen.link()));
        if (now.isPresent() && now.get().directory() && !Tree.isEmpty(tx, seen.id())) {
            throw new NotEmpty("directory is not empty", target.path());
        }
        return now.map(inode -> new Removed(inode, Tree.remove(tx, inode)));
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

        void undo() {
            store.rename(target, source);
        }
    }

    private Optional<UnderMove> underMove(Inode seen, FilePath source, FilePath target) {
        if (!seen.mounted()) {
            return Optional.empty();
        }
        Mount mount = parts.mounts().find(source).orElseThrow();
        FilePath inside = mount.inside(source);
        Inode inode = parts.store().read(reader -> Tree.find(reader, seen.id())).orElse(seen);
        UnderMove move = new UnderMove(mount.store(), inside, mount.inside(target));
        if (inode.directory()) {
            return mount.store().stat(inside).map(_ -> move);
        }
        if (inode.state().persistence() == PersistenceState.PERSISTED) {
            return Optional.of(move);
        }
        dropUnsettled(mount.store(), inside);
        return Optional.empty();
    }

    /**
     * A crash between placing a file in the mounted store and noting it leaves a copy that is not
     * known here. It is written again under the new name, and must not come back under the old.
     */
    private static void dropUnsettled(UnderStore store, FilePath inside) {
        if (store.stat(inside).filter(status -> !status.directory()).isPresent()) {
            store.delete(inside);
        }
    }

    private static Inode move(Transaction tx, Chain source, Chain target) {
        Inode seen = source.target();
        InodeId targetParent = target.parent().id();
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
        QuotaRows.moved(tx, inode, inode.withLink(link));
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
