package dev.forebay.files;

import dev.forebay.base.InodeId;
import dev.forebay.base.MetadataLoad;
import dev.forebay.base.Name;
import dev.forebay.base.Principal;
import dev.forebay.meta.Reader;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Visits directories page by page, each page on one snapshot. */
final class Walk {
    private static final int PAGE = 1000;

    private final Parts parts;
    private final UnderSync sync;

    Walk(Parts parts, UnderSync sync) {
        this.parts = parts;
        this.sync = sync;
    }

    /** Takes the children of one directory in the order of names. */
    void children(Chain directory, Consumer<StatusBuilder.Found> consumer) {
        Optional<Name> after = Optional.empty();
        List<StatusBuilder.Found> page;
        do {
            page = page(directory, after, PAGE);
            page.forEach(consumer);
            if (!page.isEmpty()) {
                after = Optional.of(page.getLast().path().name());
            }
        } while (page.size() == PAGE);
    }

    private List<StatusBuilder.Found> page(Chain directory, Optional<Name> after, int limit) {
        return parts.store()
                .read(
                        reader ->
                                directory.view().folder()
                                        ? snapshots(reader, directory, after, limit)
                                        : entries(reader, directory, after, limit));
    }

    private static List<StatusBuilder.Found> entries(
            Reader live, Chain directory, Optional<Name> after, int limit) {
        Reader reader = directory.view().over(live);
        List<StatusBuilder.Found> found = new ArrayList<>();
        for (Tree.Entry entry : Tree.entries(reader, directory.target().id(), after, limit)) {
            Inode inode = Tree.load(reader, entry.child());
            found.add(
                    new StatusBuilder.Found(
                            inode,
                            directory.path().child(entry.name()),
                            StatusBuilder.extents(reader, inode),
                            directory.view(),
                            directory.policyOf(inode)));
        }
        return found;
    }

    /** A directory as each of its snapshots shows it. */
    private static List<StatusBuilder.Found> snapshots(
            Reader live, Chain folder, Optional<Name> after, int limit) {
        InodeId id = folder.target().id();
        List<StatusBuilder.Found> found = new ArrayList<>();
        for (SnapshotRows.Row row : SnapshotRows.named(live, id, after, limit)) {
            View view = View.of(row.number());
            Inode inode = Tree.load(view.over(live), id);
            found.add(
                    new StatusBuilder.Found(
                            inode,
                            folder.path().child(row.name()),
                            List.of(),
                            view,
                            folder.policyOf(inode)));
        }
        return found;
    }

    /** A page of one directory. */
    LeasedFileEngine.Page page(
            Chain directory, Optional<Name> after, int limit, StatusBuilder statuses) {
        // one more tells whether there is a next page
        List<StatusBuilder.Found> found = page(directory, after, limit + 1);
        List<StatusBuilder.Found> shown = found.subList(0, Math.min(limit, found.size()));
        List<FileStatus> children =
                parts.store()
                        .read(
                                reader ->
                                        shown.stream()
                                                .map(each -> statuses.build(reader, each))
                                                .toList());
        return new LeasedFileEngine.Page(children, found.size() - shown.size());
    }

    /** Counts a file, or a directory with all below. */
    LeasedFileEngine.Summary summarize(
            Principal caller, Chain root, StatusBuilder statuses, Quota quota) {
        Counting counting = new Counting();
        Inode target = root.target();
        if (!target.directory()) {
            FileStatus status = parts.store().read(reader -> statuses.build(reader, root));
            counting.take(target, status.length(), root.policy());
            return counting.summary(quota);
        }
        int rights = Permissions.READ | Permissions.EXECUTE;
        Permissions.require(caller, target, rights, root);
        counting.take(target, 0, Optional.empty());
        below(
                root,
                MetadataLoad.ONCE,
                found -> {
                    Inode inode = found.inode();
                    if (inode.directory()) {
                        Permissions.require(
                                caller,
                                inode,
                                rights,
                                new Chain(found.path(), List.of(inode), found.view()));
                    }
                    counting.take(inode, length(found), found.policy());
                });
        return counting.summary(quota);
    }

    private long length(StatusBuilder.Found found) {
        Optional<Leases.Visible> visible =
                found.view().past() ? Optional.empty() : parts.leases().visible(found.inode().id());
        return visible.map(Leases.Visible::length).orElse(found.inode().length());
    }

    private static final class Counting {
        private long directories;
        private long files;
        private long length;
        private QuotaUsage usage = QuotaUsage.NOTHING;

        void take(Inode inode, long bytes, Optional<StoragePolicy> policy) {
            if (inode.directory()) {
                directories++;
            } else {
                files++;
                length += bytes;
                usage = usage.plus(QuotaUsage.ofBytes(inode, bytes, policy));
            }
        }

        LeasedFileEngine.Summary summary(Quota quota) {
            return new LeasedFileEngine.Summary(
                    directories, files, length, usage.space(), usage.types(), quota);
        }
    }

    /** Takes everything below a directory, parents before children, known entries only. */
    void below(Chain directory, Consumer<StatusBuilder.Found> consumer) {
        below(directory, MetadataLoad.NEVER, consumer);
    }

    /**
     * Takes everything below a directory, parents before children, asking mounted stores as far as
     * {@code load} says.
     */
    void below(Chain directory, MetadataLoad load, Consumer<StatusBuilder.Found> consumer) {
        Deque<Chain> stack = new ArrayDeque<>();
        stack.push(directory);
        while (!stack.isEmpty()) {
            Chain at = stack.pop();
            sync.prepareChildren(at, load);
            List<Chain> directories = new ArrayList<>();
            children(
                    at,
                    found -> {
                        consumer.accept(found);
                        if (found.inode().directory()) {
                            directories.add(extended(at, found));
                        }
                    });
            directories.reversed().forEach(stack::push);
        }
    }

    private static Chain extended(Chain chain, StatusBuilder.Found child) {
        List<Inode> inodes = new ArrayList<>(chain.inodes());
        inodes.add(child.inode());
        return new Chain(child.path(), inodes, child.view());
    }
}
