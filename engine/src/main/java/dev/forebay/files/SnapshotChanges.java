package dev.forebay.files;

import dev.forebay.base.FilePath;
import dev.forebay.base.InodeId;
import dev.forebay.base.Name;
import dev.forebay.meta.KeyRange;
import dev.forebay.meta.Reader;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what differs below a directory between two views. Whatever differs has a kept row, so that
 * only what was changed since the older snapshot is looked at, not the whole tree.
 */
final class SnapshotChanges {
    private final Reader live;
    private final InodeId root;
    private final Reader before;
    private final Reader after;

    /** Inodes with rows that were changed since. */
    private final Set<InodeId> candidates = new HashSet<>();

    /** Directories with other names in them. */
    private final Set<InodeId> renamedIn = new HashSet<>();

    SnapshotChanges(Reader live, InodeId root, View from, View to) {
        this.live = live;
        this.root = root;
        this.before = from.over(live);
        this.after = to.over(live);
        if (!from.equals(to)) {
            boolean both = from.past() && to.past();
            gather(
                    both
                            ? Math.min(from.snapshot(), to.snapshot())
                            : Math.max(from.snapshot(), to.snapshot()));
        }
    }

    private void gather(long since) {
        live.scan(
                FileSpaces.KEPT,
                KeyRange.all(),
                (key, _) -> {
                    KeptRow.Key kept = KeptRow.Key.decode(key);
                    if (kept.number() >= since) {
                        candidates.add(kept.inode());
                        if (kept.space().equals(FileSpaces.DENTRY)) {
                            gatherEntry(kept);
                        }
                    }
                    return true;
                });
    }

    private void gatherEntry(KeptRow.Key kept) {
        byte[] key = kept.rowKey();
        Name name = Name.of(key, 8, key.length);
        Optional<Tree.Entry> then = Tree.entry(before, kept.inode(), name);
        Optional<Tree.Entry> now = Tree.entry(after, kept.inode(), name);
        then.ifPresent(entry -> candidates.add(entry.child()));
        now.ifPresent(entry -> candidates.add(entry.child()));
        if (!then.equals(now)) {
            renamedIn.add(kept.inode());
        }
    }

    List<Snapshots.Change> found() {
        List<Snapshots.Change> changes = new ArrayList<>();
        for (InodeId id : candidates) {
            Optional<FilePath> then = path(before, id);
            Optional<FilePath> now = path(after, id);
            if (then.isPresent() && now.isPresent()) {
                compare(id, then.get(), now.get(), changes);
            } else if (then.isPresent() && isTop(before, id, after)) {
                changes.add(change(Snapshots.Kind.DELETED, then.get()));
            } else if (now.isPresent() && isTop(after, id, before)) {
                changes.add(change(Snapshots.Kind.CREATED, now.get()));
            }
        }
        changes.sort(
                Comparator.comparing((Snapshots.Change change) -> change.path().toString())
                        .thenComparing(Snapshots.Change::kind));
        return changes;
    }

    private static Snapshots.Change change(Snapshots.Kind kind, FilePath path) {
        return new Snapshots.Change(kind, path, Optional.empty());
    }

    private void compare(InodeId id, FilePath then, FilePath now, List<Snapshots.Change> changes) {
        Inode old = Tree.load(before, id);
        Inode young = Tree.load(after, id);
        if (renamedIn.contains(id) || differ(old, young)) {
            changes.add(change(Snapshots.Kind.MODIFIED, then));
        }
        boolean moved =
                !id.equals(root)
                        && (!old.link().parent().equals(young.link().parent())
                                || !old.link().name().equals(young.link().name()));
        if (moved) {
            changes.add(new Snapshots.Change(Snapshots.Kind.RENAMED, then, Optional.of(now)));
        }
    }

    /** Whether bytes or attributes differ; times at which somebody looked do not count. */
    private boolean differ(Inode old, Inode young) {
        return old.length() != young.length()
                || old.state().generation() != young.state().generation()
                || !old.access().equals(young.access())
                || !old.layout().equals(young.layout())
                || (!old.directory() && old.times().modified() != young.times().modified())
                || !ExtendedAttributes.all(before, old.id())
                        .equals(ExtendedAttributes.all(after, young.id()));
    }

    /** Whether the directory that holds an inode in one view is below the root in the other. */
    private boolean isTop(Reader here, InodeId id, Reader there) {
        InodeId parent = Tree.load(here, id).link().parent();
        return path(there, parent).isPresent();
    }

    /** The path of an inode below the root; empty when it is not there. */
    private Optional<FilePath> path(Reader view, InodeId id) {
        List<Name> names = new ArrayList<>();
        InodeId at = id;
        while (!at.equals(root)) {
            Optional<Inode.Link> link =
                    at.equals(InodeId.ROOT) || at.equals(Tree.TRASH)
                            ? Optional.empty()
                            : link(view, at);
            if (link.isEmpty()) {
                return Optional.empty();
            }
            names.add(link.get().name());
            at = link.get().parent();
        }
        return Optional.of(new FilePath(names.reversed()));
    }

    /**
     * Where an inode hangs; nothing leads to one that was made later, though its record is found.
     */
    private static Optional<Inode.Link> link(Reader view, InodeId id) {
        return Tree.find(view, id)
                .map(Inode::link)
                .filter(
                        link ->
                                Tree.entry(view, link.parent(), link.name())
                                        .filter(entry -> entry.child().equals(id))
                                        .isPresent());
    }
}
