package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The official Alluxio Python client in each of its versions against one node. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlluxioClientTest {
    /** The suite holds several hundred tests; fewer means that it was not found or not chosen. */
    private static final int PASSED_MIN = 300;

    @TempDir private static Path folder = Path.of("target");
    private NodeProcess node;

    @BeforeAll
    void startNode() throws IOException, InterruptedException {
        node = NodeProcess.start(folder);
    }

    @AfterAll
    void stopNode() throws IOException, InterruptedException {
        node.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1.2", "0.1.3", AlluxioClient.NEWEST})
    void everyVersionPasses(String version, TestReporter report)
            throws IOException, InterruptedException {
        String selection = version.equals(AlluxioClient.NEWEST) ? "" : "not server_only";
        int passed = AlluxioClient.install(version).runSuite(node, selection, Map.of());
        report.publishEntry("alluxio " + version + " passed", Integer.toString(passed));
        assertThat(passed).isGreaterThan(PASSED_MIN);
        assertThat(node.isAlive()).isTrue();
    }

    @Test
    @Tag("slow")
    void whatTakesLongPasses() throws IOException, InterruptedException {
        AlluxioClient client = AlluxioClient.install(AlluxioClient.NEWEST);
        assertThat(client.runSuite(node, "slow", Map.of("FOREBAY_SLOW", "1"))).isPositive();
    }
}
