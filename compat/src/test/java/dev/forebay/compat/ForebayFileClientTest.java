package dev.forebay.compat;

import java.io.IOException;

/** The Java API found from the admin listener of a node. */
class ForebayFileClientTest extends RemoteFileClientContract {
    @Override
    String uri(NodeProcess started) throws IOException {
        return "forebay://127.0.0.1:" + started.port("admin");
    }

    @Override
    boolean knowsTheNode() {
        return true;
    }
}
