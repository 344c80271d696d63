package dev.forebay.files;

import dev.forebay.base.FilePath;
import dev.forebay.base.MetadataLoad;
import dev.forebay.base.Name;

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
        FilePath path = directory.path();
        Optional<Name> after = Optional.empty();
        List<StatusBuilder.Found> page;
        do {
            page = page(directory.target(), path, after);
            page.forEach(consumer);
            if (!page.isEmpty()) {
                after = Optional.of(page.getLast().inode().link().name());
            }
        } while (page.size() == PAGE);
    }

    private List<StatusBuilder.Found> page(Inode directory, FilePath path, Optional<Name> after) {
        return parts.store()
                .read(
                        reader -> {
                            List<StatusBuilder.Found> found = new ArrayList<>();
                            for (Tree.Entry entry :
                                    Tree.entries(reader, directory.id(), after, PAGE)) {
                                Inode inode = Tree.load(reader, entry.child());
                                found.add(
                                        new StatusBuilder.Found(
                                                inode,
                                                path.child(entry.name()),
                                                StatusBuilder.extents(reader, inode)));
                            }
                            return found;
                        });
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
        return new Chain(child.path(), inodes);
    }
}
