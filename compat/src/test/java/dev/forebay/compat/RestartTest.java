package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** What a restart keeps, seen through the official client; and that one folder has one node. */
class RestartTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepsWhatIsPersisted(boolean killed) throws IOException, InterruptedException {
        AlluxioClient client = AlluxioClient.install(AlluxioClient.NEWEST);
        Map<String, String> notes =
                Map.of("FOREBAY_NOTES", folder.resolve("notes.json").toString());
        try (NodeProcess node = NodeProcess.start(folder)) {
            client.runSuite(node, "before_restart", notes);
            if (killed) {
                node.kill();
            } else {
                node.stop();
            }
        }
        try (NodeProcess node = NodeProcess.start(folder)) {
            client.runSuite(node, "after_restart", notes);
            node.stop();
        }
    }

    @Test
    void secondNodeOnTheSameFolderIsRefused() throws IOException, InterruptedException {
        try (NodeProcess first = NodeProcess.start(folder);
                NodeProcess second = NodeProcess.launch(folder)) {
            assertThat(second.awaitEnd(Duration.ofSeconds(20))).isNotZero();
            assertThat(second.log()).contains(folder.resolve("data").toString());
            assertThat(first.port("alluxio")).isPositive();
            first.stop();
        }
    }
}
