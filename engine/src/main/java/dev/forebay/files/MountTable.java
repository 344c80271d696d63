package dev.forebay.files;

import dev.forebay.base.FilePath;
import dev.forebay.base.RecordReader;
import dev.forebay.base.RecordWriter;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.Unsupported;
import dev.forebay.meta.KeyRange;
import dev.forebay.meta.MetaStore;
import dev.forebay.meta.Transaction;
import dev.forebay.understore.UnderStore;
import dev.forebay.understore.UnderStoreFactory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is mounted where. The rows in the metadata store are the truth; this keeps them in memory,
 * and the under stores open from their first use on.
 */
final class MountTable implements AutoCloseable {
    private final Map<String, UnderStoreFactory> factories;
    private final Map<Long, UnderStore> open = new ConcurrentHashMap<>();

    /** Deepest first, so that the first that contains a path is the one it belongs to. */
    private volatile List<Row> rows = List.of();

    MountTable(List<UnderStoreFactory> factories) {
        Map<String, UnderStoreFactory> byScheme = new HashMap<>();
        factories.forEach(f -> f.schemes().forEach(scheme -> byScheme.put(scheme, f)));
        this.factories = Map.copyOf(byScheme);
    }

    /** A mount with its secrets. */
    record Row(MountStatus status, Map<String, String> properties) {
        private static final int PATH = 1;
        private static final int URI = 2;
        private static final int READ_ONLY = 3;
        private static final int SHARED = 4;
        private static final int PROPERTY = 5;

        static Row of(long id, FilePath path, MountRequest request) {
            return new Row(
                    new MountStatus(
                            id,
                            path,
                            request.uri(),
                            request.properties().keySet(),
                            request.readOnly(),
                            request.shared()),
                    request.properties());
        }

        byte[] encode() {
            RecordWriter writer =
                    new RecordWriter()
                            .bytes(PATH, status.path().bytes())
                            .text(URI, status.uri())
                            .flag(READ_ONLY, status.readOnly())
                            .flag(SHARED, status.shared());
            properties.forEach(
                    (name, value) ->
                            writer.element(
                                    PROPERTY,
                                    new RecordWriter().text(1, name).text(2, value).toBytes()));
            return writer.toBytes();
        }

        static Row decode(long id, byte[] bytes) {
            FilePath path = FilePath.ROOT;
            String uri = "";
            boolean readOnly = false;
            boolean shared = false;
            Map<String, String> properties = new HashMap<>();
            RecordReader reader = new RecordReader(bytes);
            for (int field = reader.next(); field != 0; field = reader.next()) {
                switch (field) {
                    case PATH -> path = FilePath.parse(reader.bytes());
                    case URI -> uri = reader.text();
                    case READ_ONLY -> readOnly = reader.flag();
                    case SHARED -> shared = reader.flag();
                    case PROPERTY -> decodeProperty(reader.bytes(), properties);
                    default -> {}
                }
            }
            return of(id, path, new MountRequest(uri, properties, readOnly, shared));
        }

        private static void decodeProperty(byte[] bytes, Map<String, String> properties) {
            String name = "";
            String value = "";
            RecordReader reader = new RecordReader(bytes);
            for (int field = reader.next(); field != 0; field = reader.next()) {
                if (field == 1) {
                    name = reader.text();
                } else if (field == 2) {
                    value = reader.text();
                }
            }
            properties.put(name, value);
        }
    }

    /** Reads the rows. */
    void load(MetaStore store) {
        List<Row> found = new ArrayList<>();
        store.visit(
                reader -> {
                    reader.scan(
                            FileSpaces.MOUNT,
                            KeyRange.all(),
                            (key, value) ->
                                    found.add(Row.decode(FileSpaces.number(key, 0), value)));
                });
        replace(found);
    }

    private void replace(List<Row> next) {
        rows =
                next.stream()
                        .sorted(Comparator.comparingInt(row -> -row.status().path().depth()))
                        .toList();
    }

    static void put(Transaction tx, Row row) {
        tx.put(FileSpaces.MOUNT, FileSpaces.key(row.status().id()), row.encode());
    }

    static void delete(Transaction tx, long id) {
        tx.delete(FileSpaces.MOUNT, FileSpaces.key(id));
    }

    /** Adds a mount whose row is committed. */
    synchronized void add(Row row, UnderStore store) {
        open.put(row.status().id(), store);
        List<Row> next = new ArrayList<>(rows);
        next.add(row);
        replace(next);
    }

    /** Removes a mount whose row is gone. */
    synchronized void remove(long id) {
        replace(rows.stream().filter(row -> row.status().id() != id).toList());
        UnderStore store = open.remove(id);
        if (store != null) {
            store.close();
        }
    }

    List<MountStatus> list() {
        return rows.stream()
                .map(Row::status)
                .sorted(Comparator.comparing(status -> status.path().toString()))
                .toList();
    }

    /** The mount that a path belongs to; empty for native paths. */
    Optional<Mount> find(FilePath path) {
        for (Row row : rows) {
            if (row.status().path().contains(path)) {
                return Optional.of(new Mount(row.status(), open(row)));
            }
        }
        return Optional.empty();
    }

    /** What is known of the mount that a path belongs to, without opening it. */
    Optional<MountStatus> statusOf(FilePath path) {
        return rows.stream()
                .map(Row::status)
                .filter(status -> status.path().contains(path))
                .findFirst();
    }

    /** Whether a path shows what another part of this node holds in memory. */
    boolean presented(FilePath path) {
        return statusOf(path).map(status -> factory(status.uri()).presents()).orElse(false);
    }

    /** Whether a mount begins at or below a path. */
    boolean anyBelow(FilePath path) {
        return rows.stream().anyMatch(row -> path.contains(row.status().path()));
    }

    private UnderStore open(Row row) {
        UnderStore store = open.get(row.status().id());
        if (store != null) {
            return store;
        }
        return openLate(row);
    }

    private synchronized UnderStore openLate(Row row) {
        UnderStore store = open.get(row.status().id());
        if (store == null) {
            store = create(row.status().uri(), row.properties());
            open.put(row.status().id(), store);
        }
        return store;
    }

    /**
     * Opens the place that a URI names.
     *
     * @throws Unsupported for an unknown scheme
     */
    UnderStore create(String uri, Map<String, String> properties) {
        return factory(uri).open(uri, properties);
    }

    private UnderStoreFactory factory(String uri) {
        int colon = uri.indexOf(':');
        String scheme = colon < 0 ? "" : uri.substring(0, colon).toLowerCase(Locale.ROOT);
        UnderStoreFactory factory = factories.get(scheme);
        if (factory == null) {
            throw new Unsupported("no under store serves this scheme", scheme);
        }
        return factory;
    }

    /**
     * Refuses a source that contains, or lies in, that of another mount.
     *
     * @throws Invalid when it does
     */
    void requireNoOverlap(String uri) {
        String wanted = normal(uri);
        for (Row row : rows) {
            String taken = normal(row.status().uri());
            if (wanted.startsWith(taken) || taken.startsWith(wanted)) {
                throw new Invalid(
                        "the source overlaps that of the mount at " + row.status().path(), uri);
            }
        }
    }

    private static String normal(String uri) {
        String plain = uri.startsWith("file://") ? uri.substring("file://".length()) : uri;
        String single = plain.replaceAll("(?<!:)/{2,}", "/");
        return single.endsWith("/") ? single : single + "/";
    }

    @Override
    public synchronized void close() {
        open.values().forEach(UnderStore::close);
        open.clear();
    }
}
