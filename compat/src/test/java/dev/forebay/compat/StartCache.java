package dev.forebay.compat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What lets nodes of the tests start in half the time, as {@code ./forebay} has it for its own: the
 * classes of a first start as the virtual machine lays them out. Made once in a run. Only jars can
 * be laid out.
 */
final class StartCache {
    private static final Path FILE = Path.of("target", "node.aot").toAbsolutePath();

    /** It is written as the node stops. */
    private static final Duration STOP_LIMIT = Duration.ofMinutes(2);

    private static Optional<Path> made = Optional.empty();
    private static boolean tried;

    private StartCache() {}

    /**
     * The option that uses it.
     *
     * @param command of the node, up to its main class
     * @return empty when there is none
     */
    static synchronized List<String> option(List<String> command) {
        if (!tried) {
            tried = true;
            made = make(command);
            System.out.println("start cache of nodes: " + made);
        }
        return made.map(file -> List.of("-XX:AOTCache=" + file)).orElse(List.of());
    }

    private static Optional<Path> make(List<String> command) {
        List<String> words = new ArrayList<>(command);
        words.add(1, "-XX:AOTCacheOutput=" + FILE);
        try {
            Files.deleteIfExists(FILE);
            Path folder = Files.createTempDirectory("start-cache");
            try (NodeProcess node = NodeProcess.launch(folder, new ProcessBuilder(words))) {
                node.awaitReady();
                node.stop(STOP_LIMIT);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.of(FILE).filter(Files::exists);
    }
}
