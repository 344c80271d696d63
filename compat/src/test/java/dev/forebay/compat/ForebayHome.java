package dev.forebay.compat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/**
 * The project's script in a folder of its own. What it takes for its last build is the class path
 * of the test, so that it builds nothing.
 */
final class ForebayHome {
    /**
     * Leads a group of its own, and takes signals even where its parent was told to ignore them.
     */
    private static final String LEADER =
            """
            import os, signal, sys
            os.setsid()
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.execv(sys.argv[1], sys.argv[1:])
            """;

    private final Path folder;

    private ForebayHome(Path folder) {
        this.folder = folder;
    }

    /** Makes the folder. */
    static ForebayHome make(Path folder) throws IOException {
        Path run = folder.resolve("target/run");
        for (String module : List.of("node", "cli")) {
            writeJar(
                    Files.createDirectories(run.resolve(module)).resolve("classes.jar"),
                    List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1)));
        }
        Files.copy(
                Path.of("..", "forebay"),
                folder.resolve("forebay"),
                StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(folder.resolve("target/forebay.current"), run + "\n");
        Files.createFile(folder.resolve("target/forebay.stamp"));
        return new ForebayHome(folder);
    }

    /** Makes a jar that holds nothing but the names of entries of a class path. */
    static void writeJar(Path jar, List<String> entries) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        entries.stream()
                                .map(entry -> Path.of(entry).toUri().toString())
                                .collect(Collectors.joining(" ")));
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    }

    Path folder() {
        return folder;
    }

    /**
     * Starts a node with the script, in a process group of its own, and waits until it is ready.
     */
    NodeProcess up() throws IOException, InterruptedException {
        ProcessBuilder script =
                new ProcessBuilder(
                        new ArrayList<>(
                                List.of(
                                        "python3",
                                        "-c",
                                        LEADER,
                                        folder.resolve("forebay").toString())));
        NodeProcess node = NodeProcess.launch(folder, withJdk(script));
        try {
            node.awaitReady();
        } catch (AssertionError | IOException | InterruptedException e) {
            node.close();
            throw e;
        }
        return node;
    }

    /**
     * A shell that runs lines as a person types them in this folder, and ends at the first that
     * fails.
     */
    ProcessBuilder shell(String lines) {
        ProcessBuilder shell = new ProcessBuilder("sh", "-ec", lines);
        return withJdk(shell.directory(folder.toFile()));
    }

    private static ProcessBuilder withJdk(ProcessBuilder builder) {
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }
}
