package dev.forebay.compat;

import dev.forebay.testkit.PythonEnvironment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One version of the official client, installed, and the pytest suite that drives it. */
final class AlluxioClient {
    /** The version that runs everything; the older ones leave out what no client has a part in. */
    static final String NEWEST = "0.1.4";

    private static final Path SUITE = Path.of("src", "test", "python").toAbsolutePath();
    private static final Duration SUITE_LIMIT = Duration.ofMinutes(15);
    private static final Pattern PASSED = Pattern.compile("\\b(\\d+) passed\\b");

    private final PythonEnvironment environment;

    private AlluxioClient(PythonEnvironment environment) {
        this.environment = environment;
    }

    /**
     * Installs a version under {@code target}, once.
     *
     * @param version as on PyPI
     */
    static AlluxioClient install(String version) throws IOException {
        List<String> requirements =
                new ArrayList<>(Files.readAllLines(SUITE.resolve("requirements.txt")));
        requirements.add("alluxio==" + version);
        return new AlluxioClient(PythonEnvironment.open(Path.of("target", "python"), requirements));
    }

    /**
     * Runs the suite against a node.
     *
     * @param selection pytest's marker expression; empty for everything
     * @param variables added to the suite's environment
     * @return how many tests passed, at least one
     * @throws AssertionError if a test fails or the suite does not end in time
     */
    int runSuite(NodeProcess node, String selection, Map<String, String> variables)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                python("-m", "pytest", "-q", "--tb=short", "--durations=10", "-m", selection);
        builder.directory(SUITE.toFile());
        builder.environment().put("ALLUXIO_HOST", "127.0.0.1");
        builder.environment().put("ALLUXIO_PORT", Integer.toString(node.port("alluxio")));
        builder.environment().put("ALLUXIO_MEMORY", Long.toString(NodeProcess.MEMORY_BYTES));
        builder.environment().putAll(variables);
        List<String> output = ChildProcess.run(SUITE_LIMIT, builder);
        Matcher passed = PASSED.matcher(output.getLast());
        if (!passed.find()) {
            throw new AssertionError("pytest passed nothing: " + output.getLast());
        }
        return Integer.parseInt(passed.group(1));
    }

    /** A command that runs Python with this client. */
    ProcessBuilder python(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(environment.program("python").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        builder.environment().put("PYTHONPATH", SUITE.toString());
        return builder;
    }

    /** A program of the suite's folder. */
    static Path program(String name) {
        return SUITE.resolve(name);
    }
}
