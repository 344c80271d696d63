package dev.forebay.base;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A file that is only appended to, and that gives way to an empty one when it is full. The older
 * ones are kept under its name with {@code .1} (youngest) to {@code .n} behind it; what is older is
 * deleted. Lines are not synced: they survive the death of the process, not loss of power. Safe for
 * use by many threads.
 */
public final class RotatingFile implements AutoCloseable {
    private final Disk disk;
    private final Path path;
    private final Limits limits;
    private Disk.@Nullable File file;
    private long length;

    /**
     * How much is kept.
     *
     * @param length bytes after which a file is full, 1 or more
     * @param olderFiles full files kept besides the one being written, 0 to 1000
     */
    public record Limits(DataSize length, int olderFiles) {
        /** 64 MB, and 9 older ones. */
        public static final Limits DEFAULT = new Limits(new DataSize(64L << 20), 9);
    }

    /** Opens nothing yet: the first line does. */
    public RotatingFile(Disk disk, Path path, Limits limits) {
        this.disk = disk;
        this.path = path;
        this.limits = limits;
    }

    /**
     * Appends all of {@code line}.
     *
     * @throws IOException of the disk; the next call tries again, and a part of the line may be
     *     there
     */
    public synchronized void append(ByteBuffer line) throws IOException {
        Disk.File target = file == null ? open() : file;
        if (length > 0 && length + line.remaining() > limits.length().bytes()) {
            close();
            shift();
            target = open();
        }
        int count = line.remaining();
        target.write(length, line);
        length += count;
    }

    @Override
    public synchronized void close() throws IOException {
        Disk.File open = file;
        file = null;
        if (open != null) {
            open.close();
        }
    }

    private Disk.File open() throws IOException {
        Path folder = path.getParent();
        if (folder != null) {
            disk.createDirectories(folder);
        }
        Disk.File opened = disk.open(path, disk.exists(path) ? Disk.Mode.WRITE : Disk.Mode.CREATE);
        file = opened;
        length = opened.length();
        return opened;
    }

    private void shift() throws IOException {
        disk.delete(numbered(limits.olderFiles()));
        for (int number = limits.olderFiles() - 1; number >= 0; number--) {
            if (disk.exists(numbered(number))) {
                disk.rename(numbered(number), numbered(number + 1));
            }
        }
    }

    private Path numbered(int number) {
        return number == 0 ? path : path.resolveSibling(path.getFileName() + "." + number);
    }
}
