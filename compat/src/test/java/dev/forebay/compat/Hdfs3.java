package dev.forebay.compat;

import dev.forebay.testkit.PythonEnvironment;

import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * hdfs3, the client for Python over libhdfs3, installed, and the programs that drive it. libhdfs3
 * is not published as a package: whoever built it names its folder.
 */
final class Hdfs3 {
    private static final Path SUITE = Path.of("src", "test", "python-hdfs3").toAbsolutePath();

    /** It imports on these only. */
    private static final List<String> INTERPRETERS =
            List.of("python3.9", "python3.8", "python3.7", "python3.6");

    private final Path library;
    private final PythonEnvironment environment;

    private Hdfs3(Path library, PythonEnvironment environment) {
        this.library = library;
        this.environment = environment;
    }

    /** Installs it under {@code target}, once; without its library the test counts as not run. */
    static Hdfs3 install() throws IOException, InterruptedException {
        Optional<Path> folder = named("LIBHDFS3_DIR").map(Path::of).map(Path::toAbsolutePath);
        Assumptions.assumeTrue(folder.isPresent(), "not run: no folder LIBHDFS3_DIR of libhdfs3");
        Optional<String> interpreter = interpreter();
        Assumptions.assumeTrue(
                interpreter.isPresent(), "not run: no Python 3.6 to 3.9, name one HDFS3_PYTHON");
        List<String> requirements = Files.readAllLines(SUITE.resolve("requirements.txt"));
        Path parent = Path.of("target", "python");
        return new Hdfs3(
                folder.orElseThrow(),
                PythonEnvironment.open(parent, interpreter.orElseThrow(), requirements));
    }

    private static Optional<String> named(String variable) {
        return Optional.ofNullable(System.getenv(variable));
    }

    private static Optional<String> interpreter() throws InterruptedException {
        List<String> all = new ArrayList<>(INTERPRETERS);
        named("HDFS3_PYTHON").ifPresent(path -> all.addFirst(path));
        for (String each : all) {
            if (runs(each)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    private static boolean runs(String interpreter) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(interpreter, "-c", "")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // no such command
        }
    }

    /** A command that runs Python with this client, in the folder of the programs. */
    ProcessBuilder python(Stream<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(environment.program("python").toString());
        command.addAll(arguments.toList());
        ProcessBuilder builder = new ProcessBuilder(command).directory(SUITE.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("HADOOP_"));
        builder.environment().remove("LIBHDFS3_CONF");
        builder.environment().put("LD_LIBRARY_PATH", library.toString());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        builder.environment().put("PYTHONPATH", SUITE.toString());
        return builder;
    }
}
