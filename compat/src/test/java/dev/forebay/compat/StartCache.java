package dev.forebay.compat;

import dev.forebay.base.Clock;
import dev.forebay.node.NodeConfig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What lets nodes of the tests start in half the time, as {@code ./forebay} has it for its own: the
 * classes of a first start as the virtual machine lays them out. Made once in a run. Only jars can
 * be laid out, so there is none where classes come from folders.
 */
final class StartCache {
    private static final Path FILE = Path.of("target", "node.aot").toAbsolutePath();
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(50);

    private static Optional<Path> made = Optional.empty();
    private static boolean tried;

    private StartCache() {}

    /**
     * The option that uses it.
     *
     * @param command of the node, up to its main class
     * @return empty when there is none
     */
    static synchronized List<String> option(List<String> command) throws IOException {
        if (!tried) {
            tried = true;
            made = make(command);
            System.out.println("start cache of nodes: " + made);
        }
        return made.map(file -> List.of("-XX:AOTCache=" + file)).orElse(List.of());
    }

    private static Optional<Path> make(List<String> command) throws IOException {
        Files.deleteIfExists(FILE);
        Path folder = Files.createTempDirectory("start-cache");
        Path data = folder.resolve("data");
        List<String> words = new ArrayList<>(command);
        words.add(1, "-XX:AOTCacheOutput=" + FILE);
        words.addAll(List.of("up", "--data", data.toString(), "--memory", "64MB"));
        NodeConfig.at(data)
                .withFreePorts()
                .values()
                .forEach((key, value) -> words.addAll(List.of("--set", key + "=" + value)));
        Process node =
                new ProcessBuilder(words)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
        try {
            awaitReady(node, data);
            node.destroy();
            node.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            node.destroyForcibly();
        }
        return Optional.of(FILE).filter(Files::exists);
    }

    private static void awaitReady(Process node, Path data) throws InterruptedException {
        Clock clock = Clock.system();
        long end = clock.nanos() + LIMIT.toNanos();
        while (!Files.exists(data.resolve("node.json"))
                && node.isAlive()
                && clock.nanos() - end < 0) {
            clock.sleep(POLL);
        }
    }
}
