package dev.forebay.base;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Files in memory, for nodes without a disk. Everything is as durable as the process.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>names, counts of open handles and {@code used} change only under the monitor of the disk;
 *       bytes of one file under the monitor of its content, taken inside.
 *   <li>{@code used} is the sum of the lengths of all files that have a name or are open, and never
 *       more than {@code capacity}.
 * </ul>
 */
public final class MemoryDisk implements Disk {
    // what the page numbers of a MemoryContent can reach
    private static final long LENGTH_MAX = 1L << 46;

    private final Map<Path, Node> files = new HashMap<>();
    private final Set<Path> directories = new HashSet<>();
    private final long capacity;
    private long used;

    /**
     * An empty disk.
     *
     * @param capacity bytes that all files together may have, 0 to 2^63-1
     */
    public MemoryDisk(long capacity) {
        this.capacity = capacity;
    }

    @Override
    public synchronized File open(Path path, Mode mode) throws IOException {
        Path name = path.normalize();
        Node node = files.get(name);
        if (mode == Mode.CREATE) {
            if (node != null || isDirectory(name)) {
                throw new FileAlreadyExistsException(path.toString());
            }
            requireParent(name);
            node = new Node();
            files.put(name, node);
        } else if (node == null) {
            throw new NoSuchFileException(path.toString());
        }
        return new MemoryFile(node, mode != Mode.READ);
    }

    private boolean isDirectory(Path name) {
        return (name.getParent() == null && name.isAbsolute()) || directories.contains(name);
    }

    private void requireParent(Path name) throws NoSuchFileException {
        Path parent = name.getParent();
        if (parent != null && !isDirectory(parent)) {
            throw new NoSuchFileException(name.toString());
        }
    }

    @Override
    public synchronized void delete(Path path) throws IOException {
        Path name = path.normalize();
        Node node = files.remove(name);
        if (node != null) {
            node.unlink();
        } else if (directories.contains(name)) {
            if (!list(name).isEmpty()) {
                throw new DirectoryNotEmptyException(path.toString());
            }
            directories.remove(name);
        }
    }

    @Override
    public synchronized void rename(Path source, Path target) throws IOException {
        Path from = source.normalize();
        Path to = target.normalize();
        Node node = files.get(from);
        if (node == null) {
            throw new NoSuchFileException(source.toString());
        }
        requireParent(to);
        if (isDirectory(to)) {
            throw new FileSystemException(source.toString(), target.toString(), "Is a directory");
        }
        files.remove(from);
        Node replaced = files.put(to, node);
        if (replaced != null) {
            replaced.unlink();
        }
    }

    @Override
    public synchronized List<String> list(Path directory) throws IOException {
        Path name = directory.normalize();
        if (files.containsKey(name)) {
            throw new NotDirectoryException(directory.toString());
        }
        List<String> names = new ArrayList<>();
        addChildren(names, name, files.keySet());
        addChildren(names, name, directories);
        return List.copyOf(names);
    }

    private static void addChildren(List<String> names, Path directory, Set<Path> paths) {
        for (Path path : paths) {
            if (directory.equals(path.getParent())) {
                names.add(String.valueOf(path.getFileName()));
            }
        }
    }

    @Override
    public synchronized long length(Path path) throws IOException {
        Node node = files.get(path.normalize());
        if (node == null) {
            throw new NoSuchFileException(path.toString());
        }
        return node.content.length();
    }

    @Override
    public synchronized void createDirectories(Path directory) throws IOException {
        Path name = directory.normalize();
        for (Path path = name; path != null; path = path.getParent()) {
            if (files.containsKey(path)) {
                throw new FileAlreadyExistsException(path.toString());
            }
        }
        for (Path path = name; path != null; path = path.getParent()) {
            directories.add(path);
        }
    }

    @Override
    public synchronized boolean exists(Path path) {
        Path name = path.normalize();
        return files.containsKey(name) || isDirectory(name);
    }

    @Override
    public synchronized void syncDirectory(Path directory) throws IOException {
        if (!isDirectory(directory.normalize())) {
            throw new NoSuchFileException(directory.toString());
        }
    }

    @Override
    public synchronized long usableSpace(Path directory) {
        return capacity - used;
    }

    /** A file, named or only open. Counts are guarded by the disk. */
    private final class Node {
        private final MemoryContent content = new MemoryContent();
        private int handles;
        private boolean named = true;

        void unlink() {
            named = false;
            forgetUnused();
        }

        void forgetUnused() {
            if (!named && handles == 0) {
                used -= content.length();
            }
        }

        /** Reserves what growing to {@code length} takes. */
        void reserve(long length) throws IOException {
            if (length < 0 || length > LENGTH_MAX) {
                throw new IOException("File too large");
            }
            long more = Math.max(0, length - content.length());
            if (more > capacity - used) {
                throw new IOException("No space left on device");
            }
            used += more;
        }
    }

    /** An open file. */
    private final class MemoryFile implements File {
        private final Node node;
        private final boolean writable;
        private boolean closed;

        MemoryFile(Node node, boolean writable) {
            this.node = node;
            this.writable = writable;
            node.handles++;
        }

        @Override
        public int read(long position, ByteBuffer target) throws IOException {
            synchronized (MemoryDisk.this) {
                requireOpen();
            }
            requirePositive(position);
            return node.content.read(position, target);
        }

        @Override
        public void write(long position, ByteBuffer source) throws IOException {
            synchronized (MemoryDisk.this) {
                requireWritable();
                requirePositive(position);
                if (source.hasRemaining()) {
                    node.reserve(position + source.remaining());
                    node.content.write(position, source);
                }
            }
        }

        @Override
        public void sync() throws IOException {
            synchronized (MemoryDisk.this) {
                requireOpen();
            }
        }

        @Override
        public void truncate(long length) throws IOException {
            synchronized (MemoryDisk.this) {
                requireWritable();
                requirePositive(length);
                node.reserve(length);
                used -= Math.max(0, node.content.length() - length);
                node.content.resize(length);
            }
        }

        @Override
        public long length() throws IOException {
            synchronized (MemoryDisk.this) {
                requireOpen();
            }
            return node.content.length();
        }

        @Override
        public void close() {
            synchronized (MemoryDisk.this) {
                if (!closed) {
                    closed = true;
                    node.handles--;
                    node.forgetUnused();
                }
            }
        }

        private void requireOpen() throws IOException {
            if (closed) {
                throw new ClosedChannelException();
            }
        }

        private void requireWritable() throws IOException {
            requireOpen();
            if (!writable) {
                throw new NonWritableChannelException();
            }
        }

        private static void requirePositive(long position) {
            if (position < 0) {
                throw new IllegalArgumentException("negative position");
            }
        }
    }
}
