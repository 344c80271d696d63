package dev.forebay.examples;

import dev.forebay.client.FileClient;

/** Lists the root of a node. */
public final class Hello {
    private Hello() {}

    /**
     * Connects and lists.
     *
     * @param args the node, such as {@code forebay://localhost}
     */
    public static void main(String[] args) {
        try (var files = FileClient.connect(args[0])) {
            files.list("/").forEach(file -> System.out.println(file.path()));
        }
    }
}
