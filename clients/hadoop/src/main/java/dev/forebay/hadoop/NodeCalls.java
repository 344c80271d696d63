package dev.forebay.hadoop;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Calls of a node's admin listener. Safe for use by many threads; nothing is kept open here. */
final class NodeCalls {
    /** The port, unless a URI names one. */
    static final int PORT = 8900;

    private static final int CONNECT_MILLIS = 10_000;
    private static final int READ_MILLIS = 60_000;
    private static final Set<String> ANY_ADDRESS = Set.of("", "0.0.0.0", "::", "[::]", "*");

    private final URI origin;

    /**
     * Creates the calls. Nothing is sent.
     *
     * @param host name or address of the node
     * @param port of its admin listener
     */
    NodeCalls(String host, int port) {
        this.origin = URI.create("http://" + host + ":" + port);
    }

    /**
     * Where a node's gateways are.
     *
     * @param hdfs address of its HDFS gateway
     * @param objects its Plasma socket; empty when it has none
     * @param arena its shared memory; empty unless it is on this machine
     */
    record Places(URI hdfs, Optional<String> objects, Optional<Arena> arena) {}

    /**
     * Shared memory of a node.
     *
     * @param file a path that opens it
     * @param capacity bytes that files and objects take in it together, at most
     */
    record Arena(String file, long capacity) {}

    /**
     * Asks the node where its gateways are.
     *
     * @throws IOException when nothing answers, or the HDFS gateway is turned off
     */
    Places places() throws IOException {
        Map<String, Object> status = call("GET", "/status");
        Optional<URI> hdfs = Optional.empty();
        Optional<String> objects = Optional.empty();
        for (Object each : JsonText.asList(status.getOrDefault("gateways", List.of()))) {
            Map<String, Object> gateway = JsonText.asObject(each);
            String host = text(gateway, "host");
            switch (text(gateway, "name")) {
                case "hdfs" -> hdfs = Optional.of(address(host, text(gateway, "port")));
                case "plasma" -> objects = Optional.of(host);
                default -> {
                    // the others are not needed
                }
            }
        }
        Optional<Arena> arena = arena(JsonText.asObject(status.getOrDefault("arena", Map.of())));
        URI names =
                hdfs.orElseThrow(
                        () -> new IOException("the node has its HDFS gateway off: " + origin));
        return new Places(names, objects, arena);
    }

    private static Optional<Arena> arena(Map<String, Object> fields) {
        String file = text(fields, "file");
        return file.isEmpty()
                ? Optional.empty()
                : Optional.of(new Arena(file, Long.parseLong(text(fields, "capacityBytes"))));
    }

    /** A gateway that listens on every address is reached by the name that reached this one. */
    private URI address(String host, String port) {
        String reached = ANY_ADDRESS.contains(host) ? origin.getHost() : host;
        return URI.create("hdfs://" + reached + ":" + port);
    }

    /**
     * A file whose blocks lie in the node's memory.
     *
     * @param length bytes
     * @param blockSize bytes of each block but the last
     * @param objects names of the blocks as objects, in order
     * @param numbers of the blocks as HDFS clients see them, in order
     */
    record LentFile(long length, long blockSize, List<byte[]> objects, List<Long> numbers) {
        LentFile {
            objects = List.copyOf(objects);
            numbers = List.copyOf(numbers);
        }
    }

    /**
     * Brings a file into memory.
     *
     * @param path absolute
     * @return false when the node does not, for any reason
     * @throws IOException when nothing answers
     */
    boolean load(String path) throws IOException {
        try {
            call("POST", "/api/load?" + query(path));
            return true;
        } catch (Refused e) {
            return false;
        }
    }

    private static String query(String path) {
        return "path=" + URLEncoder.encode(path, StandardCharsets.UTF_8);
    }

    /**
     * Asks for a file's blocks in shared memory.
     *
     * @param path absolute
     * @return empty when they are not all there, or the node does not lend them for another reason
     * @throws IOException when nothing answers
     */
    Optional<LentFile> lend(String path) throws IOException {
        Map<String, Object> file;
        try {
            file = call("POST", "/api/lend?" + query(path) + "&load=false");
        } catch (Refused e) {
            return Optional.empty();
        }
        List<byte[]> objects = new ArrayList<>();
        for (Object block : JsonText.asList(file.getOrDefault("blocks", List.of()))) {
            objects.add(HexFormat.of().parseHex(block.toString()));
        }
        List<Long> numbers =
                JsonText.asList(file.getOrDefault("numbers", List.of())).stream()
                        .map(number -> Long.parseLong(number.toString()))
                        .toList();
        long length = Long.parseLong(text(file, "length"));
        long blockSize = Long.parseLong(text(file, "blockSize"));
        return objects.size() == numbers.size()
                ? Optional.of(new LentFile(length, blockSize, objects, numbers))
                : Optional.empty();
    }

    private static String text(Map<String, Object> fields, String name) {
        return fields.getOrDefault(name, "").toString();
    }

    /** The node answered, but not with what was asked for. */
    private static final class Refused extends IOException {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    private Map<String, Object> call(String method, String target) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) origin.resolve(target).toURL().openConnection();
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        connection.setRequestMethod(method);
        int status = connection.getResponseCode();
        InputStream failure = connection.getErrorStream();
        try (InputStream body = failure == null ? connection.getInputStream() : failure) {
            // to its end, so that the connection is used again
            String answer = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            if (status != HttpURLConnection.HTTP_OK) {
                throw new Refused(target + " answered " + status + ": " + answer);
            }
            return JsonText.object(answer);
        } catch (IllegalArgumentException e) {
            throw new IOException("not the admin listener of a node: " + origin, e);
        }
    }
}
