package dev.forebay.compat;

import dev.forebay.base.Clock;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * {@link HdfsNode} as a process of its own, so that it can be killed. Its class path is that of the
 * test without Hadoop's client, which has classes of the same names.
 */
final class HdfsProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(5);
    private static final Clock CLOCK = Clock.system();

    private final Path ports;
    private final Process process;

    private HdfsProcess(Path ports, Process process) {
        this.ports = ports;
        this.process = process;
    }

    /** Starts a node over a folder and waits until it serves. */
    static HdfsProcess start(Path folder) throws IOException, InterruptedException {
        Path ports = folder.resolve("ports");
        Files.deleteIfExists(ports);
        List<String> command = NodeProcess.command(HdfsNode.class.getName());
        command.replaceAll(NodeProcess::withoutHadoopClient);
        command.add(folder.toString());
        Path log = folder.resolve("node.log");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        HdfsProcess node = new HdfsProcess(ports, process);
        long begin = CLOCK.nanos();
        while (!Files.exists(ports)) {
            if (!process.isAlive() || CLOCK.nanos() - begin > START_LIMIT.toNanos()) {
                node.close();
                throw new AssertionError("node does not serve: " + Files.readString(log));
            }
            CLOCK.sleep(POLL);
        }
        return node;
    }

    /** What clients are given to reach it. */
    URI address() throws IOException {
        return URI.create("hdfs://127.0.0.1:" + port());
    }

    /** The port that answers calls. */
    String port() throws IOException {
        return Files.readString(ports).split(" ", -1)[0];
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Kills the node as {@code kill -9} does, and waits until it is gone. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
