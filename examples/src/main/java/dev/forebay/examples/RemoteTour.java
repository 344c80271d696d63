package dev.forebay.examples;

import dev.forebay.client.FileClient;

import java.nio.file.Path;

/** The tour through a node that runs somewhere else. */
public final class RemoteTour {
    private RemoteTour() {}

    /**
     * Connects and takes the tour.
     *
     * @param args the node, such as {@code forebay://localhost}, and a folder of its host to mount
     */
    public static void main(String[] args) {
        try (var files = FileClient.connect(args[0])) {
            new Tour(files, System.out).run(Path.of(args[1]));
        }
    }
}
