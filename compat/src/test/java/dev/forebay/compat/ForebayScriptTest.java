package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;

/** A node started by the project's script. */
class ForebayScriptTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void signalStopsTheNodeInGoodOrder(String signal) throws IOException, InterruptedException {
        try (NodeProcess node = ForebayHome.make(folder).up()) {
            node.stopGroup(signal);
            assertThat(node.log()).contains("Stop it with Ctrl-C.", "stopping");
        }
    }
}
