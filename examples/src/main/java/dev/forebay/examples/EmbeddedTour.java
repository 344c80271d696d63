package dev.forebay.examples;

import dev.forebay.node.Node;
import dev.forebay.node.NodeConfig;

import java.nio.file.Path;

/** Both tours through a node in this process: no socket, no second process. */
public final class EmbeddedTour {
    private EmbeddedTour() {}

    /**
     * Opens a node and takes the tours.
     *
     * @param args a data folder, made where it is missing, and a folder to mount
     */
    public static void main(String[] args) {
        try (var node = Node.open(NodeConfig.at(Path.of(args[0])))) {
            new Tour(node.files(), System.out).run(Path.of(args[1]));
            new BlockTour(node.files(), System.out).run();
        }
    }
}
