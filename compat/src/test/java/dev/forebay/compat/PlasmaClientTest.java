package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.Clock;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The Plasma client of pyarrow 11 against a node, and Arrow's own tests against the gateway. */
class PlasmaClientTest {
    /** The suite holds over 180 tests; fewer means that it was not found or not chosen. */
    private static final int PASSED_MIN = 180;

    private static final int ARROW_PASSED_MIN = 32;
    private static final String SLOW_CAPACITY = Long.toString(2L << 30);

    @TempDir private Path folder = Path.of("target");

    @Test
    void everyMethodWorksAgainstANode(TestReporter report)
            throws IOException, InterruptedException {
        try (NodeProcess node = NodeProcess.start(folder)) {
            Map<String, String> store =
                    Map.of(
                            "PLASMA_SOCKET",
                            folder.resolve("data").resolve("plasma").toString(),
                            "PLASMA_CAPACITY",
                            Long.toString(NodeProcess.MEMORY_BYTES),
                            "PLASMA_PID",
                            Long.toString(node.pid()));
            int passed = PlasmaClient.install().runSuite(store);
            report.publishEntry("pyarrow 11 passed", Integer.toString(passed));
            assertThat(passed).isGreaterThan(PASSED_MIN);
            assertThat(node.isAlive()).isTrue();
        }
    }

    @Test
    @Tag("slow")
    void arrowsOwnTestsPass() throws IOException, InterruptedException {
        int passed =
                PlasmaClient.install()
                        .runArrowSuite(NodeProcess.command(PlasmaStore.class.getName()));
        assertThat(passed).isGreaterThanOrEqualTo(ARROW_PASSED_MIN);
    }

    @Test
    @Tag("slow")
    void whatTakesLongPasses() throws IOException, InterruptedException {
        Path socket = folder.resolve("s");
        List<String> command = NodeProcess.command(PlasmaStore.class.getName());
        command.addAll(List.of(socket.toString(), SLOW_CAPACITY));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("store.log").toFile())
                        .start();
        try {
            awaitSocket(process, socket);
            Map<String, String> store =
                    Map.of(
                            "PLASMA_SOCKET",
                            socket.toString(),
                            "PLASMA_CAPACITY",
                            SLOW_CAPACITY,
                            "PLASMA_PID",
                            Long.toString(process.pid()),
                            "FOREBAY_SLOW",
                            "1");
            assertThat(PlasmaClient.install().runSuite(store, "-m", "slow")).isPositive();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static void awaitSocket(Process process, Path socket) throws InterruptedException {
        while (!Files.exists(socket)) {
            assertThat(process.isAlive()).isTrue();
            Clock.system().sleep(Duration.ofMillis(20));
        }
    }
}
