package dev.forebay.compat;

import dev.forebay.client.FileClient;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import java.io.IOException;

/** The Java API over the bare Alluxio REST. */
class AlluxioFileClientTest extends FilePowersContract {
    private NodeProcess node;
    private FileClient files;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        node = NodeProcess.start(folder);
        files = FileClient.connect("alluxio://127.0.0.1:" + node.port("alluxio"));
    }

    @AfterAll
    void stop() throws IOException, InterruptedException {
        files.close();
        node.stop();
    }

    @Override
    FileClient files() {
        return files;
    }

    @Override
    boolean knowsTheNode() {
        return false;
    }
}
