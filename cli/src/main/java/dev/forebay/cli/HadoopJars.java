package dev.forebay.cli;

import dev.forebay.client.FileClient;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Hadoop's client, which would slow down the start of every command, from a folder of its own. It
 * is loaded at the first address that needs it, and for the rest of this process.
 */
final class HadoopJars {
    private static final String FOLDER = "forebay.hdfs";
    private static final String LOGGING = "slf4j.internal.verbosity";

    private HadoopJars() {}

    /** Connects, with the jars at hand if the script told where they are. */
    static FileClient connect(String uri) {
        String folder = System.getProperty(FOLDER, "");
        boolean needed = uri.startsWith("hdfs:") || uri.startsWith("webhdfs:");
        if (needed && !folder.isEmpty() && Files.isDirectory(Path.of(folder))) {
            load(Path.of(folder));
        }
        return FileClient.connect(uri);
    }

    private static synchronized void load(Path folder) {
        ClassLoader now = Thread.currentThread().getContextClassLoader();
        if (now instanceof URLClassLoader loader && FOLDER.equals(loader.getName())) {
            return;
        }
        if (System.getProperty(LOGGING) == null) {
            // a command has no log; that is not worth three lines on standard error
            System.setProperty(LOGGING, "ERROR");
        }
        // it stays open: Hadoop loads classes until the process ends
        Thread.currentThread()
                .setContextClassLoader(
                        new URLClassLoader(
                                FOLDER, jars(folder), HadoopJars.class.getClassLoader()));
    }

    private static URL[] jars(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .map(HadoopJars::url)
                    .toArray(URL[]::new);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of Hadoop's jars cannot be read", e);
        }
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException("a path is no URL", e);
        }
    }
}
