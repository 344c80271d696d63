package dev.forebay.cli;

import dev.forebay.client.FileClient;
import dev.forebay.client.FileStatus;
import dev.forebay.client.FileTools;
import dev.forebay.client.FilesException;
import dev.forebay.client.Forebay;
import dev.forebay.client.ObjectsException;
import dev.forebay.client.Status;
import dev.forebay.client.rest.JsonOutput;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The options that every command has, the connection they lead to, and the account of what failed.
 * One failing operand does not stop the others. Reporting is safe for use by many threads.
 */
final class Session {
    private static final String NODE = "forebay://localhost:8900";
    private static final String PROXY = "alluxio://localhost:39999";

    @Option(
            names = "--node",
            paramLabel = "URI",
            description = {
                "Where to connect: forebay://host:8900, alluxio://host:39999,",
                "hdfs://host:8020 or webhdfs://host:9870.",
                "Without it FOREBAY_NODE, then both of these on localhost."
            })
    private @Nullable String node;

    @Option(names = "--json", description = "Print JSON, one document for each entry.")
    private boolean json;

    @Option(
            names = {"-?", "--help"},
            usageHelp = true,
            description = "Show this text.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    private final Console console;
    private final List<ExitCode> failures = new ArrayList<>();
    private final AtomicBoolean hooked = new AtomicBoolean();
    private final Set<String> unfinished = ConcurrentHashMap.newKeySet();
    private final RoutedFiles files = new RoutedFiles(this::connect, HadoopJars::connect);
    private int successes;

    Session(Console console) {
        this.console = console;
    }

    Console console() {
        return console;
    }

    boolean json() {
        return json;
    }

    FileTools tools() {
        return new FileTools(files());
    }

    /** Of the node, and of every service that a path names. */
    FileClient files() {
        return files;
    }

    /** The node's admin listener. */
    Forebay forebay() {
        return Forebay.connect(address(NODE));
    }

    /** What was asked for by option or environment, else {@code absent}. */
    String address(String absent) {
        String asked = node == null ? console.environment().get("FOREBAY_NODE") : node;
        return asked == null || asked.isEmpty() ? absent : asked;
    }

    private FileClient connect() {
        String asked = address("");
        if (!asked.isEmpty()) {
            return HadoopJars.connect(asked);
        }
        try {
            return FileClient.connect(NODE);
        } catch (FilesException.Unavailable e) {
            FileClient proxy = FileClient.connect(PROXY);
            try {
                proxy.find("/");
            } catch (FilesException.Unavailable second) {
                e.addSuppressed(second);
                throw e;
            }
            return proxy;
        }
    }

    /** Does something with each operand; a failure is reported and the next one tried. */
    int each(List<String> values, Consumer<String> action) {
        for (String value : values) {
            attempt(() -> action.accept(value));
        }
        return exitCode();
    }

    /** Does something that may fail; a failure is reported. */
    void attempt(Runnable action) {
        if (guard(action)) {
            succeeded();
        }
    }

    /** As {@link #attempt}, for a step that is no result by itself. */
    boolean guard(Runnable action) {
        try {
            action.run();
            return true;
        } catch (FilesException e) {
            report(e);
            return false;
        } catch (ObjectsException e) {
            report(e);
            return false;
        }
    }

    private synchronized void succeeded() {
        successes++;
    }

    /** Tells what failed and what to do next. */
    void report(FilesException failure) {
        report(
                new Failure(failure.status(), failure.reason(), failure.subject()),
                failure.getMessage(),
                Advice.of(failure));
    }

    /** Tells what failed and what to do next. */
    void report(ObjectsException failure) {
        report(
                new Failure(failure.status(), failure.reason(), failure.subject()),
                failure.getMessage(),
                Advice.of(failure));
    }

    private record Failure(Status status, String reason, String subject) {}

    private synchronized void report(Failure failure, String message, Optional<String> advice) {
        ExitCode code = ExitCode.of(failure.status());
        failures.add(code);
        if (json) {
            console.errorLine(
                    new JsonOutput()
                            .text("error", failure.status().name())
                            .text("message", failure.reason())
                            .text("subject", failure.subject())
                            .number("exitCode", code.number())
                            .toString());
            return;
        }
        console.errorLine("forebay: " + message);
        advice.ifPresent(text -> console.errorLine("  " + text));
    }

    /** The number of what failed when it was the only thing to do; of several things, 1. */
    synchronized int exitCode() {
        if (failures.isEmpty()) {
            return ExitCode.OK.number();
        }
        boolean one = successes == 0 && failures.size() == 1;
        return (one ? failures.getFirst() : ExitCode.FAILED).number();
    }

    /**
     * Makes a file that is dropped when this process is told to stop before it is whole: a stream
     * that nobody closes is completed by the service after a while.
     */
    void making(String path, Runnable action) {
        if (hooked.compareAndSet(false, true)) {
            Runtime.getRuntime().addShutdownHook(new Thread(this::dropUnfinished));
        }
        unfinished.add(path);
        try {
            action.run();
        } finally {
            unfinished.remove(path);
        }
    }

    private void dropUnfinished() {
        for (String path : unfinished) {
            guard(() -> files().delete(path));
        }
    }

    /** The paths that patterns stand for; a pattern that matches nothing stands for itself. */
    List<String> expand(List<String> patterns) {
        return patterns.stream().flatMap(pattern -> files.expand(pattern).stream()).toList();
    }

    /** Prints an entry: as JSON when asked for, else as text. */
    void entry(JsonOutput entry, String text) {
        console.line(json ? entry.toString() : text);
    }

    /** Says what was done, to nobody but those who asked for JSON. */
    void done(String action, String path) {
        if (json) {
            console.line(new JsonOutput().text("done", action).text("path", path).toString());
        }
    }

    /** Whether a directory is at a path. */
    boolean isDirectory(String path) {
        return files().find(path).filter(FileStatus::directory).isPresent();
    }
}
