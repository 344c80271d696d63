package dev.forebay.cli;

import dev.forebay.client.FilesException;
import dev.forebay.client.Status;
import dev.forebay.client.rest.Json;
import dev.forebay.client.rest.JsonOutput;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** Shows the configuration. */
@Command(
        name = "config",
        description = "Show the configuration the node runs with, or what a file says.")
final class ConfigCommand implements Callable<Integer> {
    @Mixin private final Session session;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "Show this properties file, not the running node.")
    private @Nullable Path file;

    @Parameters(arity = "0..1", paramLabel = "KEY", description = "Only this key.")
    private String key = "";

    ConfigCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Map<String, String> values =
                new TreeMap<>(file == null ? ofNode() : MountCommand.read(file));
        if (!key.isEmpty()) {
            String value = values.get(key);
            if (value == null) {
                throw FilesException.of(Status.NOT_FOUND, "no such key is set", key);
            }
            values = Map.of(key, value);
        }
        if (session.json()) {
            JsonOutput json = new JsonOutput();
            values.forEach(json::text);
            session.console().line(json.toString());
        } else {
            values.forEach((name, value) -> session.console().line(name + "=" + value));
        }
        return session.exitCode();
    }

    private Map<String, String> ofNode() {
        Map<String, String> values = new TreeMap<>();
        Json configuration = StatusCommand.parse(session.forebay().status()).field("configuration");
        if (configuration instanceof Json.Fields fields) {
            fields.values().forEach((name, value) -> values.put(name, value.text().orElse("")));
        }
        return values;
    }
}
