package dev.forebay.understore;

import dev.forebay.base.Clock;
import dev.forebay.base.DataSize;
import dev.forebay.base.FilePath;
import dev.forebay.base.Name;
import dev.forebay.base.error.AlreadyExists;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.IsADirectory;
import dev.forebay.base.error.NotADirectory;
import dev.forebay.base.error.NotEmpty;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.OutOfSpace;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A place in memory, as durable as the process. Closing it changes nothing, so that a place can be
 * mounted again.
 */
public final class MemoryUnderStore implements UnderStore {
    private final String uri;
    private final Clock clock;
    private final long capacity;

    // guarded by this
    private final Map<FilePath, Node> nodes = new HashMap<>();
    private long used;
    private long generation;

    /**
     * An empty place.
     *
     * @param uri as given, for errors
     * @param capacity bytes that all files together may have
     */
    public MemoryUnderStore(String uri, Clock clock, DataSize capacity) {
        this.uri = uri;
        this.clock = clock;
        this.capacity = capacity.bytes();
        nodes.put(FilePath.ROOT, new Node(null, clock.millis(), ""));
    }

    @Override
    public synchronized Optional<UnderStatus> stat(FilePath path) {
        return Optional.ofNullable(nodes.get(path)).map(node -> node.status(path));
    }

    @Override
    public synchronized List<UnderStatus> list(FilePath path) {
        Node directory = load(path);
        if (!directory.isDirectory()) {
            throw new NotADirectory("not a directory", path);
        }
        List<UnderStatus> children = new ArrayList<>();
        nodes.forEach(
                (candidate, node) -> {
                    if (isChild(path, candidate)) {
                        children.add(node.status(candidate));
                    }
                });
        return children;
    }

    @Override
    public synchronized InputStream open(FilePath path, Range range) {
        byte[] content = load(path).content;
        if (content == null) {
            throw new IsADirectory("a directory cannot be read", path);
        }
        if (range.position() < 0 || range.length() < 0 || range.position() > content.length) {
            throw new Invalid("range lies outside the file", path);
        }
        int position = (int) range.position();
        int length = (int) Math.min(range.length(), content.length - position);
        return new ByteArrayInputStream(content, position, length);
    }

    @Override
    public UnderWriter create(FilePath path) {
        refuseRoot(path);
        return new MemoryWriter(path);
    }

    private synchronized UnderStatus put(FilePath path, byte[] content) {
        Node old = nodes.get(path);
        if (old != null && old.isDirectory()) {
            throw new IsADirectory("a directory has this name", path);
        }
        long freed = old == null || old.content == null ? 0 : old.content.length;
        if (used - freed + content.length > capacity) {
            throw new OutOfSpace("the memory under store is full", path);
        }
        createDirectories(path.parent());
        used += content.length - freed;
        generation++;
        Node node = new Node(content, clock.millis(), Long.toString(generation));
        nodes.put(path, node);
        return node.status(path);
    }

    @Override
    public synchronized boolean delete(FilePath path) {
        refuseRoot(path);
        Node node = nodes.get(path);
        if (node == null) {
            return false;
        }
        if (node.isDirectory() && nodes.keySet().stream().anyMatch(other -> isChild(path, other))) {
            throw new NotEmpty("directory has children", path);
        }
        nodes.remove(path);
        used -= node.content == null ? 0 : node.content.length;
        return true;
    }

    @Override
    public synchronized void rename(FilePath source, FilePath target) {
        refuseRoot(source);
        load(source);
        if (nodes.containsKey(target)) {
            throw new AlreadyExists("target exists", target);
        }
        if (source.contains(target)) {
            throw new Invalid("target lies below the source", target);
        }
        createDirectories(target.parent());
        List<FilePath> moved = nodes.keySet().stream().filter(source::contains).toList();
        Map<FilePath, Node> renamed = new HashMap<>();
        for (FilePath path : moved) {
            renamed.put(target.resolve(source.relativize(path)), load(path));
        }
        moved.forEach(nodes::remove);
        nodes.putAll(renamed);
    }

    @Override
    public synchronized void createDirectories(FilePath path) {
        for (int depth = 1; depth <= path.depth(); depth++) {
            Node node = nodes.get(path.prefix(depth));
            if (node != null && !node.isDirectory()) {
                throw new NotADirectory("a file has this name", path.prefix(depth));
            }
        }
        for (int depth = 1; depth <= path.depth(); depth++) {
            nodes.putIfAbsent(path.prefix(depth), new Node(null, clock.millis(), ""));
        }
    }

    @Override
    public void close() {}

    private void refuseRoot(FilePath path) {
        if (path.isRoot()) {
            throw new Invalid("the mounted folder itself cannot be changed", uri);
        }
    }

    private Node load(FilePath path) {
        Node node = nodes.get(path);
        if (node == null) {
            throw new NotFound("no such file or directory", path);
        }
        return node;
    }

    private static boolean isChild(FilePath directory, FilePath path) {
        return path.depth() == directory.depth() + 1 && directory.contains(path);
    }

    /** A file, or a directory when it has no content. */
    private static final class Node {
        private final byte @Nullable [] content;
        private final long modifiedMillis;
        private final String fingerprint;

        Node(byte @Nullable [] content, long modifiedMillis, String fingerprint) {
            this.content = content;
            this.modifiedMillis = modifiedMillis;
            this.fingerprint = fingerprint;
        }

        boolean isDirectory() {
            return content == null;
        }

        UnderStatus status(FilePath path) {
            Name name = path.isRoot() ? Name.of("memory") : path.name();
            long length = content == null ? 0 : content.length;
            return new UnderStatus(
                    name, isDirectory(), length, modifiedMillis, "", "", -1, fingerprint);
        }
    }

    /** Collects the bytes of one file; belongs to one thread. */
    private final class MemoryWriter implements UnderWriter {
        private final FilePath path;
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private final OpenOnce state;

        MemoryWriter(FilePath path) {
            this.path = path;
            this.state = new OpenOnce(path);
        }

        @Override
        public void write(ByteBuffer source) {
            state.check();
            if (written.size() + (long) source.remaining() > capacity) {
                throw new OutOfSpace("the memory under store is full", path);
            }
            byte[] bytes = new byte[source.remaining()];
            source.get(bytes);
            written.writeBytes(bytes);
        }

        @Override
        public UnderStatus commit() {
            state.check();
            UnderStatus status = put(path, written.toByteArray());
            state.end();
            return status;
        }

        @Override
        public void close() {
            state.end();
        }
    }
}
