package dev.forebay.client.hdfs;

import dev.forebay.client.FileStatus;
import dev.forebay.client.FilesException;

import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.hdfs.DistributedFileSystem;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A listing that arrives page by page while it is consumed, parents before their children. */
final class HdfsListing extends AbstractSpliterator<FileStatus> {
    private final FileSystem files;
    private final boolean recursive;
    private final Deque<RemoteIterator<? extends org.apache.hadoop.fs.FileStatus>> levels =
            new ArrayDeque<>();

    private HdfsListing(FileSystem files, boolean recursive) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
        this.files = files;
        this.recursive = recursive;
    }

    static Stream<FileStatus> list(FileSystem files, Path path, boolean recursive) {
        HdfsListing listing = new HdfsListing(files, recursive);
        listing.levels.push(HdfsErrors.call(HdfsPaths.text(path), () -> page(files, path)));
        return StreamSupport.stream(listing, false);
    }

    private static RemoteIterator<? extends org.apache.hadoop.fs.FileStatus> page(
            FileSystem files, Path path) throws IOException {
        return files instanceof DistributedFileSystem
                ? files.listLocatedStatus(path)
                : files.listStatusIterator(path);
    }

    @Override
    public boolean tryAdvance(Consumer<? super FileStatus> action) {
        while (!levels.isEmpty()) {
            RemoteIterator<? extends org.apache.hadoop.fs.FileStatus> level = levels.element();
            if (HdfsErrors.call("", level::hasNext)) {
                FileStatus next = HdfsStatus.of(HdfsErrors.call("", level::next));
                action.accept(next);
                if (recursive && next.directory()) {
                    descend(next.path());
                }
                return true;
            }
            levels.pop();
        }
        return false;
    }

    /** A directory that vanished meanwhile is left out. */
    private void descend(String path) {
        try {
            levels.push(HdfsErrors.call(path, () -> page(files, new Path(null, null, path))));
        } catch (FilesException.NotFound e) {
            return;
        }
    }
}
