package dev.forebay.client;

import dev.forebay.base.ObjectId;
import dev.forebay.client.rest.Json;
import dev.forebay.client.rest.JsonOutput;
import dev.forebay.client.rest.RequestTarget;
import dev.forebay.client.rest.RestConnection;
import dev.forebay.client.rest.RestRequest;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** The admin listener of a node: what it serves where, and what the other wires lack. */
final class AdminListener {
    private static final Set<String> ANY_ADDRESS = Set.of("", "0.0.0.0", "::", "[::]", "*");

    private final RestCalls rest;
    private final String host;

    AdminListener(String host, int port) {
        this.rest = new RestCalls(new RestConnection(host, port));
        this.host = host;
    }

    Json status() {
        return rest.exchange(RestRequest.get("/status"), rest.origin());
    }

    /** A gateway that listens on every address is reached by the name that reached this one. */
    List<Gateway> gateways() {
        return status().field("gateways").items().stream().map(this::gateway).toList();
    }

    Usage usage() {
        Json usage = rest.exchange(RestRequest.get("/api/usage"), rest.origin());
        long free = usage.field("diskFree").whole(0);
        // earlier nodes do not say it
        long used = usage.field("diskUsed").whole(-1);
        return new Usage(
                usage.field("memoryCapacity").whole(0),
                usage.field("memoryUsed").whole(0),
                free,
                used < 0 ? OptionalLong.empty() : OptionalLong.of(free + used),
                used < 0 ? OptionalLong.empty() : OptionalLong.of(used));
    }

    List<MountPoint> mounts() {
        Json answer = rest.exchange(RestRequest.get("/api/mounts"), rest.origin());
        return answer.items().stream()
                .map(AdminListener::mount)
                .sorted(Comparator.comparing(MountPoint::path))
                .toList();
    }

    void load(String path, boolean recursive) {
        String query = "path=" + RequestTarget.query(path) + "&recursive=" + recursive;
        rest.exchange(RestRequest.post("/api/load?" + query, new JsonOutput()), path);
    }

    LentFile lend(String path) {
        String query = "path=" + RequestTarget.query(path);
        Json file = rest.exchange(RestRequest.post("/api/lend?" + query, new JsonOutput()), path);
        return new LentFile(
                file.field("path").text().orElse(path),
                file.field("generation").text().orElse(""),
                file.field("length").whole(0),
                file.field("blockSize").whole(0),
                file.field("blocks").items().stream()
                        .map(block -> ObjectId.parse(block.text().orElse("")))
                        .toList());
    }

    /** What is told of snapshots. */
    Json snapshots(String below, Map<String, String> query) {
        String target = "/api/snapshots" + below + "?" + text(query);
        return rest.exchange(RestRequest.get(target), query.getOrDefault("path", rest.origin()));
    }

    /** Changes snapshots of a directory. */
    Json changeSnapshots(String action, String directory, Map<String, String> query) {
        String target =
                "/api/snapshots/"
                        + action
                        + "?path="
                        + RequestTarget.query(directory)
                        + "&"
                        + text(query);
        return rest.exchange(RestRequest.post(target, new JsonOutput()), directory);
    }

    private static String text(Map<String, String> query) {
        return query.entrySet().stream()
                .map(each -> each.getKey() + "=" + RequestTarget.query(each.getValue()))
                .collect(Collectors.joining("&"));
    }

    private Gateway gateway(Json json) {
        String address = json.field("host").text().orElse("");
        return new Gateway(
                json.field("name").text().orElse(""),
                json.field("protocol").text().orElse(""),
                ANY_ADDRESS.contains(address) ? host : address,
                (int) json.field("port").whole(0));
    }

    private static MountPoint mount(Json json) {
        return new MountPoint(
                json.field("path").text().orElse(""),
                json.field("uri").text().orElse(""),
                json.field("readOnly").isTrue(),
                json.field("shared").isTrue());
    }
}
