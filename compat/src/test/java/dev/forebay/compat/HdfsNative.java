package dev.forebay.compat;

import dev.forebay.testkit.PythonEnvironment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * hdfs-native, the client for Python written in Rust, installed, and the programs that drive it.
 */
final class HdfsNative {
    /** The folder of the programs. */
    static final Path SUITE = Path.of("src", "test", "python-hdfs").toAbsolutePath();

    private final PythonEnvironment environment;

    private HdfsNative(PythonEnvironment environment) {
        this.environment = environment;
    }

    /** Installs it under {@code target}, once. */
    static HdfsNative install() throws IOException {
        List<String> requirements = Files.readAllLines(SUITE.resolve("requirements.txt"));
        return new HdfsNative(PythonEnvironment.open(Path.of("target", "python"), requirements));
    }

    /** A command that runs Python with this client, in the folder of the programs. */
    ProcessBuilder python(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(environment.program("python").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(SUITE.toFile());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        builder.environment().put("PYTHONPATH", SUITE.toString());
        return builder;
    }
}
