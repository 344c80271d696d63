package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.Clock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** What the node's own command prints and returns. */
class UpTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir private Path folder;

    @Test
    void theSnippetOfTheBannerWorksWhenPasted() throws IOException, InterruptedException {
        AlluxioClient client = AlluxioClient.install(AlluxioClient.NEWEST);
        try (NodeProcess node = NodeProcess.start(folder)) {
            String program = snippet(banner(node));
            List<String> output = ChildProcess.run(LIMIT, client.python("-c", program));
            assertThat(output.getFirst()).contains("Hello, Forebay");
            assertThat(output.getLast()).contains("hello");
            node.stop();
        }
    }

    /** The banner, which is printed just after the node is ready. */
    private static String banner(NodeProcess node) throws IOException, InterruptedException {
        for (int i = 0; i < 1000 && !node.log().contains("Ctrl-C"); i++) {
            Clock.system().sleep(Duration.ofMillis(20));
        }
        return node.log();
    }

    /** The indented lines below the line that begins with Python. */
    private static String snippet(String banner) {
        return banner.lines()
                .dropWhile(line -> !line.startsWith("Python"))
                .skip(1)
                .takeWhile(line -> !line.isEmpty())
                .map(line -> line.substring(2))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void wrongUseReturnsTwo() throws IOException, InterruptedException {
        for (String wrong :
                List.of("--bogus", "--set=nonsense=1", "--memory=1XB", "--config=/no")) {
            assertThat(run("up", "--data", folder.resolve("data") + "", wrong)).isEqualTo(2);
        }
        assertThat(folder.resolve("data")).doesNotExist();
        assertThat(run("up", "--help")).isZero();
    }

    @Test
    void fsckChecksWhatIsThere() throws IOException, InterruptedException {
        assertThat(run("fsck", "--data", folder.resolve("none") + "")).isEqualTo(1);
        assertThat(folder.resolve("none")).doesNotExist();
        try (NodeProcess node = NodeProcess.start(folder)) {
            assertThat(run("fsck", "--data", folder.resolve("data") + "")).isEqualTo(1);
            node.stop();
        }
        assertThat(run("fsck", "--data", folder.resolve("data") + "")).isZero();
    }

    private int run(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = NodeProcess.program(arguments);
        Path output = Files.createTempFile(folder, "output", "");
        return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start().waitFor();
    }
}
