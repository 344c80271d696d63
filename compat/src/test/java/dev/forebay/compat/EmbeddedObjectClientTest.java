package dev.forebay.compat;

import dev.forebay.client.ObjectClient;
import dev.forebay.node.Node;
import dev.forebay.node.NodeConfig;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The Java API of objects in the process of the node. */
// opened before the tests, which the null checker does not follow
@SuppressWarnings("NullAway.Init")
class EmbeddedObjectClientTest extends ObjectClientContract {
    private Node node;

    @BeforeAll
    void start() {
        node =
                Node.open(
                        NodeConfig.at(folder.resolve("data"))
                                .with("arena.capacity", CAPACITY / (1 << 20) + "MB"));
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @Override
    ObjectClient connect() {
        return node.objects();
    }
}
