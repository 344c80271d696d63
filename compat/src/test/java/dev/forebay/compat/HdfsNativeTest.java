package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** hdfs-native, the client for Python written in Rust, against the gateway. */
class HdfsNativeTest {
    /** Fewer means that the suite was not found or not chosen. */
    private static final int PASSED_MIN = 60;

    private static final Duration SUITE_LIMIT = Duration.ofMinutes(10);
    private static final Pattern PASSED = Pattern.compile("\\b(\\d+) passed\\b");

    @TempDir private Path folder = Path.of("target");

    @Test
    void everyMethodWorks(TestReporter report) throws IOException, InterruptedException {
        try (NodeProcess node = NodeProcess.start(folder)) {
            int passed = runSuite(node);
            report.publishEntry("hdfs-native passed", Integer.toString(passed));
            assertThat(passed).isGreaterThan(PASSED_MIN);
            assertThat(node.isAlive()).isTrue();
        }
    }

    private static int runSuite(NodeProcess node) throws IOException, InterruptedException {
        ProcessBuilder builder =
                HdfsNative.install().python("-m", "pytest", "-q", "--tb=short", "--durations=10");
        builder.environment().put("HDFS_ADDRESS", node.hdfs().toString());
        builder.environment().put("HDFS_SUPERUSER", NodeProcess.USER);
        String last = ChildProcess.run(SUITE_LIMIT, builder).getLast();
        Matcher passed = PASSED.matcher(last);
        assertThat(passed.find()).as(last).isTrue();
        return Integer.parseInt(passed.group(1));
    }
}
