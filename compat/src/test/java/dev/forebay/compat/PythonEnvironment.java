package dev.forebay.compat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A Python virtual environment with pinned packages. It is kept between runs and made afresh when
 * the pins change. Where Python or a package is missing, opening fails: a client that cannot be
 * tried is not a client that works.
 */
final class PythonEnvironment {
    private static final Duration INSTALL_TIME = Duration.ofMinutes(10);

    private final Path folder;

    private PythonEnvironment(Path folder) {
        this.folder = folder;
    }

    /**
     * Opens the environment, making it first where needed.
     *
     * @param folder where it lives, normally below {@code target}
     * @param requirements one {@code name==version} each
     */
    static PythonEnvironment open(Path folder, List<String> requirements)
            throws IOException, InterruptedException {
        PythonEnvironment environment = new PythonEnvironment(folder.toAbsolutePath());
        Path stamp = environment.folder.resolve("requirements.txt");
        String wanted = String.join("\n", requirements) + "\n";
        if (!Files.exists(stamp) || !Files.readString(stamp).equals(wanted)) {
            environment.install(requirements);
            Files.writeString(stamp, wanted);
        }
        return environment;
    }

    /** The interpreter that sees the packages. */
    Path python() {
        return folder.resolve("bin").resolve("python");
    }

    private void install(List<String> requirements) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        ChildProcess.run(
                INSTALL_TIME,
                new ProcessBuilder("python3", "-m", "venv", "--clear", folder.toString()));
        List<String> command = new ArrayList<>();
        command.add(python().toString());
        command.addAll(List.of("-m", "pip", "install", "--quiet"));
        command.add("--disable-pip-version-check");
        command.addAll(requirements);
        ChildProcess.run(INSTALL_TIME, new ProcessBuilder(command));
    }
}
