package dev.forebay.testkit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Python virtual environment with pinned packages, made once and kept until the pins change. One
 * without {@code python3} on the path fails the test: what needs Python is never skipped.
 */
public final class PythonEnvironment {
    private static final int INSTALL_MINUTES_MAX = 10;
    private static final int OUTPUT_SHOWN = 4_000;
    private static final Object IN_THIS_PROCESS = new Object();

    private final Path folder;

    private PythonEnvironment(Path folder) {
        this.folder = folder;
    }

    /**
     * Opens the environment with these packages, and makes it when it is not there. Processes that
     * ask at the same time wait for the first.
     *
     * @param parent folder of all environments, below {@code target}
     * @param requirements lines of a pip requirements file, each pinned
     * @throws IOException when Python is missing or pip fails, with what they said
     */
    public static PythonEnvironment open(Path parent, List<String> requirements)
            throws IOException {
        return open(parent, "python3", requirements);
    }

    /**
     * The same for packages that want another Python.
     *
     * @param interpreter its command or path
     */
    public static PythonEnvironment open(Path parent, String interpreter, List<String> requirements)
            throws IOException {
        Path folder =
                parent.toAbsolutePath().normalize().resolve(digest(interpreter, requirements));
        Files.createDirectories(folder.getParent());
        Path lock = Path.of(folder + ".lock");
        synchronized (IN_THIS_PROCESS) {
            try (FileChannel channel =
                            FileChannel.open(
                                    lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = channel.lock()) {
                assert held.isValid();
                if (!Files.exists(ready(folder))) {
                    make(folder, interpreter, requirements);
                }
            }
        }
        return new PythonEnvironment(folder);
    }

    /** The path of a program of the environment, such as {@code python}. */
    public Path program(String name) {
        return folder.resolve("bin").resolve(name);
    }

    private static void make(Path folder, String interpreter, List<String> requirements)
            throws IOException {
        run(folder, List.of(interpreter, "-m", "venv", "--clear", folder.toString()));
        Path file = folder.resolve("requirements.txt");
        Files.write(file, requirements);
        String python = folder.resolve("bin/python").toString();
        run(folder, List.of(python, "-m", "pip", "install", "--quiet", "-r", file.toString()));
        // last, so that an environment half made is made again
        Files.move(file, ready(folder), StandardCopyOption.ATOMIC_MOVE);
    }

    private static Path ready(Path folder) {
        return folder.resolve("ready.txt");
    }

    private static void run(Path folder, List<String> command) throws IOException {
        Path output = Path.of(folder + ".log");
        Process process =
                new ProcessBuilder(new ArrayList<>(command))
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        boolean ended = false;
        try {
            ended = process.waitFor(INSTALL_MINUTES_MAX, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!ended) {
            process.destroyForcibly();
        }
        if (!ended || process.exitValue() != 0) {
            String said = Files.readString(output);
            String shown = said.substring(Math.max(0, said.length() - OUTPUT_SHOWN));
            throw new IOException("failed: " + command + "\n" + shown);
        }
    }

    private static String digest(String interpreter, List<String> requirements) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((interpreter + "\n").getBytes(StandardCharsets.UTF_8));
            requirements.forEach(
                    line -> digest.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
