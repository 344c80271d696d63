package dev.forebay.testkit;

import dev.forebay.base.Disk;
import dev.forebay.base.MemoryDisk;
import dev.forebay.base.Randomness;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A disk in memory that fails on purpose. It keeps apart what a program sees and what would be
 * there after a loss of power:
 *
 * <ul>
 *   <li>bytes since the last {@link Disk.File#sync} may at a {@link #crash} be kept, dropped, torn
 *       at a multiple of {@value FaultyContent#SECTOR_LENGTH} bytes, or be zeros;
 *   <li>names made, changed or deleted since the last {@link #syncDirectory} may be kept or not;
 *   <li>bytes for which a sync failed are never durable, also when a later sync succeeds;
 *   <li>directories are durable once made.
 * </ul>
 *
 * <p>It can also stop after some write operations, be full, and fail reads or syncs. Safe for use
 * by many threads.
 */
public final class FaultyDisk implements Disk {
    private MemoryDisk seen = new MemoryDisk(Long.MAX_VALUE);
    private final Map<Path, FaultyContent> contents = new HashMap<>();
    private final Set<Path> directories = new HashSet<>();
    private final NameJournal names = new NameJournal();
    private long starts;
    private long operations;
    private long operationsMax = Long.MAX_VALUE;
    private long capacity = Long.MAX_VALUE;
    private boolean failReads;
    private boolean failSyncs;

    /**
     * From now on lets this many write operations pass and fails everything after them. A write
     * operation is each call that changes something or makes it durable.
     */
    public synchronized void stopAfter(long count) {
        operationsMax = operations + count;
    }

    /** Write operations done so far. */
    public synchronized long operations() {
        return operations;
    }

    /** Sets how many bytes all files together may have, also below what they have. */
    public synchronized void limitCapacity(long bytes) {
        capacity = bytes;
    }

    /** Fails every read from now on, or no more. */
    public synchronized void failReads(boolean fail) {
        failReads = fail;
    }

    /** Fails every sync of files and directories from now on, or no more. */
    public synchronized void failSyncs(boolean fail) {
        failSyncs = fail;
    }

    /**
     * The power goes and comes back: what was not synced survives or not, everything that was open
     * is unusable, and all faults end.
     */
    public synchronized void crash(Randomness randomness) throws IOException {
        names.crash(randomness);
        Map<Path, FaultyContent> survivors = names.durable();
        for (FaultyContent content : new HashSet<>(survivors.values())) {
            content.crash(randomness);
        }
        restart(survivors);
    }

    /** As {@link #crash}, with nothing surviving but what was synced. */
    public synchronized void crashKeepingOnlySynced() throws IOException {
        Map<Path, FaultyContent> survivors = names.durable();
        survivors.values().forEach(FaultyContent::forget);
        names.forget();
        restart(survivors);
    }

    private void restart(Map<Path, FaultyContent> survivors) throws IOException {
        starts++;
        operationsMax = Long.MAX_VALUE;
        capacity = Long.MAX_VALUE;
        failReads = false;
        failSyncs = false;
        contents.clear();
        contents.putAll(survivors);
        seen = new MemoryDisk(Long.MAX_VALUE);
        for (Path directory : directories) {
            seen.createDirectories(directory);
        }
        for (Map.Entry<Path, FaultyContent> entry : survivors.entrySet()) {
            show(entry.getKey(), entry.getValue(), Mode.CREATE);
        }
    }

    private void show(Path path, FaultyContent content, Mode mode) throws IOException {
        try (File file = seen.open(path, mode)) {
            file.truncate(0);
            file.write(0, ByteBuffer.wrap(content.durable()));
        }
    }

    /** Turns one bit of a file over; what was written to the file before counts as synced. */
    public synchronized void flipBit(Path path, long bit) throws IOException {
        FaultyContent content = content(path);
        content.sync();
        content.flipBit(bit);
        show(path, content, Mode.WRITE);
    }

    /** Cuts a file behind its writer's back; what is left of it counts as synced. */
    public synchronized void cut(Path path, long length) throws IOException {
        FaultyContent content = content(path);
        content.truncate(length);
        content.sync();
        show(path, content, Mode.WRITE);
    }

    private FaultyContent content(Path path) throws NoSuchFileException {
        FaultyContent content = contents.get(path.normalize());
        if (content == null) {
            throw new NoSuchFileException(path.toString());
        }
        return content;
    }

    /** Counts a write operation, or fails when the disk has stopped. */
    private void step() throws IOException {
        requireRunning();
        operations++;
    }

    private void requireRunning() throws IOException {
        if (operations >= operationsMax) {
            throw new IOException("disk has stopped");
        }
    }

    @Override
    public synchronized File open(Path path, Mode mode) throws IOException {
        Path name = path.normalize();
        if (mode != Mode.CREATE) {
            requireRunning();
            return new FaultyFile(seen.open(name, mode), content(name));
        }
        step();
        File file = seen.open(name, mode);
        FaultyContent content = new FaultyContent(new byte[0]);
        contents.put(name, content);
        names.create(name, content);
        return new FaultyFile(file, content);
    }

    @Override
    public synchronized void delete(Path path) throws IOException {
        step();
        Path name = path.normalize();
        seen.delete(name);
        directories.remove(name);
        if (contents.remove(name) != null) {
            names.delete(name);
        }
    }

    @Override
    public synchronized void rename(Path source, Path target) throws IOException {
        step();
        Path from = source.normalize();
        Path to = target.normalize();
        seen.rename(from, to);
        FaultyContent content = content(from);
        contents.remove(from);
        contents.put(to, content);
        names.rename(from, to);
    }

    @Override
    public synchronized List<String> list(Path directory) throws IOException {
        requireRunning();
        return seen.list(directory);
    }

    @Override
    public synchronized long length(Path path) throws IOException {
        requireRunning();
        return seen.length(path);
    }

    @Override
    public synchronized void createDirectories(Path directory) throws IOException {
        step();
        seen.createDirectories(directory);
        directories.add(directory.normalize());
    }

    @Override
    public synchronized boolean exists(Path path) throws IOException {
        requireRunning();
        return seen.exists(path);
    }

    @Override
    public synchronized void syncDirectory(Path directory) throws IOException {
        step();
        seen.syncDirectory(directory);
        if (failSyncs) {
            throw new IOException("Input/output error");
        }
        names.sync(directory.normalize());
    }

    @Override
    public synchronized long usableSpace(Path directory) {
        long used = Long.MAX_VALUE - seen.usableSpace(directory);
        return Math.max(0, capacity - used);
    }

    /** An open file, usable until the next crash. */
    private final class FaultyFile implements File {
        private final File file;
        private final FaultyContent content;
        private final long start = starts;

        FaultyFile(File file, FaultyContent content) {
            this.file = file;
            this.content = content;
        }

        @Override
        public int read(long position, ByteBuffer target) throws IOException {
            synchronized (FaultyDisk.this) {
                requireUsable();
                if (failReads) {
                    throw new IOException("Input/output error");
                }
                return file.read(position, target);
            }
        }

        @Override
        public void write(long position, ByteBuffer source) throws IOException {
            synchronized (FaultyDisk.this) {
                requireUsable();
                step();
                ByteBuffer fitting = source.slice();
                fitting.limit((int) Math.min(source.remaining(), room(position)));
                file.write(position, fitting.duplicate());
                content.write(position, fitting);
                source.position(source.position() + fitting.limit());
                if (source.hasRemaining()) {
                    throw new IOException("No space left on device");
                }
            }
        }

        /** Bytes that can be written from {@code position} on. */
        private long room(long position) throws IOException {
            long usable = usableSpace(Path.of(""));
            long within = Math.max(0, file.length() - position);
            return usable > Long.MAX_VALUE - within ? Long.MAX_VALUE : usable + within;
        }

        @Override
        public void sync() throws IOException {
            synchronized (FaultyDisk.this) {
                requireUsable();
                step();
                file.sync();
                if (failSyncs) {
                    content.forget();
                    throw new IOException("Input/output error");
                }
                content.sync();
            }
        }

        @Override
        public void truncate(long length) throws IOException {
            synchronized (FaultyDisk.this) {
                requireUsable();
                step();
                if (length - file.length() > usableSpace(Path.of(""))) {
                    throw new IOException("No space left on device");
                }
                file.truncate(length);
                content.truncate(length);
            }
        }

        @Override
        public long length() throws IOException {
            synchronized (FaultyDisk.this) {
                requireUsable();
                return file.length();
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }

        private void requireUsable() throws IOException {
            requireRunning();
            if (start != starts) {
                throw new IOException("file was open before the crash");
            }
        }
    }
}
