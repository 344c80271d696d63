package dev.forebay.cli;

import dev.forebay.base.MetadataLoad;
import dev.forebay.client.AppendOptions;
import dev.forebay.client.AttributeChange;
import dev.forebay.client.CreateDirectoryOptions;
import dev.forebay.client.CreateOptions;
import dev.forebay.client.DeleteOptions;
import dev.forebay.client.FileClient;
import dev.forebay.client.FileReader;
import dev.forebay.client.FileStatus;
import dev.forebay.client.FileTools;
import dev.forebay.client.FileWriter;
import dev.forebay.client.FilesException;
import dev.forebay.client.Glob;
import dev.forebay.client.ListOptions;
import dev.forebay.client.OpenOptions;
import dev.forebay.client.RenameOptions;
import dev.forebay.client.Snapshots;
import dev.forebay.client.Status;
import dev.forebay.client.Usage;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files of several services: a path such as {@code hdfs://host:8020/a} is one of the service that
 * it names, any other of the node. Paths come back as they were given. Each service is connected to
 * when its first path is used. Safe for use by many threads.
 */
final class RoutedFiles implements FileClient {
    private static final Pattern ELSEWHERE =
            Pattern.compile("((?:hdfs|webhdfs)://[^/]*)(/.*)?", Pattern.DOTALL);

    private final Supplier<FileClient> connectNode;
    private final Function<String, FileClient> connect;
    private final Map<String, FileClient> elsewhere = new ConcurrentHashMap<>();
    private @Nullable FileClient node;

    RoutedFiles(Supplier<FileClient> connectNode, Function<String, FileClient> connect) {
        this.connectNode = connectNode;
        this.connect = connect;
    }

    /** A path within a service, and what stands before it. */
    private record Route(FileClient files, String prefix, String path) {
        FileStatus told(FileStatus status) {
            return prefix.isEmpty() ? status : renamed(prefix + status.path(), status);
        }
    }

    private static FileStatus renamed(String path, FileStatus status) {
        return new FileStatus(
                path,
                status.fileId(),
                status.directory(),
                status.length(),
                status.completed(),
                status.access(),
                status.times(),
                status.ttl(),
                status.storage(),
                status.residence(),
                status.layout());
    }

    private Route route(String path) {
        Matcher parts = ELSEWHERE.matcher(path);
        if (!parts.matches()) {
            return new Route(node(), "", path);
        }
        String prefix = parts.group(1);
        String address = prefix.endsWith("//") ? prefix + "/" : prefix;
        String inside = parts.group(2) == null ? "/" : parts.group(2);
        return new Route(elsewhere.computeIfAbsent(address, connect), prefix, inside);
    }

    private synchronized FileClient node() {
        FileClient connected = node;
        if (connected == null) {
            connected = connectNode.get();
            node = connected;
        }
        return connected;
    }

    /** The paths that a pattern stands for; itself when it is none or matches nothing. */
    List<String> expand(String pattern) {
        Matcher parts = ELSEWHERE.matcher(pattern);
        String inside = parts.matches() ? String.valueOf(parts.group(2)) : pattern;
        if (!Glob.isPattern(inside)) {
            return List.of(pattern);
        }
        Route route = route(pattern);
        List<String> found =
                new FileTools(route.files)
                        .glob(route.path).stream().map(route.prefix::concat).toList();
        return found.isEmpty() ? List.of(pattern) : found;
    }

    @Override
    public FileStatus stat(String path, MetadataLoad load) {
        Route route = route(path);
        return route.told(route.files.stat(route.path, load));
    }

    @Override
    public Optional<FileStatus> find(String path) {
        Route route = route(path);
        return route.files.find(route.path).map(route::told);
    }

    @Override
    public Stream<FileStatus> list(String path, ListOptions options) {
        Route route = route(path);
        return route.files.list(route.path, options).map(route::told);
    }

    @Override
    public void createDirectory(String path, CreateDirectoryOptions options) {
        Route route = route(path);
        route.files.createDirectory(route.path, options);
    }

    @Override
    public FileReader open(String path, OpenOptions options) {
        Route route = route(path);
        return route.files.open(route.path, options);
    }

    @Override
    public FileWriter create(String path, CreateOptions options) {
        Route route = route(path);
        return route.files.create(route.path, options);
    }

    @Override
    public FileWriter append(String path, AppendOptions options) {
        Route route = route(path);
        return route.files.append(route.path, options);
    }

    @Override
    public void delete(String path, DeleteOptions options) {
        Route route = route(path);
        route.files.delete(route.path, options);
    }

    @Override
    public void rename(String source, String target, RenameOptions options) {
        Route from = route(source);
        Route to = route(target);
        if (!from.prefix.equals(to.prefix)) {
            throw FilesException.of(
                    Status.UNIMPLEMENTED,
                    "cannot be moved to another service; copy it and remove it here",
                    source);
        }
        from.files.rename(from.path, to.path, options);
    }

    @Override
    public void setAttributes(String path, AttributeChange change) {
        Route route = route(path);
        route.files.setAttributes(route.path, change);
    }

    @Override
    public Usage usage() {
        return node().usage();
    }

    /** A power of the node; snapshots are those of the service that a path names. */
    @Override
    public <T> T as(Class<T> power) {
        return power == Snapshots.class
                ? power.cast(new RoutedSnapshots(this::place))
                : node().as(power);
    }

    private RoutedSnapshots.Place place(String path) {
        Route route = route(path);
        return new RoutedSnapshots.Place(route.files.as(Snapshots.class), route.prefix, route.path);
    }

    @Override
    public synchronized void close() {
        elsewhere.values().forEach(FileClient::close);
        FileClient connected = node;
        if (connected != null) {
            connected.close();
        }
    }
}
