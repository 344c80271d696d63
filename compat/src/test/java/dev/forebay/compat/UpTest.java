package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the node's own command prints and returns. */
class UpTest {
    @TempDir private Path folder;

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
