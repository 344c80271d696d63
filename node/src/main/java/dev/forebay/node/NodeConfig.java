package dev.forebay.node;

import dev.forebay.base.Settings;
import dev.forebay.base.error.Invalid;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Where a node keeps its data and what it was told to do differently. Whatever a configuration file
 * can say, {@link #with} can say; the keys are listed in {@code docs/configuration.md}.
 *
 * @param data the data folder, made where it is missing
 * @param values keys and values, checked when the node opens
 */
public record NodeConfig(Path data, Map<String, String> values) {
    /** Copies the values. */
    public NodeConfig {
        values = Map.copyOf(values);
    }

    /** Everything at its default. */
    public static NodeConfig at(Path data) {
        return new NodeConfig(data, Map.of());
    }

    /** The same with one value more. */
    public NodeConfig with(String key, String value) {
        Map<String, String> more = new HashMap<>(values);
        more.put(key, value);
        return new NodeConfig(data, more);
    }

    /**
     * The same with every gateway on a port that the system picks, and the socket of objects in the
     * data folder: for tests, and for several nodes on one machine. {@link NodeServer#listening}
     * says which they are.
     */
    public NodeConfig withFreePorts() {
        NodeConfig free = with("plasma.socket", "plasma");
        for (String key : NodeSettings.PORTS) {
            free = free.with(key, "0");
        }
        return free;
    }

    /**
     * The same with the values of a properties file, those given before winning.
     *
     * @throws Invalid when the file is missing or malformed
     */
    public NodeConfig withFile(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            throw new Invalid("configuration file does not exist", file, e);
        } catch (IOException | IllegalArgumentException e) {
            throw new Invalid("configuration file cannot be read", file, e);
        }
        Map<String, String> all = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> all.put(key, properties.getProperty(key)));
        all.putAll(values);
        return new NodeConfig(data, all);
    }

    /** The values for reading by their owners. */
    Settings settings() {
        return Settings.of(values);
    }
}
