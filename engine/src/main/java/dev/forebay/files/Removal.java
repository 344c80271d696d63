package dev.forebay.files;

import dev.forebay.base.FilePath;
import dev.forebay.base.InodeId;
import dev.forebay.base.Name;
import dev.forebay.base.PersistenceState;
import dev.forebay.base.Principal;
import dev.forebay.base.error.NotEmpty;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.PermissionDenied;
import dev.forebay.meta.Reader;
import dev.forebay.meta.Transaction;
import dev.forebay.understore.UnderStatus;
import dev.forebay.understore.UnderStore;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Deletes. A subtree is first hung into the trash, by which it is gone for everybody in one
 * transaction, then purged in batches. What a mounted store has is deleted there before the names
 * go, so that it cannot come back at the next look.
 */
final class Removal {
    private static final Logger LOG = LoggerFactory.getLogger(Removal.class);
    private static final int BATCH = 500;

    /**
     * Directories and batches of files that the caller of a delete waits for; the rest is purged in
     * the background.
     */
    private static final int PURGE_STEPS_MAX = 200;

    private final Parts parts;

    Removal(Parts parts) {
        this.parts = parts;
    }

    /** The name of an inode in the trash, which no other has. */
    private static Name trashName(InodeId id) {
        return Name.of(Long.toString(id.value()));
    }

    /** What is deleted, found and permitted before. */
    void delete(Principal caller, Chain chain, DeleteOptions options) {
        Inode target = chain.target();
        Permissions.requireParentWrite(caller, chain);
        Permissions.requireSticky(caller, chain.parent(), target, chain);
        if (parts.mounts().anyBelow(chain.path())) {
            throw new PermissionDenied("the path is or holds a mount point", chain.path());
        }
        if (target.directory() && !options.recursive()) {
            requireEmpty(target, chain.path());
        }
        boolean settled = target.state().persistence() == PersistenceState.PERSISTED;
        if (!options.keepUnderStore() && settled) {
            deleteUnder(target, chain.path());
        }
        Removed removed =
                parts.gate()
                        .enter(
                                target,
                                () -> parts.store().transact(tx -> unlink(tx, chain, options)));
        if (!options.keepUnderStore() && (target.directory() || !settled)) {
            // what was persisted since the look, or before a crash without being noted as such,
            // must not come back at the next look
            deleteUnder(target, chain.path());
        }
        finish(removed);
    }

    private void requireEmpty(Inode directory, FilePath path) {
        if (!parts.store().read(reader -> Tree.isEmpty(reader, directory.id()))) {
            throw new NotEmpty("directory is not empty", path);
        }
    }

    /** What a transaction removed: a file with its extents, or a directory now in the trash. */
    private record Removed(Inode inode, List<Extent> extents, boolean trashed) {}

    private static Removed unlink(Transaction tx, Chain chain, DeleteOptions options) {
        Inode seen = chain.target();
        Tree.lockParent(tx, seen.link().parent());
        Inode inode =
                Tree.lock(tx, seen.id())
                        .filter(now -> now.link().equals(seen.link()))
                        .orElseThrow(() -> new NotFound("path does not exist", chain.path()));
        if (!inode.directory()) {
            return new Removed(inode, Tree.remove(tx, inode), false);
        }
        if (Tree.isEmpty(tx, inode.id())) {
            Tree.remove(tx, inode);
            return new Removed(inode, List.of(), false);
        }
        if (!options.recursive()) {
            throw new NotEmpty("directory is not empty", chain.path());
        }
        toTrash(tx, inode);
        return new Removed(inode, List.of(), true);
    }

    private static void toTrash(Transaction tx, Inode inode) {
        Inode trashed = QuotaRows.trashed(tx, inode);
        Tree.deleteTtl(tx, inode);
        Tree.relink(
                tx,
                trashed.withTtl(FileStatus.Ttl.NONE),
                new Inode.Link(Tree.TRASH, trashName(inode.id()), inode.link().mountId(), false));
    }

    private void finish(Removed removed) {
        parts.childrenChanged(removed.inode().link().parent());
        if (removed.trashed()) {
            purge(removed.inode().id(), PURGE_STEPS_MAX);
        } else if (!removed.inode().directory()) {
            dropBlocks(removed.inode(), removed.extents());
        }
    }

    /** Gives up the memory and the disk of a file whose rows are gone. */
    void dropBlocks(Inode inode, List<Extent> extents) {
        boolean under = extents.isEmpty() && inode.length() > 0 && inode.mounted();
        List<Extent> all = under ? StatusBuilder.underExtents(inode) : extents;
        for (Extent extent : all) {
            parts.cache().drop(BlockCache.Key.of(extent));
            if (extent.place() == Extent.Place.DISK && !parts.open().isOpen(inode.id())) {
                parts.blocks().delete(extent.block());
            }
        }
    }

    /** Gives up the memory and the disk of blocks that neither a file nor a snapshot has. */
    void dropUnneeded(InodeId file, List<Extent> extents) {
        dropReplaced(file, extents, List.of());
    }

    /** Gives up blocks that a file had, unless it still has them. */
    void dropReplaced(InodeId file, List<Extent> gone, List<Extent> now) {
        Set<BlockCache.Key> contents =
                now.stream().map(BlockCache.Key::of).collect(Collectors.toSet());
        Set<Extent.Stored> stored = now.stream().map(Extent::stored).collect(Collectors.toSet());
        for (Extent extent : gone) {
            if (!contents.contains(BlockCache.Key.of(extent))) {
                parts.cache().drop(BlockCache.Key.of(extent));
            }
            boolean deletes =
                    extent.place() == Extent.Place.DISK && !stored.contains(extent.stored());
            if (deletes && !parts.open().isOpen(file)) {
                parts.blocks().delete(extent.block());
            }
        }
    }

    /**
     * Removes an inode of a mount, with all below, that the mounted store no longer has. What was
     * never in the mounted store stays, with the directories above it.
     */
    void forget(Inode inode) {
        Deque<Inode> pending = new ArrayDeque<>();
        List<Inode> directories = new ArrayList<>();
        pending.push(inode);
        while (!pending.isEmpty()) {
            Inode at = pending.pop();
            if (at.directory()) {
                directories.add(at);
                parts.store().read(reader -> children(reader, at)).forEach(pending::push);
            } else {
                forgetOne(at);
            }
        }
        directories.reversed().forEach(this::forgetOne);
    }

    private static List<Inode> children(Reader reader, Inode directory) {
        return Tree.entries(reader, directory.id(), Optional.empty(), Integer.MAX_VALUE).stream()
                .flatMap(entry -> Tree.find(reader, entry.child()).stream())
                .filter(child -> !child.link().mountPoint())
                .toList();
    }

    private void forgetOne(Inode inode) {
        Optional<Removed> removed =
                parts.store()
                        .transact(
                                tx -> {
                                    Tree.lockParent(tx, inode.link().parent());
                                    return Tree.lock(tx, inode.id())
                                            .filter(now -> now.link().equals(inode.link()))
                                            .filter(now -> forgettable(tx, now))
                                            .map(
                                                    now ->
                                                            new Removed(
                                                                    now,
                                                                    Tree.remove(tx, now),
                                                                    false));
                                });
        removed.ifPresent(this::finish);
    }

    private static boolean forgettable(Transaction tx, Inode now) {
        return now.directory()
                ? Tree.isEmpty(tx, now.id())
                : now.state().completed()
                        && now.state().persistence() == PersistenceState.PERSISTED;
    }

    /** Hangs a mount's root into the trash within a transaction; {@link #purge} it afterwards. */
    static void detach(Transaction tx, Inode root) {
        toTrash(tx, root);
    }

    /** Purges what is in the trash. */
    void purgeTrash() {
        List<Tree.Entry> left =
                parts.store()
                        .read(
                                reader ->
                                        Tree.entries(
                                                reader,
                                                Tree.TRASH,
                                                Optional.empty(),
                                                Integer.MAX_VALUE));
        for (Tree.Entry entry : left) {
            purge(entry.child(), Integer.MAX_VALUE);
        }
    }

    /**
     * Removes a subtree that hangs in the trash, children before parents, in at most {@code steps}
     * steps.
     */
    void purge(InodeId root, int steps) {
        Deque<InodeId> stack = new ArrayDeque<>();
        stack.push(root);
        for (int step = 0; step < steps && !stack.isEmpty(); step++) {
            InodeId at = stack.peek();
            List<InodeId> directories = purgeFiles(at);
            if (!directories.isEmpty()) {
                directories.forEach(stack::push);
            } else if (removeIfEmpty(at)) {
                stack.pop();
            }
        }
    }

    /** Removes a batch of a directory's files; returns its subdirectories of that batch. */
    private List<InodeId> purgeFiles(InodeId directory) {
        List<Tree.Entry> entries =
                parts.store()
                        .read(reader -> Tree.entries(reader, directory, Optional.empty(), BATCH));
        List<InodeId> directories = new ArrayList<>();
        List<InodeId> files = new ArrayList<>();
        for (Tree.Entry entry : entries) {
            (entry.directory() ? directories : files).add(entry.child());
        }
        if (!files.isEmpty()) {
            removeFiles(files).forEach(removed -> dropBlocks(removed.inode(), removed.extents()));
        }
        return directories;
    }

    private List<Removed> removeFiles(List<InodeId> files) {
        return parts.store()
                .transact(
                        tx -> {
                            List<Removed> removed = new ArrayList<>();
                            for (InodeId file : files) {
                                Tree.lock(tx, file)
                                        .ifPresent(
                                                inode ->
                                                        removed.add(
                                                                new Removed(
                                                                        inode,
                                                                        Tree.remove(tx, inode),
                                                                        false)));
                            }
                            return removed;
                        });
    }

    /** Removes the last inode of a subtree; false when it has children. */
    private boolean removeIfEmpty(InodeId id) {
        List<Removed> removed = new ArrayList<>();
        boolean gone =
                parts.store()
                        .transact(
                                tx -> {
                                    removed.clear();
                                    Optional<Inode> inode = Tree.lock(tx, id);
                                    if (inode.isPresent() && !Tree.isEmpty(tx, id)) {
                                        return false;
                                    }
                                    inode.ifPresent(
                                            found ->
                                                    removed.add(
                                                            new Removed(
                                                                    found,
                                                                    Tree.remove(tx, found),
                                                                    false)));
                                    return true;
                                });
        removed.forEach(file -> dropBlocks(file.inode(), file.extents()));
        return gone;
    }

    private void deleteUnder(Inode target, FilePath path) {
        if (!target.mounted()) {
            return;
        }
        Mount mount = parts.mounts().find(path).orElseThrow();
        FilePath inside = mount.inside(path);
        if (target.directory()) {
            deleteUnderTree(mount.store(), inside);
        } else if (!mount.store().delete(inside)) {
            LOG.debug("file to delete was gone from the mounted store path={}", path);
        }
    }

    private static void deleteUnderTree(UnderStore store, FilePath root) {
        Optional<UnderStatus> status = store.stat(root);
        if (status.isEmpty()) {
            return;
        }
        Deque<FilePath> stack = new ArrayDeque<>();
        stack.push(root);
        while (!stack.isEmpty()) {
            FilePath at = stack.peek();
            List<FilePath> directories = new ArrayList<>();
            for (UnderStatus child : store.list(at)) {
                FilePath path = at.child(child.name());
                if (child.directory()) {
                    directories.add(path);
                } else {
                    store.delete(path);
                }
            }
            if (directories.isEmpty()) {
                store.delete(at);
                stack.pop();
            } else {
                directories.forEach(stack::push);
            }
        }
    }
}
