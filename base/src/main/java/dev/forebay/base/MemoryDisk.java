package dev.forebay.base;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Files in memory, for nodes without a disk. Everything is as durable as the process. */
public final class MemoryDisk implements Disk {
    private final Map<Path, Content> files = new HashMap<>();
    private final Set<Path> directories = new HashSet<>();
    private final long capacity;

    /**
     * An empty disk.
     *
     * @param capacity bytes that all files together may have
     */
    public MemoryDisk(long capacity) {
        this.capacity = capacity;
    }

    @Override
    public synchronized File open(Path path, Mode mode) throws IOException {
        Content content = files.get(path);
        if (mode == Mode.CREATE) {
            if (content != null) {
                throw new FileAlreadyExistsException(path.toString());
            }
            content = new Content();
            files.put(path, content);
        } else if (content == null) {
            throw new NoSuchFileException(path.toString());
        }
        return new MemoryFile(content);
    }

    @Override
    public synchronized void delete(Path path) {
        files.remove(path);
        directories.remove(path);
    }

    @Override
    public synchronized void rename(Path source, Path target) throws IOException {
        Content content = files.remove(source);
        if (content == null) {
            throw new NoSuchFileException(source.toString());
        }
        files.put(target, content);
    }

    @Override
    public synchronized List<String> list(Path directory) {
        Set<String> names = new HashSet<>();
        for (Path path : files.keySet()) {
            addChild(names, directory, path);
        }
        for (Path path : directories) {
            addChild(names, directory, path);
        }
        return List.copyOf(names);
    }

    private static void addChild(Set<String> names, Path directory, Path path) {
        if (path.startsWith(directory) && !path.equals(directory)) {
            names.add(directory.relativize(path).getName(0).toString());
        }
    }

    @Override
    public synchronized void createDirectories(Path directory) {
        for (Path path = directory; path != null; path = path.getParent()) {
            directories.add(path);
        }
    }

    @Override
    public synchronized boolean exists(Path path) {
        return files.containsKey(path) || directories.contains(path);
    }

    @Override
    public void syncDirectory(Path directory) {}

    @Override
    public synchronized long usableSpace(Path directory) {
        return capacity - used();
    }

    private long used() {
        return files.values().stream().mapToLong(content -> content.length).sum();
    }

    /** The bytes of one file; guarded by the disk. */
    private static final class Content {
        private byte[] bytes = new byte[0];
        private int length;
    }

    /** An open file. */
    private final class MemoryFile implements File {
        private final Content content;

        MemoryFile(Content content) {
            this.content = content;
        }

        @Override
        public int read(long position, ByteBuffer target) {
            synchronized (MemoryDisk.this) {
                int count =
                        (int) Math.max(0, Math.min(target.remaining(), content.length - position));
                if (count > 0) {
                    target.put(content.bytes, (int) position, count);
                }
                return count;
            }
        }

        @Override
        public void write(long position, ByteBuffer source) throws IOException {
            synchronized (MemoryDisk.this) {
                int count = source.remaining();
                resize(Math.max(content.length, position + count));
                source.get(content.bytes, (int) position, count);
            }
        }

        @Override
        public void sync() {}

        @Override
        public void truncate(long length) throws IOException {
            synchronized (MemoryDisk.this) {
                resize(length);
            }
        }

        private void resize(long length) throws IOException {
            if (length - content.length > capacity - used()) {
                throw new IOException("No space left on device");
            }
            if (length > content.bytes.length) {
                content.bytes =
                        Arrays.copyOf(content.bytes, (int) Math.max(length, content.length * 2L));
            } else if (length < content.length) {
                Arrays.fill(content.bytes, (int) length, content.length, (byte) 0);
            }
            content.length = (int) length;
        }

        @Override
        public long length() {
            synchronized (MemoryDisk.this) {
                return content.length;
            }
        }

        @Override
        public void close() {}
    }
}
