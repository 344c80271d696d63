package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.client.ObjectClient;
import dev.forebay.client.ObjectsException.InvalidArgument;
import dev.forebay.client.ObjectsException.Unavailable;
import dev.forebay.node.NodeConfig;
import dev.forebay.node.NodeServer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;

/** The Java API of objects over the socket of a node. */
// opened before the tests, which the null checker does not follow
@SuppressWarnings("NullAway.Init")
class ForebayObjectClientTest extends ObjectClientContract {
    private NodeServer node;

    @BeforeAll
    void start() {
        node =
                NodeServer.start(
                        NodeConfig.at(folder.resolve("data"))
                                .with("arena.capacity", CAPACITY / (1 << 20) + "MB")
                                .withFreePorts());
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @Override
    ObjectClient connect() {
        return ObjectClient.connect(folder.resolve("data/plasma"));
    }

    @Test
    void socketThatNobodyServesSaysSo() {
        assertThatThrownBy(() -> ObjectClient.connect(folder.resolve("none")))
                .isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> ObjectClient.connect(Path.of("/" + "x".repeat(107))))
                .isInstanceOf(InvalidArgument.class);
    }
}
