package dev.forebay.examples;

import dev.forebay.client.ConnectOptions;
import dev.forebay.client.FileClient;

import java.util.Map;

/**
 * The tour of blocks over HDFS, of a node or of a Hadoop cluster. Needs {@code forebay-client-hdfs}
 * on the class path, and not the node.
 */
public final class HdfsTour {
    private HdfsTour() {}

    /**
     * Connects and takes the tour.
     *
     * @param args the address, such as {@code hdfs://localhost:8020}
     */
    public static void main(String[] args) {
        // what HADOOP_CONF_DIR has, with one setting changed
        ConnectOptions options =
                ConnectOptions.DEFAULT.withSettings(Map.of("dfs.client.socket-timeout", "30000"));
        try (var files = FileClient.connect(args[0], options)) {
            new BlockTour(files, System.out).run();
        }
    }
}
