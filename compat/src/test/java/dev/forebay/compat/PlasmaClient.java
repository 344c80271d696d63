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

/** The last pyarrow with a Plasma client, installed, and the pytest suites that drive it. */
final class PlasmaClient {
    private static final Path SUITE = Path.of("src", "test", "python-plasma").toAbsolutePath();
    private static final Path ARROW =
            Path.of("src", "test", "python-plasma-arrow").toAbsolutePath();
    private static final Duration SUITE_LIMIT = Duration.ofMinutes(20);
    private static final Pattern PASSED = Pattern.compile("\\b(\\d+) passed\\b");

    private final PythonEnvironment environment;

    private PlasmaClient(PythonEnvironment environment) {
        this.environment = environment;
    }

    /** Installs it under {@code target}, once. */
    static PlasmaClient install() throws IOException {
        return new PlasmaClient(
                PythonEnvironment.open(
                        Path.of("target", "python"),
                        Files.readAllLines(SUITE.resolve("requirements.txt"))));
    }

    /** Its Python. */
    Path python() {
        return environment.program("python");
    }

    /**
     * Runs the suite of this project against a store that runs.
     *
     * @param variables name the store
     * @param options of pytest
     * @return how many tests passed, at least one
     * @throws AssertionError if a test fails or the suite does not end in time
     */
    int runSuite(Map<String, String> variables, String... options)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("--tb=short", "--durations=10"));
        arguments.addAll(List.of(options));
        return pytest(SUITE, variables, arguments);
    }

    /**
     * Runs Arrow's own tests of Plasma, as they come with pyarrow. They start stores themselves.
     *
     * @param command starts a store, given a socket, its bytes, and maybe a folder for what is
     *     evicted
     * @return how many tests passed, at least one
     */
    int runArrowSuite(List<String> command) throws IOException, InterruptedException {
        return pytest(
                ARROW,
                Map.of("PLASMA_COMMAND", String.join("\n", command)),
                List.of(
                        "-p",
                        "arrow_suite",
                        "--pyargs",
                        "pyarrow.tests.test_plasma",
                        "-m",
                        "plasma"));
    }

    private int pytest(Path folder, Map<String, String> variables, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(environment.program("python").toString());
        command.addAll(List.of("-m", "pytest", "-q"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        builder.environment().put("PYTHONPATH", folder.toString());
        builder.environment().putAll(variables);
        List<String> output = ChildProcess.run(SUITE_LIMIT, builder);
        Matcher passed = PASSED.matcher(output.getLast());
        if (!passed.find()) {
            throw new AssertionError("pytest passed nothing: " + output.getLast());
        }
        return Integer.parseInt(passed.group(1));
    }
}
