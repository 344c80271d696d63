package dev.forebay.compat;

import java.io.IOException;
import java.util.Set;

/** The Java API found from the admin listener of a node. */
class ForebayFileClientTest extends RemoteFileClientContract {
    @Override
    String uri(NodeProcess started) throws IOException {
        return "forebay://127.0.0.1:" + started.port("admin");
    }

    @Override
    Set<Ability> abilities() {
        return Set.of(
                Ability.MEMORY,
                Ability.ANY_NAME,
                Ability.INCOMPLETE_FILES,
                Ability.BLOCKS_IN_STATUS,
                Ability.SNAPSHOTS,
                Ability.DISK_CAPACITY);
    }

    @Override
    boolean knowsTheNode() {
        return true;
    }
}
