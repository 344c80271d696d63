package dev.forebay.node;

import dev.forebay.base.error.Internal;
import dev.forebay.gateway.admin.NodeStatus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The file {@code node.json} in the data folder: process id and listeners of a node that answers.
 * It appears whole and goes when the node stops; one left by a node that was killed names a process
 * that is no more.
 */
final class ReadyFile implements AutoCloseable {
    private final Path path;

    private ReadyFile(Path path) {
        this.path = path;
    }

    static ReadyFile write(Path data, List<NodeStatus.Listening> listening) {
        Path path = data.resolve("node.json");
        Path aside = data.resolve("node.json.new");
        try {
            Files.writeString(aside, json(listening), StandardCharsets.UTF_8);
            Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE);
            return new ReadyFile(path);
        } catch (IOException e) {
            throw new Internal("ready file cannot be written", path, e);
        }
    }

    static String json(List<NodeStatus.Listening> listening) {
        return listening.stream()
                .map(
                        each ->
                                "{\"name\":\"%s\",\"protocol\":\"%s\",\"host\":\"%s\",\"port\":%d}"
                                        .formatted(
                                                each.name(),
                                                each.protocol(),
                                                escaped(each.host()),
                                                each.port()))
                .collect(
                        Collectors.joining(
                                ",",
                                "{\"pid\":" + ProcessHandle.current().pid() + ",\"gateways\":[",
                                "]}\n"));
    }

    /** Of all that may need it only a socket's path is not ours. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int index = 0; index < text.length(); index++) {
            char letter = text.charAt(index);
            if (letter < ' ' || letter == '"' || letter == '\\') {
                escaped.append("\\u%04x".formatted((int) letter));
            } else {
                escaped.append(letter);
            }
        }
        return escaped.toString();
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new Internal("ready file cannot be removed", path, e);
        }
    }
}
