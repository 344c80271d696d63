package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The command line client as a process of its own, as the script starts it. */
final class ForebayCommand {
    private static final int LIMIT_SECONDS = 60;

    private final Path folder;
    private final String node;
    private final List<String> javaOptions;
    private final String classPath;

    /**
     * A command that talks to a node.
     *
     * @param folder for what it prints
     * @param node URI, as in FOREBAY_NODE
     */
    ForebayCommand(Path folder, String node) {
        this(folder, node, List.of(), System.getProperty("java.class.path"));
    }

    private ForebayCommand(Path folder, String node, List<String> javaOptions, String classPath) {
        this.folder = folder;
        this.node = node;
        this.javaOptions = List.copyOf(javaOptions);
        this.classPath = classPath;
    }

    /**
     * A command without Hadoop on its class path.
     *
     * @param jars a folder for it, as the script gives it; absent for none
     */
    static ForebayCommand withoutHadoop(Path folder, String node, Optional<Path> jars)
            throws IOException {
        List<String> entries =
                List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1));
        List<String> options =
                new ArrayList<>(
                        List.of(
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow"));
        if (jars.isPresent()) {
            ForebayHome.writeJar(
                    Files.createDirectories(jars.get()).resolve("hadoop.jar"),
                    entries.stream().filter(ForebayCommand::hadoop).toList());
            options.add("-Dforebay.hdfs=" + jars.get());
        }
        String rest =
                entries.stream()
                        .filter(entry -> !hadoop(entry) && !entry.contains("logback"))
                        .collect(Collectors.joining(File.pathSeparator));
        return new ForebayCommand(folder, node, options, rest);
    }

    private static boolean hadoop(String entry) {
        return entry.contains("hadoop-")
                || entry.contains("clients/hdfs/")
                || entry.contains("forebay-client-hdfs")
                || entry.contains("slf4j");
    }

    /** What a command gave back: exit code, standard output and standard error as UTF-8. */
    record Outcome(int code, String out, String err) {}

    /** Runs to the end with an empty standard input. */
    Outcome run(String... arguments) throws IOException, InterruptedException {
        return runWith(Path.of("/dev/null"), arguments);
    }

    /** Runs a command that must succeed in silence on standard error, and gives its output. */
    String good(String... arguments) throws IOException, InterruptedException {
        Outcome outcome = run(arguments);
        assertThat(outcome.err()).as(List.of(arguments).toString()).isEmpty();
        assertThat(outcome.code()).as(List.of(arguments).toString()).isZero();
        return outcome.out();
    }

    /** Runs to the end with a file as standard input. */
    Outcome runWith(Path input, String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        Process process =
                builder(arguments)
                        .redirectInput(input.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError("not done: " + List.of(arguments));
        }
        return new Outcome(process.exitValue(), text(out), text(err));
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    /** Starts with a pipe as standard input. */
    Process start(String... arguments) throws IOException {
        return builder(arguments)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private ProcessBuilder builder(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m"));
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", classPath));
        command.add("dev.forebay.cli.Main");
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("FOREBAY_NODE", node);
        return builder;
    }
}
