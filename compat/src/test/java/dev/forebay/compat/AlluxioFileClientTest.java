package dev.forebay.compat;

import java.io.IOException;
import java.util.Set;

/** The Java API over the bare Alluxio REST. */
class AlluxioFileClientTest extends RemoteFileClientContract {
    @Override
    String uri(NodeProcess started) throws IOException {
        return "alluxio://127.0.0.1:" + started.port("alluxio");
    }

    @Override
    Set<Ability> abilities() {
        return Set.of(
                Ability.MEMORY,
                Ability.ANY_NAME,
                Ability.INCOMPLETE_FILES,
                Ability.BLOCKS_IN_STATUS);
    }

    @Override
    boolean knowsTheNode() {
        return false;
    }
}
