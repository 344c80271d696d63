package dev.forebay.node;

import dev.forebay.base.DataSize;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The options that say which node and how. */
final class NodeOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${sys:forebay.data:-data}",
            description = "the data folder (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("data");

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description = "memory for cached files and objects, such as 8GB (default: 1GB)")
    private @Nullable String memory;

    @Option(names = "--config", paramLabel = "FILE", description = "a properties file")
    private @Nullable Path config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "one setting; wins over the file")
    private Map<String, String> set = new LinkedHashMap<>();

    NodeConfig config() {
        NodeConfig result = new NodeConfig(data, set);
        String size = memory;
        if (size != null) {
            result = result.with("arena.capacity", DataSize.parse(size).toString());
        }
        Path file = config;
        return file == null ? result : result.withFile(file);
    }
}
