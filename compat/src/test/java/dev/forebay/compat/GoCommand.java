package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The command {@code hdfs} written in Go, which Debian and Ubuntu have in the package {@code
 * hdfs-cli}. It is taken out of the package into {@code target}, for which nobody needs to be root.
 */
final class GoCommand {
    private static final int LIMIT_SECONDS = 120;
    private static final Path UNPACKED = Path.of("target", "hdfs-cli").toAbsolutePath();

    private final Path program;
    private final Path folder;
    private final String address;

    private GoCommand(Path program, Path folder, String address) {
        this.program = program;
        this.folder = folder;
        this.address = address;
    }

    /**
     * The command for a name service; without one to be had the test counts as not run.
     *
     * @param folder where it runs, and for what it prints
     * @param address of the name service, host and port
     */
    static GoCommand find(Path folder, String address) throws IOException, InterruptedException {
        String named = System.getenv("HDFS_CLI");
        if (named != null) {
            return new GoCommand(Path.of(named).toAbsolutePath(), folder, address);
        }
        Path program = UNPACKED.resolve("usr/bin/hdfs");
        if (!Files.isExecutable(program)) {
            unpack();
        }
        return new GoCommand(program, folder, address);
    }

    private static void unpack() throws IOException, InterruptedException {
        Files.createDirectories(UNPACKED);
        boolean there = apt("download", "hdfs-cli");
        if (!there && "root".equals(System.getProperty("user.name"))) {
            // the lists of packages are left out of images
            there = apt("update") && apt("download", "hdfs-cli");
        }
        Assumptions.assumeTrue(there, "not run: no package hdfs-cli here, name a program HDFS_CLI");
        try (Stream<Path> files = Files.list(UNPACKED)) {
            Path archive =
                    files.filter(file -> file.toString().endsWith(".deb"))
                            .findFirst()
                            .orElseThrow();
            assertThat(ends("dpkg-deb", "-x", archive.toString(), UNPACKED.toString())).isTrue();
        }
    }

    private static boolean apt(String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("apt-get", "-q"));
        command.addAll(List.of(arguments));
        return ends(command.toArray(String[]::new));
    }

    /** Whether a command is there, and ends well. */
    private static boolean ends(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .directory(UNPACKED.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(UNPACKED.resolve("log").toFile())
                            .start();
            boolean done = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (!done) {
                process.destroyForcibly().waitFor();
            }
            return done && process.exitValue() == 0;
        } catch (IOException e) {
            System.out.println(e.getMessage());
            return false;
        }
    }

    /** What a command gave back: exit code, standard output and standard error as UTF-8. */
    record Outcome(int code, String out, String err) {}

    /** Runs as a user to the end, with a file as standard input. */
    Outcome run(String user, Path input, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectInput(input.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("HADOOP_"));
        builder.environment().put("HADOOP_USER_NAME", user);
        if (!address.isEmpty()) {
            builder.environment().put("HADOOP_NAMENODE", address);
        }
        Process process = builder.start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError("not done: " + List.of(arguments));
        }
        return new Outcome(process.exitValue(), text(out), text(err));
    }

    /** Runs as the node's superuser, with an empty standard input. */
    Outcome run(String... arguments) throws IOException, InterruptedException {
        return run(NodeProcess.USER, Path.of("/dev/null"), arguments);
    }

    /** Runs what must succeed in silence on standard error, and gives its output. */
    String good(String... arguments) throws IOException, InterruptedException {
        Outcome outcome = run(arguments);
        assertThat(outcome.err()).as(List.of(arguments).toString()).isEmpty();
        assertThat(outcome.code()).as(List.of(arguments).toString()).isZero();
        return outcome.out();
    }

    /** Runs what must fail with 1, and gives what it says. */
    String bad(String... arguments) throws IOException, InterruptedException {
        Outcome outcome = run(arguments);
        assertThat(outcome.code()).as(List.of(arguments).toString()).isEqualTo(1);
        return outcome.err();
    }

    private static String text(Path file) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        Files.delete(file);
        return text;
    }
}
