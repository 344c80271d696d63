package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks for the secret of a mount everywhere a person could see it. */
final class SecretWatch {
    /** Found nowhere else by chance. */
    static final String SECRET = "wJalrXUtnFEMIverysecret";

    private final HttpClient http = HttpClient.newHttpClient();
    private final NodeProcess node;
    private final Path folder;

    /**
     * A watch over a node.
     *
     * @param folder of {@link NodeProcess#start}
     */
    SecretWatch(NodeProcess node, Path folder) {
        this.node = node;
        this.folder = folder;
    }

    /** The properties as the JSON object that clients send. */
    static String json(Map<String, String> properties) {
        return properties.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":\"" + entry.getValue() + "\"")
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** The properties as the file that the command reads. */
    static Path propertiesFile(Path folder, Map<String, String> properties) throws IOException {
        List<String> lines = new ArrayList<>();
        properties.forEach((key, value) -> lines.add(key + "=" + value));
        return Files.write(folder.resolve("mount.properties"), lines);
    }

    /** What the admin listener answers. */
    String get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri("admin", path)).build());
    }

    private String post(String path, String body) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(uri("alluxio", "/api/v1/" + path))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .header("Content-Type", "application/json")
                        .build());
    }

    private URI uri(String gateway, String path) throws IOException {
        return URI.create("http://127.0.0.1:" + node.port(gateway) + path);
    }

    private String send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response =
                http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        return response.headers().map() + response.body();
    }

    /** Asks everything that tells of a mount, failures included. */
    void requireNoneInAnswers(String mounted, Map<String, String> properties)
            throws IOException, InterruptedException {
        List<String> answers = new ArrayList<>();
        for (String path : List.of("/", "/health", "/ready", "/metrics", "/status")) {
            answers.add(get(path));
        }
        String mounts = get("/api/mounts");
        assertThat(mounts).contains(mounted, "secret-key");
        answers.add(mounts);
        String path = "paths/" + mounted;
        String body = "{\"properties\":" + json(properties) + "}";
        answers.add(post(path + "/get-status", ""));
        answers.add(post(path + "/list-status", ""));
        answers.add(post("paths//list-status", "{\"recursive\":true}"));
        answers.add(post(path + "/mount?src=s3://bucket", body));
        answers.add(post(path + "2/mount?src=s3://none", body));
        answers.add(post(path + "2/mount?src=s3://none", body + "}"));
        answers.add(post(path + "2/mount?src=nosuch://x", body));
        answers.addAll(commands());
        assertThat(answers).noneMatch(answer -> answer.contains(SECRET));
    }

    private List<String> commands() throws IOException, InterruptedException {
        String uri = "forebay://127.0.0.1:" + node.port("admin");
        ForebayCommand command = new ForebayCommand(folder, uri);
        List<String> answers = new ArrayList<>();
        for (String line :
                List.of("mounts", "mounts --json", "status --json", "config", "stat --json /s3")) {
            answers.add(command.run(line.split(" ", -1)).out());
        }
        assertThat(answers).noneMatch(String::isEmpty);
        return answers;
    }

    /**
     * Reads every file of the data folder but the rows of the metadata store, where the properties
     * must be, and what the node printed.
     */
    void requireNoneInFiles() throws IOException {
        List<Path> told = new ArrayList<>(List.of(folder.resolve("node.log")));
        Path rows = folder.resolve("data/meta");
        try (Stream<Path> all = Files.walk(folder.resolve("data"))) {
            all.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(rows) || isText(file))
                    .forEach(told::add);
        }
        assertThat(told).contains(folder.resolve("data/audit.log"));
        for (Path file : told) {
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .as(file.toString())
                    .doesNotContain(SECRET);
        }
    }

    private static boolean isText(Path file) {
        return !file.toString().matches(".*/[0-9]+\\.(log|sst|blob)");
    }
}
