package dev.forebay.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import dev.forebay.base.NameText;
import dev.forebay.client.rest.Json;
import dev.forebay.client.rest.JsonInput;
import dev.forebay.client.rest.JsonOutput;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A namespace in memory behind the Alluxio REST, on loopback. Semantics and error bodies are those
 * of Alluxio 2.9.6 for the calls that the tests make; nothing else is there.
 */
public final class FakeProxy implements AutoCloseable {
    private final HttpServer server;
    private final boolean ranges;
    private final NavigableMap<String, Node> nodes = new TreeMap<>();
    private final Map<Long, Stream> streams = new HashMap<>();
    private final List<String> requests = new ArrayList<>();
    private String refuse = "";
    private long nextStream = 1;

    private static final class Node {
        private final boolean directory;
        private byte[] bytes = new byte[0];
        private boolean completed;
        private String attributes = "{}";

        Node(boolean directory) {
            this.directory = directory;
            this.completed = directory;
        }
    }

    private static final class Stream {
        private final Node node;
        private final boolean writing;

        Stream(Node node, boolean writing) {
            this.node = node;
            this.writing = writing;
        }
    }

    private static final class Refused extends Exception {
        private final String status;

        Refused(String status, String message) {
            super(message);
            this.status = status;
        }
    }

    /**
     * Starts.
     *
     * @param ranges whether ranges are announced and served, as by a Forebay node
     */
    public FakeProxy(boolean ranges) throws IOException {
        this.ranges = ranges;
        this.server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        nodes.put("/", new Node(true));
        server.createContext("/", this::handle);
        server.start();
    }

    /** Where it listens. */
    public String uri() {
        return "alluxio://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The requests so far, as action and path. */
    public synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    /** Answers this action with RESOURCE_EXHAUSTED from here on. */
    public synchronized void refuse(String action) {
        refuse = action;
    }

    /** Puts a file there. */
    public synchronized void put(String path, byte[] bytes) {
        Node node = new Node(false);
        node.bytes = bytes.clone();
        node.completed = true;
        nodes.put(path, node);
    }

    /** The bytes of a file that is complete. */
    public synchronized byte @Nullable [] bytes(String path) {
        Node node = nodes.get(path);
        return node == null || node.directory || !node.completed ? null : node.bytes.clone();
    }

    /** The last attributes set on a path, as sent. */
    public synchronized String attributes(String path) {
        Node node = nodes.get(path);
        return node == null ? "" : node.attributes;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String target = exchange.getRequestURI().getRawPath();
            String action = target.substring(target.lastIndexOf('/') + 1);
            byte[] body = exchange.getRequestBody().readAllBytes();
            try {
                if (action.equals(refuse)) {
                    throw new Refused("RESOURCE_EXHAUSTED", "no room");
                }
                dispatch(exchange, target, action, body);
            } catch (Refused e) {
                requests.add(action + " refused " + e.status);
                String error =
                        new JsonOutput()
                                .text("message", String.valueOf(e.getMessage()))
                                .text("statusCode", e.status)
                                .toString();
                answer(exchange, 500, error.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }
    }

    private void dispatch(HttpExchange exchange, String target, String action, byte[] body)
            throws IOException, Refused {
        if (target.equals("/api/v1/proxy/info")) {
            text(exchange, "{\"configuration\":{\"forebay.ranges\":\"" + ranges + "\"}}");
        } else if (target.startsWith("/api/v1/streams/")) {
            String id = target.substring("/api/v1/streams/".length(), target.lastIndexOf('/'));
            requests.add(action);
            stream(exchange, Long.parseLong(id), action, body);
        } else {
            String raw = target.substring("/api/v1/paths/".length(), target.lastIndexOf('/'));
            String path = normal(decode(raw));
            requests.add(action + " " + path);
            Json options = body.length == 0 ? new Json.Nothing() : JsonInput.read(utf8(body));
            path(exchange, path, action, options);
        }
    }

    private void path(HttpExchange exchange, String path, String action, Json options)
            throws IOException, Refused {
        switch (action) {
            case "get-status" -> text(exchange, status(path, existing(path)).toString());
            case "exists" -> text(exchange, Boolean.toString(nodes.containsKey(path)));
            case "list-status" -> text(exchange, list(path, options));
            case "create-directory" -> {
                createDirectory(path, options);
                answer(exchange, 200, new byte[0]);
            }
            case "create-file" -> text(exchange, Long.toString(createFile(path, options)));
            case "open-file" -> text(exchange, Long.toString(openFile(path)));
            case "delete" -> {
                delete(path, options);
                answer(exchange, 200, new byte[0]);
            }
            case "rename" -> {
                String query = exchange.getRequestURI().getRawQuery();
                rename(path, decode(query.substring("dst=".length())));
                answer(exchange, 200, new byte[0]);
            }
            case "set-attribute" -> {
                existing(path).attributes = JsonOutput.write(options);
                answer(exchange, 200, new byte[0]);
            }
            case "download-file" -> download(exchange, existing(path));
            default -> throw new Refused("NOT_FOUND", "no such action");
        }
    }

    private void stream(HttpExchange exchange, long id, String action, byte[] body)
            throws IOException, Refused {
        Stream stream = streams.get(id);
        if (stream == null) {
            throw new Refused("INTERNAL", "stream does not exist");
        }
        switch (action) {
            case "write" -> {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                bytes.writeBytes(stream.node.bytes);
                bytes.writeBytes(body);
                stream.node.bytes = bytes.toByteArray();
                text(exchange, Integer.toString(body.length));
            }
            case "read" -> answer(exchange, 200, stream.node.bytes);
            default -> {
                streams.remove(id);
                stream.node.completed |= stream.writing;
                answer(exchange, 200, new byte[0]);
            }
        }
    }

    private void createDirectory(String path, Json options) throws Refused {
        Node there = nodes.get(path);
        if (there != null && !(there.directory && options.field("allowExists").isTrue())) {
            throw new Refused("ALREADY_EXISTS", path + " already exists");
        }
        makeParents(path, options);
        nodes.putIfAbsent(path, new Node(true));
    }

    private long createFile(String path, Json options) throws Refused {
        if (nodes.containsKey(path) && !options.field("overwrite").isTrue()) {
            throw new Refused("ALREADY_EXISTS", path + " already exists");
        }
        makeParents(path, options);
        Node node = new Node(false);
        node.attributes = JsonOutput.write(options);
        nodes.put(path, node);
        return open(new Stream(node, true));
    }

    private long openFile(String path) throws Refused {
        Node node = existing(path);
        if (node.directory || !node.completed) {
            throw new Refused("UNKNOWN", "Cannot read from " + path);
        }
        return open(new Stream(node, false));
    }

    private long open(Stream stream) {
        streams.put(nextStream, stream);
        return nextStream++;
    }

    private void delete(String path, Json options) throws Refused {
        existing(path);
        NavigableMap<String, Node> below = below(path);
        if (!below.isEmpty() && !options.field("recursive").isTrue()) {
            throw new Refused(
                    "FAILED_PRECONDITION",
                    "Cannot delete non-empty directory because recursive is set to false");
        }
        below.clear();
        nodes.remove(path);
    }

    private void rename(String source, String target) throws Refused {
        Node node = existing(source);
        if (nodes.containsKey(target)) {
            throw new Refused("ALREADY_EXISTS", "Cannot rename because destination exists");
        }
        nodes.remove(source);
        nodes.put(target, node);
    }

    private void makeParents(String path, Json options) throws Refused {
        String parent = path.substring(0, Math.max(1, path.lastIndexOf('/')));
        Node node = nodes.get(parent);
        if (node == null) {
            if (!options.field("recursive").isTrue()) {
                throw missing(parent);
            }
            makeParents(parent, options);
            nodes.put(parent, new Node(true));
        } else if (!node.directory) {
            throw new Refused("INVALID_ARGUMENT", parent + " is a file");
        }
    }

    private String list(String path, Json options) throws Refused {
        Node node = existing(path);
        List<String> all = new ArrayList<>();
        if (!node.directory) {
            all.add(status(path, node).toString());
        }
        int depth = path.equals("/") ? 1 : path.length() + 1;
        boolean recursive = options.field("recursive").isTrue();
        below(path)
                .forEach(
                        (name, child) -> {
                            if (recursive || name.indexOf('/', depth) < 0) {
                                all.add(status(name, child).toString());
                            }
                        });
        return "[" + String.join(",", all) + "]";
    }

    private NavigableMap<String, Node> below(String path) {
        String prefix = path.equals("/") ? "/" : path + "/";
        return nodes.subMap(prefix, false, prefix + Character.MAX_VALUE, true);
    }

    private static JsonOutput status(String path, Node node) {
        return new JsonOutput()
                .text("path", path)
                .text("name", path.substring(path.lastIndexOf('/') + 1))
                .flag("folder", node.directory)
                .number("length", node.bytes.length)
                .flag("completed", node.completed)
                .number("mode", node.directory ? 493 : 420)
                .text("persistenceState", "PERSISTED")
                .number("inMemoryPercentage", node.directory ? 0 : 100);
    }

    private Node existing(String path) throws Refused {
        Node node = nodes.get(path);
        if (node == null) {
            throw missing(path);
        }
        return node;
    }

    private static Refused missing(String path) {
        return new Refused("NOT_FOUND", "Path \"" + path + "\" does not exist.");
    }

    private void download(HttpExchange exchange, Node node) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (range == null || !ranges) {
            answer(exchange, 200, node.bytes);
            return;
        }
        String[] ends = range.substring("bytes=".length()).split("-", -1);
        int from = Integer.parseInt(ends[0]);
        int to =
                ends[1].isEmpty()
                        ? node.bytes.length
                        : Math.min(node.bytes.length, Integer.parseInt(ends[1]) + 1);
        answer(exchange, 206, Arrays.copyOfRange(node.bytes, from, to));
    }

    private static void text(HttpExchange exchange, String json) throws IOException {
        answer(exchange, 200, json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int code, byte[] bytes) throws IOException {
        exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static String normal(String path) {
        String single = path.replaceAll("/+", "/");
        return single.length() > 1 && single.endsWith("/")
                ? single.substring(0, single.length() - 1)
                : single;
    }

    private static String decode(String raw) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) == '%') {
                bytes.write(Integer.parseInt(raw.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                bytes.write(raw.charAt(i));
            }
        }
        return NameText.text(bytes.toByteArray());
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    }
}
