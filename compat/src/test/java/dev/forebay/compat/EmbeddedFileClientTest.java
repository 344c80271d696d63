package dev.forebay.compat;

import dev.forebay.client.FileClient;
import dev.forebay.node.Node;
import dev.forebay.node.NodeConfig;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import java.util.Set;

/** The Java API in the process of the node. */
class EmbeddedFileClientTest extends FilePowersContract {
    private Node node;

    @BeforeAll
    void open() {
        NodeConfig config = NodeConfig.at(folder.resolve("data")).with("arena.capacity", "64MB");
        node = Node.open(config);
    }

    @AfterAll
    void close() {
        node.close();
    }

    @Override
    FileClient files() {
        return node.files();
    }

    @Override
    Set<Ability> abilities() {
        return Set.of(
                Ability.MEMORY,
                Ability.ANY_NAME,
                Ability.INCOMPLETE_FILES,
                Ability.FLUSH,
                Ability.APPEND,
                Ability.REPLACE,
                Ability.BLOCKS_IN_STATUS,
                Ability.BLOCK_FILES,
                Ability.SECURITY,
                Ability.SNAPSHOTS,
                Ability.ACCESS_LISTS,
                Ability.ENCRYPTION_ZONES,
                Ability.LEASES,
                Ability.DISK_CAPACITY);
    }

    @Override
    boolean knowsTheNode() {
        return true;
    }
}
