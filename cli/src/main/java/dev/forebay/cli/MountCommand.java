package dev.forebay.cli;

import dev.forebay.client.FilesException;
import dev.forebay.client.MountOptions;
import dev.forebay.client.Mounts;
import dev.forebay.client.Status;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;

/** Mounts a store. */
@Command(name = "mount", description = "Mount a folder of the node's host, S3 or another store.")
final class MountCommand implements Callable<Integer> {
    @Mixin private final Session session;

    @Option(names = "--read-only", description = "Refuse changes below.")
    private boolean readOnly;

    @Option(names = "--shared", description = "For all users.")
    private boolean shared;

    @Option(
            names = {"-o", "--property"},
            paramLabel = "KEY=VALUE",
            description = "For the connector. Others on this machine can see it: not for secrets.")
    private Map<String, String> properties = Map.of();

    @Option(
            names = "--properties",
            paramLabel = "FILE",
            description = "A properties file for the connector, fit for secrets.")
    private @Nullable Path file;

    @Parameters(index = "0", paramLabel = "PATH", description = "Where; must not exist yet.")
    private String path = "";

    @Parameters(
            index = "1",
            paramLabel = "SOURCE",
            description = "An absolute folder of the node's host, or a URI such as s3://bucket.")
    private String source = "";

    MountCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        MountOptions options = new MountOptions(all(), readOnly, shared);
        session.files().as(Mounts.class).mount(path, source, options);
        session.done("mount", path);
        return session.exitCode();
    }

    private Map<String, String> all() {
        Map<String, String> all = new HashMap<>();
        if (file != null) {
            all.putAll(read(file));
        }
        all.putAll(properties);
        return all;
    }

    /** The keys and values of a properties file. */
    static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw FilesException.of(
                    Status.NOT_FOUND, "the properties file cannot be read", file.toString(), e);
        }
        Map<String, String> values = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> values.put(key, property(properties, key)));
        return values;
    }

    private static String property(Properties properties, String key) {
        return properties.getProperty(key, "");
    }
}
