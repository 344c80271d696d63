package dev.forebay.compat;

import dev.forebay.node.NodeConfig;
import dev.forebay.node.NodeServer;

import java.nio.file.Path;

/** A node in this process whose WebHDFS gateway is asked, on a free port. */
final class RunningWebHdfs implements AutoCloseable {
    /** The superuser, and who acts when a request names nobody. */
    static final String USER = "root";

    /** A user that may act for others. */
    static final String PROXY = "proxy";

    private final NodeServer node;

    private RunningWebHdfs(NodeServer node) {
        this.node = node;
    }

    /**
     * Starts it.
     *
     * @param folder holds the data folder
     */
    static RunningWebHdfs start(Path folder) {
        return new RunningWebHdfs(
                NodeServer.start(
                        NodeConfig.at(folder.resolve("data"))
                                .withFreePorts()
                                .with("arena.capacity", "128MB")
                                .with("node.user", USER)
                                .with("node.proxy-users", PROXY)));
    }

    int port() {
        return port("webhdfs");
    }

    /** Where clients of the node's other gateways go. */
    int port(String gateway) {
        return node.listening().stream()
                .filter(each -> each.name().equals(gateway))
                .findFirst()
                .orElseThrow()
                .port();
    }

    @Override
    public void close() {
        node.close();
    }
}
