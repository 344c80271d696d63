package dev.forebay.gateway.alluxio;

import dev.forebay.base.BlockId;
import dev.forebay.base.FilePath;
import dev.forebay.base.InodeId;
import dev.forebay.base.MetadataLoad;
import dev.forebay.base.PersistenceState;
import dev.forebay.base.Principal;
import dev.forebay.base.ReadType;
import dev.forebay.base.WriteType;
import dev.forebay.base.error.AlreadyExists;
import dev.forebay.base.error.Closed;
import dev.forebay.base.error.InvalidState;
import dev.forebay.base.error.IsADirectory;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.OutOfSpace;
import dev.forebay.base.error.Unavailable;
import dev.forebay.files.AttributeChange;
import dev.forebay.files.CreateOptions;
import dev.forebay.files.DeleteOptions;
import dev.forebay.files.FileEngine;
import dev.forebay.files.FileReader;
import dev.forebay.files.FileStatus;
import dev.forebay.files.FileWriter;
import dev.forebay.files.MountRequest;
import dev.forebay.files.MountStatus;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A namespace in memory with as much of the rules as the gateway's tests need. Remembers the last
 * options it was given. Files whose name begins with {@code bad} fail half-way when read.
 */
final class MemoryFileEngine implements FileEngine {
    /** Bytes of all files together. */
    long capacity = 64 << 20;

    final List<Object> calls = new ArrayList<>();
    boolean unreachable;

    private final ConcurrentSkipListMap<String, Node> nodes = new ConcurrentSkipListMap<>();
    private final AtomicLong ids = new AtomicLong(1);
    private final List<MountStatus> mounts = new ArrayList<>();

    MemoryFileEngine() {
        nodes.put("/", new Node(0, true));
    }

    private static final class Node {
        final long id;
        final boolean directory;
        boolean completed;
        ByteBuffer bytes = ByteBuffer.allocateDirect(0);

        Node(long id, boolean directory) {
            this.id = id;
            this.directory = directory;
            this.completed = directory;
        }
    }

    @Override
    public FileStatus stat(Principal caller, FilePath path, MetadataLoad load) {
        calls.add(load);
        return status(path, load(path));
    }

    @Override
    public boolean exists(Principal caller, FilePath path, MetadataLoad load) {
        return nodes.containsKey(path.toString());
    }

    @Override
    public void list(
            Principal caller, FilePath path, ListOptions options, Consumer<FileStatus> consumer) {
        calls.add(options);
        Node node = load(path);
        if (!node.directory) {
            consumer.accept(status(path, node));
            return;
        }
        nodes.forEach(
                (name, child) -> {
                    FilePath below = FilePath.parse(name);
                    boolean direct = below.depth() == path.depth() + 1;
                    if (!below.equals(path)
                            && path.contains(below)
                            && (direct || options.recursive())) {
                        consumer.accept(status(below, child));
                    }
                });
    }

    @Override
    public FileStatus createDirectory(Principal caller, FilePath path, CreateOptions options) {
        calls.add(options);
        Node node = add(path, options, true);
        return status(path, node);
    }

    @Override
    public FileWriter create(Principal caller, FilePath path, CreateOptions options) {
        calls.add(options);
        return new Writer(path, add(path, options, false));
    }

    private Node add(FilePath path, CreateOptions options, boolean directory) {
        Node node = new Node(ids.getAndIncrement(), directory);
        if (nodes.containsKey(path.toString())) {
            if (options.allowExists() && !path.isRoot()) {
                return load(path);
            }
            throw new AlreadyExists("path exists", path);
        }
        if (!nodes.containsKey(path.parent().toString())) {
            if (!options.recursive()) {
                throw new NotFound("parent does not exist", path.parent());
            }
            add(path.parent(), options, true);
        }
        nodes.put(path.toString(), node);
        return node;
    }

    @Override
    public FileReader open(Principal caller, FilePath path, ReadType readType) {
        calls.add(readType);
        Node node = load(path);
        if (node.directory) {
            throw new IsADirectory("path is a directory", path);
        }
        if (!node.completed) {
            throw new InvalidState("file is not complete", path);
        }
        return new Reader(path, node);
    }

    @Override
    public void delete(Principal caller, FilePath path, DeleteOptions options) {
        calls.add(options);
        load(path);
        nodes.remove(path.toString());
    }

    @Override
    public void rename(Principal caller, FilePath source, FilePath target) {
        Node node = load(source);
        if (nodes.putIfAbsent(target.toString(), node) != null) {
            throw new AlreadyExists("target exists", target);
        }
        nodes.remove(source.toString());
    }

    @Override
    public void setAttributes(Principal caller, FilePath path, AttributeChange change) {
        load(path);
        calls.add(change);
    }

    @Override
    public void free(Principal caller, FilePath path, FreeOptions options) {
        calls.add(options);
        load(path);
        throw new InvalidState("file is not persisted", path);
    }

    @Override
    public void load(Principal caller, FilePath path, boolean recursive) {
        load(path);
    }

    @Override
    public MountStatus mount(Principal caller, FilePath path, MountRequest request) {
        calls.add(request);
        var names = Set.copyOf(request.properties().keySet());
        var mount =
                new MountStatus(
                        2, path, request.uri(), names, request.readOnly(), request.shared());
        mounts.add(mount);
        return mount;
    }

    @Override
    public void unmount(Principal caller, FilePath path) {
        mounts.removeIf(mount -> mount.path().equals(path));
    }

    @Override
    public List<MountStatus> mounts(Principal caller) {
        return List.copyOf(mounts);
    }

    @Override
    public Usage usage() {
        return new Usage(capacity, 0, 0, 0);
    }

    @Override
    public WriteType defaultWriteType() {
        return WriteType.ASYNC_THROUGH;
    }

    @Override
    public void close() {}

    /** Makes a complete file out of given bytes. */
    void put(String path, ByteBuffer bytes) {
        Node node = new Node(ids.getAndIncrement(), false);
        node.bytes = bytes;
        node.completed = true;
        nodes.put(path, node);
    }

    private Node load(FilePath path) {
        Node node = nodes.get(path.toString());
        if (node == null) {
            throw new NotFound("path does not exist", path);
        }
        return node;
    }

    private static FileStatus status(FilePath path, Node node) {
        int length = node.completed ? node.bytes.remaining() : 0;
        var block = new FileStatus.Block(new BlockId(node.id + 100), 0, length, true);
        return new FileStatus(
                path,
                new InodeId(node.id),
                node.directory,
                length,
                new FileStatus.Access("ann", "staff", node.directory ? 0755 : 0644),
                new FileStatus.Times(10, 20, 30),
                FileStatus.Ttl.NONE,
                new FileStatus.Layout(node.directory ? 0 : 64 << 20, 0, -1, 1),
                node.completed,
                false,
                PersistenceState.PERSISTED,
                false,
                1,
                "forebay://" + path,
                "",
                false,
                length == 0 ? List.of() : List.of(block));
    }

    private final class Writer implements FileWriter {
        private final FilePath path;
        private final Node node;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean closed;

        Writer(FilePath path, Node node) {
            this.path = path;
            this.node = node;
        }

        @Override
        public FilePath path() {
            return path;
        }

        @Override
        public long position() {
            return bytes.size();
        }

        @Override
        public void write(ByteBuffer source) {
            if (closed) {
                throw new Closed("writer is closed", path);
            }
            if (bytes.size() + source.remaining() > capacity) {
                throw new OutOfSpace("memory is full", path);
            }
            byte[] part = new byte[source.remaining()];
            source.get(part);
            bytes.writeBytes(part);
        }

        @Override
        public void close() {
            if (unreachable) {
                throw new Unavailable("mounted store cannot be reached", path);
            }
            closed = true;
            node.bytes = ByteBuffer.wrap(bytes.toByteArray());
            node.completed = true;
        }

        @Override
        public void abort() {
            closed = true;
        }
    }

    private static final class Reader implements FileReader {
        private static final int PIECE = 1 << 20;

        private final FilePath path;
        private final Node node;

        Reader(FilePath path, Node node) {
            this.path = path;
            this.node = node;
        }

        @Override
        public FileStatus status() {
            return MemoryFileEngine.status(path, node);
        }

        @Override
        public long length() {
            return node.bytes.remaining();
        }

        @Override
        public int read(long position, ByteBuffer target) {
            int length = (int) Math.min(target.remaining(), Math.max(length() - position, 0));
            target.put(node.bytes.slice((int) position, length));
            return length;
        }

        @Override
        public void transfer(ByteRange range, Sink sink) throws IOException {
            long end = Math.min(range.position() + range.length(), length());
            for (long from = range.position(); from < end; from += PIECE) {
                if (path.toString().startsWith("/bad") && from > 0) {
                    throw new Unavailable("mounted store cannot be reached", path);
                }
                int length = (int) Math.min(PIECE, end - from);
                sink.accept(node.bytes.slice((int) from, length).asReadOnlyBuffer());
            }
        }

        @Override
        public void close() {}
    }

    /** The last call's options of a kind. */
    <T> T last(Class<T> kind) {
        return Optional.of(calls.getLast()).map(kind::cast).orElseThrow();
    }

    /** Paths that exist. */
    Map<String, ?> nodes() {
        return nodes;
    }
}
