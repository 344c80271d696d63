package dev.forebay.compat;

import java.io.IOException;

/** The Java API over the bare Alluxio REST. */
class AlluxioFileClientTest extends RemoteFileClientContract {
    @Override
    String uri(NodeProcess started) throws IOException {
        return "alluxio://127.0.0.1:" + started.port("alluxio");
    }

    @Override
    boolean knowsTheNode() {
        return false;
    }
}
