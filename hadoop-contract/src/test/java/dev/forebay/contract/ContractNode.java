package dev.forebay.contract;

import dev.forebay.base.Clock;
import dev.forebay.node.NodeConfig;

import org.junit.jupiter.api.extension.ExtensionContext;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The node that all tests of a run share: a process of its own on the Java and the class path of
 * the tests, without Hadoop's client, which has classes of the same names. It ends with the run.
 */
final class ContractNode implements AutoCloseable {
    private static final ExtensionContext.Namespace SPACE =
            ExtensionContext.Namespace.create(ContractNode.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(5);
    private static final Clock CLOCK = Clock.system();

    private final Path folder;
    private final Process process;

    private ContractNode(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    /** The node of this run, started at the first call. */
    static ContractNode of(ExtensionContext context) {
        return context.getRoot()
                .getStore(SPACE)
                .computeIfAbsent("node", each -> start(), ContractNode.class);
    }

    private static ContractNode start() {
        try {
            Path target = Files.createDirectories(Path.of("target"));
            Path folder = Files.createTempDirectory(target.toAbsolutePath(), "node");
            ContractNode node = launch(folder);
            try {
                node.awaitReady();
                node.unmountObjects();
            } catch (AssertionError | IOException | InterruptedException e) {
                node.close();
                throw e;
            }
            return node;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("node did not start", e);
        }
    }

    private static ContractNode launch(Path folder) throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-ea", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-cp", classPath(), "dev.forebay.node.Main", "up"));
        command.addAll(List.of("--data", data.toString(), "--memory", "256MB"));
        NodeConfig.at(data)
                .withFreePorts()
                .values()
                .forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("node.log").toFile());
        return new ContractNode(folder, builder.start());
    }

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(path -> !path.contains("hadoop-client-"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private void awaitReady() throws IOException, InterruptedException {
        long begin = CLOCK.nanos();
        while (!Files.exists(readyFile())) {
            Duration waited = Duration.ofNanos(CLOCK.nanos() - begin);
            if (!process.isAlive() || waited.compareTo(START_LIMIT) > 0) {
                throw new AssertionError(
                        "node is not ready: " + Files.readString(folder.resolve("node.log")));
            }
            CLOCK.sleep(POLL);
        }
    }

    /** Hadoop's tests empty the root, which a node refuses while something is mounted in it. */
    private void unmountObjects() throws IOException, InterruptedException {
        URI call =
                URI.create(
                        "http://127.0.0.1:%d/api/v1/paths//objects/unmount"
                                .formatted(port("alluxio")));
        HttpRequest request =
                HttpRequest.newBuilder(call).POST(HttpRequest.BodyPublishers.noBody()).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError("/objects is still mounted: " + answer.body());
            }
        }
    }

    private Path readyFile() {
        return folder.resolve("data/node.json");
    }

    /**
     * The port of a gateway.
     *
     * @param gateway its name, such as {@code webhdfs}
     */
    int port(String gateway) throws IOException {
        Matcher found =
                Pattern.compile(
                                "\\{[^{}]*\"name\"\\s*:\\s*\"%s\"[^{}]*\"port\"\\s*:\\s*(\\d+)"
                                        .formatted(gateway))
                        .matcher(Files.readString(readyFile()));
        if (!found.find()) {
            throw new AssertionError("no gateway " + gateway + " in node.json");
        }
        return Integer.parseInt(found.group(1));
    }

    /** Kills the node and removes what it stored, but for its log. */
    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        try (Stream<Path> tree = Files.walk(folder.resolve("data"))) {
            for (Path each : tree.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(each);
            }
        }
    }
}
