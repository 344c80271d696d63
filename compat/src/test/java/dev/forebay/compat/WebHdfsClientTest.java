package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.testkit.PythonEnvironment;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The package hdfs, fsspec and curl against the WebHDFS gateway. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebHdfsClientTest {
    /** Fewer means that the suite was not found or not chosen. */
    private static final int PASSED_MIN = 150;

    private static final Path SUITE = Path.of("src", "test", "python-webhdfs").toAbsolutePath();
    private static final Duration SUITE_LIMIT = Duration.ofMinutes(15);
    private static final Pattern PASSED = Pattern.compile("\\b(\\d+) passed\\b");

    @TempDir private static Path folder = Path.of("target");
    private RunningWebHdfs server;

    @BeforeAll
    void startServer() {
        server = RunningWebHdfs.start(folder);
    }

    @AfterAll
    void stopServer() {
        server.close();
    }

    @Test
    void pythonClientsAndCurlPass() throws IOException, InterruptedException {
        assertThat(runSuite("not slow", Map.of())).isGreaterThan(PASSED_MIN);
    }

    @Test
    @Tag("slow")
    void whatTakesLongPasses() throws IOException, InterruptedException {
        assertThat(runSuite("slow", Map.of("FOREBAY_SLOW", "1"))).isPositive();
    }

    private int runSuite(String selection, Map<String, String> variables)
            throws IOException, InterruptedException {
        List<String> requirements = Files.readAllLines(SUITE.resolve("requirements.txt"));
        PythonEnvironment environment =
                PythonEnvironment.open(Path.of("target", "python"), requirements);
        String python = environment.program("python").toString();
        ProcessBuilder builder =
                new ProcessBuilder(
                                List.of(
                                        python,
                                        "-m",
                                        "pytest",
                                        "-q",
                                        "--tb=short",
                                        "--durations=10",
                                        "-m",
                                        selection))
                        .directory(SUITE.toFile());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        builder.environment().put("WEBHDFS_HOST", "127.0.0.1");
        builder.environment().put("WEBHDFS_PORT", Integer.toString(server.port()));
        builder.environment().put("WEBHDFS_USER", RunningWebHdfs.USER);
        builder.environment().putAll(variables);
        List<String> output = ChildProcess.run(SUITE_LIMIT, builder);
        Matcher passed = PASSED.matcher(output.getLast());
        assertThat(passed.find()).as(output.getLast()).isTrue();
        return Integer.parseInt(passed.group(1));
    }
}
