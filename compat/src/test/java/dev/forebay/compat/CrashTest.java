package dev.forebay.compat;

import dev.forebay.base.Clock;
import dev.forebay.base.Randomness;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Kills the node at random points under load and compares what it shows after its next start with
 * what the official client was told. {@code -Dcrash.rounds=1000} runs more rounds, {@code -Dseed=}
 * repeats the points in time.
 */
class CrashTest {
    private static final int ROUNDS = Integer.getInteger("crash.rounds", 50);
    private static final long SEED = Long.getLong("seed", Clock.system().millis());

    private static final int LOAD_MILLIS_MIN = 200;
    private static final int LOAD_MILLIS_MAX = 500;

    /** One round in this many is also killed while it starts. */
    private static final int KILL_WHILE_STARTING = 5;

    private final Clock clock = Clock.system();
    private final Randomness randomness = Randomness.seeded(SEED);
    private final List<Duration> starts = new ArrayList<>();

    @TempDir private Path folder;

    @Test
    void acknowledgedWritesSurvive(TestReporter report) throws IOException, InterruptedException {
        AlluxioClient client = AlluxioClient.install(AlluxioClient.NEWEST);
        Path mounted = Files.createDirectories(folder.resolve("mounted"));
        NodeProcess node = NodeProcess.start(folder);
        String program = AlluxioClient.program("crash_driver.py").toString();
        ProcessBuilder python = client.python(program, mounted.toString());
        try (CrashDriver driver = CrashDriver.start(python, "alluxio")) {
            for (int round = 1; round <= ROUNDS; round++) {
                node = killUnderLoad(node, driver, round);
                assertRound(driver, node, round);
            }
            report.publishEntry("seen", driver.verifyAll(node));
            node.stop();
        } finally {
            node.close();
        }
        Collections.sort(starts);
        report.publishEntry("starts", starts.get(starts.size() / 2) + " to " + starts.getLast());
    }

    private NodeProcess killUnderLoad(NodeProcess node, CrashDriver driver, int round)
            throws IOException, InterruptedException {
        driver.load(node, round);
        clock.sleep(Duration.ofMillis(between(LOAD_MILLIS_MIN, LOAD_MILLIS_MAX)));
        node.kill();
        if (round % KILL_WHILE_STARTING == 0) {
            try (NodeProcess unlucky = NodeProcess.launch(folder)) {
                clock.sleep(Duration.ofMillis(between(50, 1000)));
                unlucky.kill();
            }
        }
        NodeProcess next = NodeProcess.launch(folder);
        starts.add(next.awaitReady());
        return next;
    }

    private void assertRound(CrashDriver driver, NodeProcess node, int round) throws IOException {
        try {
            System.out.println("round " + round + ": " + driver.verify(node));
        } catch (AssertionError e) {
            String where = "seed " + SEED + " round " + round + ": " + e.getMessage();
            throw new AssertionError(where + "\n" + node.log(), e);
        }
    }

    private int between(int min, int max) {
        return min + randomness.below(max - min);
    }
}
