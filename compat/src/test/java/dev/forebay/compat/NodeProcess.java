package dev.forebay.compat;

import dev.forebay.base.Clock;
import dev.forebay.node.NodeConfig;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A node as a process of its own, so that it can be killed. It runs on the Java and the class path
 * of the test, with ports that the system picks.
 *
 * <p>The node says that it is ready by writing {@code node.json} into its data folder; a file left
 * there by a node that was killed names another process and is not believed.
 */
final class NodeProcess implements AutoCloseable {
    /** What the node may use for its cache, in bytes. */
    static final long MEMORY_BYTES = 512L * 1024 * 1024;

    /** The user that runs the node and may do anything. */
    static final String USER = System.getProperty("user.name", "forebay");

    /** Far less than the largest file of the tests: whoever gathers one in memory dies of it. */
    private static final String HEAP = "-Xmx256m";

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(5);
    private static final Clock CLOCK = Clock.system();

    private final Path data;
    private final Path log;
    private final Process process;
    private final long launchedNanos;

    private NodeProcess(Path data, Path log, Process process, long launchedNanos) {
        this.data = data;
        this.log = log;
        this.process = process;
        this.launchedNanos = launchedNanos;
    }

    /**
     * Starts a node and waits until it is ready.
     *
     * @param folder holds the folder {@code data} and the file {@code node.log}, to which every
     *     start appends
     * @throws AssertionError with the end of the log if the node ends instead of becoming ready
     */
    static NodeProcess start(Path folder) throws IOException, InterruptedException {
        return start(folder, Map.of());
    }

    /** The same with settings beside those that every node of the tests gets. */
    static NodeProcess start(Path folder, Map<String, String> settings)
            throws IOException, InterruptedException {
        NodeProcess node = launch(folder, program(), settings);
        try {
            node.awaitReady();
        } catch (AssertionError | IOException | InterruptedException e) {
            node.close();
            throw e;
        }
        return node;
    }

    /** Starts a node without waiting for it. */
    static NodeProcess launch(Path folder) throws IOException {
        return launch(folder, program());
    }

    /**
     * Starts a node without waiting for it.
     *
     * @param program takes {@code up} with its options and becomes the node, under its own process
     *     id
     */
    static NodeProcess launch(Path folder, ProcessBuilder program) throws IOException {
        return launch(folder, program, Map.of());
    }

    private static NodeProcess launch(
            Path folder, ProcessBuilder program, Map<String, String> settings) throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        Path log = folder.resolve("node.log");
        program.command().addAll(List.of("up", "--data", data.toString()));
        program.command().addAll(List.of("--memory", MEMORY_BYTES / (1024 * 1024) + "MB"));
        Map<String, String> all = new HashMap<>(NodeConfig.at(data).withFreePorts().values());
        all.putAll(settings);
        for (String setting :
                all.entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .toList()) {
            program.command().addAll(List.of("--set", setting));
        }
        program.directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        long launchedNanos = CLOCK.nanos();
        return new NodeProcess(data, log, program.start(), launchedNanos);
    }

    /** Waits until the node is ready and returns the time since its launch. */
    Duration awaitReady() throws IOException, InterruptedException {
        while (readyFile().isEmpty()) {
            if (!process.isAlive()) {
                throw new AssertionError("node ended with " + process.exitValue() + logTail());
            }
            if (sinceLaunch().compareTo(START_LIMIT) > 0) {
                throw new AssertionError("node not ready in " + START_LIMIT + logTail());
            }
            CLOCK.sleep(POLL);
        }
        return sinceLaunch();
    }

    /**
     * The port of a gateway.
     *
     * @param gateway its name, such as {@code alluxio}
     */
    int port(String gateway) throws IOException {
        Pattern entry =
                Pattern.compile(
                        "\\{[^{}]*\"name\"\\s*:\\s*\""
                                + gateway
                                + "\"[^{}]*\"port\"\\s*:\\s*(\\d+)[^{}]*\\}");
        Matcher found = entry.matcher(readyFile().orElseThrow());
        if (!found.find()) {
            throw new AssertionError("no gateway " + gateway + " in node.json");
        }
        return Integer.parseInt(found.group(1));
    }

    /** What clients of HDFS are given to reach it. */
    URI hdfs() throws IOException {
        return URI.create("hdfs://127.0.0.1:" + port("hdfs"));
    }

    /** Kills the node as {@code kill -9} does, and waits until it is gone. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Asks the node to stop, and checks that it says it went well. */
    void stop() throws IOException, InterruptedException {
        stop(STOP_LIMIT);
    }

    /** The same for a node that has more to do than to stop. */
    void stop(Duration limit) throws IOException, InterruptedException {
        process.destroy();
        awaitGoodEnd(limit);
    }

    /**
     * Sends a signal to the node's process group, as a terminal does, and checks that the node
     * stops and says it went well.
     *
     * @param signal such as {@code INT}, which is Ctrl-C
     */
    void stopGroup(String signal) throws IOException, InterruptedException {
        String kill = "kill -%s -%d".formatted(signal, process.pid());
        ChildProcess.run(STOP_LIMIT, new ProcessBuilder("sh", "-c", kill));
        awaitGoodEnd(STOP_LIMIT);
    }

    private void awaitGoodEnd(Duration limit) throws IOException, InterruptedException {
        if (awaitEnd(limit) != 0) {
            throw new AssertionError("stop gave exit code " + process.exitValue() + logTail());
        }
        if (Files.exists(data.resolve("node.json"))) {
            throw new AssertionError("node.json is still there after the stop");
        }
    }

    /** Waits for the node to end by itself and returns its exit code. */
    int awaitEnd(Duration limit) throws IOException, InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("node still runs after " + limit + logTail());
        }
        return process.exitValue();
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Everything that nodes of this folder said so far. */
    String log() throws IOException {
        return Files.readString(log);
    }

    /** What the node printed, once its banner is whole, which is just after it is ready. */
    String banner() throws IOException, InterruptedException {
        for (int i = 0; i < 1000 && !log().contains("Ctrl-C"); i++) {
            CLOCK.sleep(Duration.ofMillis(20));
        }
        return log();
    }

    @Override
    public void close() {
        kill();
    }

    /** Where the node keeps what it stores. */
    Path data() {
        return data;
    }

    /** A command that runs the node's own program, such as {@code up} or {@code fsck}. */
    static ProcessBuilder program(String... arguments) {
        List<String> path = classPath().filter(NodeProcess::ofTheNode).toList();
        boolean packaged = path.stream().noneMatch(NodeProcess::holdsTheNodeUnpackaged);
        List<String> used =
                packaged ? path.stream().filter(part -> part.endsWith(".jar")).toList() : path;
        String main = System.getProperty("forebay.node.main", "dev.forebay.node.Main");
        List<String> command = command(main, used);
        if (packaged) {
            command.addAll(1, StartCache.option(command));
        }
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    /** Whether a part is the node's; Hadoop's client has classes of the same names. */
    private static boolean ofTheNode(String part) {
        return !part.contains("hadoop-client-") && !isForebayHadoop(part);
    }

    private static boolean holdsTheNodeUnpackaged(String part) {
        return Files.exists(Path.of(part, "dev", "forebay", "node"));
    }

    /** Whether a part of a class path is our module for programs of Hadoop. */
    static boolean isForebayHadoop(String path) {
        return path.contains("forebay-hadoop") || path.contains("clients/hadoop/");
    }

    private static Stream<String> classPath() {
        String path =
                System.getProperty("forebay.node.classpath", System.getProperty("java.class.path"));
        return Arrays.stream(path.split(File.pathSeparator, -1));
    }

    /** The words of a command that runs a class; more may be added. */
    static List<String> command(String mainClass) {
        return command(mainClass, classPath().toList());
    }

    private static List<String> command(String mainClass, List<String> path) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(HEAP, "-ea", "--enable-native-access=ALL-UNNAMED"));
        command.add("-Djdk.virtualThreadScheduler.parallelism=8");
        command.addAll(List.of("-cp", String.join(File.pathSeparator, path), mainClass));
        return command;
    }

    private Duration sinceLaunch() {
        return Duration.ofNanos(CLOCK.nanos() - launchedNanos);
    }

    private Optional<String> readyFile() throws IOException {
        Path file = data.resolve("node.json");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String text = Files.readString(file);
        boolean mine =
                Pattern.compile("\"pid\"\\s*:\\s*\"?" + process.pid() + "\\b").matcher(text).find();
        return mine ? Optional.of(text) : Optional.empty();
    }

    private String logTail() throws IOException {
        String all = log();
        return "\n" + all.substring(Math.max(0, all.length() - 6000));
    }
}
