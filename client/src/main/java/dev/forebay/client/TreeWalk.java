package dev.forebay.client;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A walk in depth first order that holds one listing for each level. */
final class TreeWalk extends AbstractSpliterator<FileStatus> {
    private final FileClient files;
    private final Deque<Deque<FileStatus>> levels = new ArrayDeque<>();

    private TreeWalk(FileClient files, List<FileStatus> top) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
        this.files = files;
        levels.push(new ArrayDeque<>(top));
    }

    static Stream<FileStatus> walk(FileClient files, String path) {
        return StreamSupport.stream(new TreeWalk(files, children(files, path)), false);
    }

    @Override
    public boolean tryAdvance(Consumer<? super FileStatus> action) {
        while (!levels.isEmpty() && levels.element().isEmpty()) {
            levels.pop();
        }
        if (levels.isEmpty()) {
            return false;
        }
        FileStatus next = levels.element().remove();
        action.accept(next);
        if (next.directory()) {
            descend(next.path());
        }
        return true;
    }

    private void descend(String path) {
        try {
            levels.push(new ArrayDeque<>(children(files, path)));
        } catch (FilesException.NotFound e) {
            levels.push(new ArrayDeque<>());
        }
    }

    private static List<FileStatus> children(FileClient files, String path) {
        try (Stream<FileStatus> listed = files.list(path)) {
            return listed.sorted(Comparator.comparing(FileStatus::name)).toList();
        }
    }
}
