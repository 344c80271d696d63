package dev.forebay.compat;

import dev.forebay.base.Clock;
import dev.forebay.base.Randomness;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Kills the node at random points while hdfs-native and Hadoop's client write, and compares what it
 * shows after its next start with what they were told. {@code -Dcrash.rounds=1000} runs more
 * rounds, {@code -Dseed=} repeats the points in time and what is written.
 */
class HdfsCrashTest {
    private static final int ROUNDS = Integer.getInteger("crash.rounds", 50);
    private static final long SEED = Long.getLong("seed", Clock.system().millis());

    private static final int LOAD_MILLIS_MIN = 50;
    private static final int LOAD_MILLIS_SPAN = 750;

    /** What a node that was killed left is checked in one round of this many. */
    private static final int CHECK_EVERY = 10;

    private static final Duration CHECK_LIMIT = Duration.ofMinutes(2);

    private final Clock clock = Clock.system();
    private final Randomness randomness = Randomness.seeded(SEED);

    @TempDir private Path folder;

    @Test
    void acknowledgedCallsSurvive(TestReporter report) throws IOException, InterruptedException {
        System.out.println("seed " + SEED);
        HdfsNative client = HdfsNative.install();
        ProcessBuilder python = client.python("crash_driver.py", Long.toString(SEED));
        NodeProcess node = NodeProcess.start(folder);
        try (CrashDriver driver = CrashDriver.start(python, "hdfs")) {
            for (int round = 1; round <= ROUNDS; round++) {
                try (HadoopLoad joins = joins(node, round)) {
                    driver.load(node, round);
                    node = killUnderLoad(node, round);
                    verify(driver, joins, node, round);
                }
            }
            report.publishEntry("seen", driver.verifyAll(node));
            node.stop();
            check(node);
        } finally {
            node.close();
        }
    }

    private HadoopLoad joins(NodeProcess node, int round) throws IOException {
        Randomness own = Randomness.seeded(randomness.nextLong());
        return HadoopLoad.start(address(node), "/joins" + round, own);
    }

    private NodeProcess killUnderLoad(NodeProcess node, int round)
            throws IOException, InterruptedException {
        clock.sleep(Duration.ofMillis(LOAD_MILLIS_MIN + randomness.below(LOAD_MILLIS_SPAN)));
        node.kill();
        if (round % CHECK_EVERY == 0) {
            check(node);
        }
        return NodeProcess.start(folder);
    }

    private static void verify(CrashDriver driver, HadoopLoad joins, NodeProcess node, int round)
            throws IOException, InterruptedException {
        try {
            String seen = driver.verify(node);
            int joined = joins.verify(address(node));
            System.out.println("round " + round + ": " + seen + " joins=" + joined);
        } catch (AssertionError e) {
            String where = "seed " + SEED + " round " + round + ": " + e.getMessage();
            throw new AssertionError(where + "\n" + node.log(), e);
        }
    }

    private static URI address(NodeProcess node) throws IOException {
        return URI.create("hdfs://127.0.0.1:" + node.port("hdfs"));
    }

    /** Fails unless every name, block and checksum of a node that does not run is as it must be. */
    private static void check(NodeProcess node) throws IOException, InterruptedException {
        ProcessBuilder fsck = NodeProcess.program("fsck", "--data", node.data().toString());
        List<String> lines = ChildProcess.run(CHECK_LIMIT, fsck);
        System.out.println("seed " + SEED + ": " + lines.getLast());
    }
}
