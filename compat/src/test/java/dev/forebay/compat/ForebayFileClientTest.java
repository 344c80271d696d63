package dev.forebay.compat;

import dev.forebay.client.FileClient;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import java.io.IOException;

/** The Java API found from the admin listener of a node. */
class ForebayFileClientTest extends FilePowersContract {
    private NodeProcess node;
    private FileClient files;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        node = NodeProcess.start(folder);
        files = FileClient.connect("forebay://127.0.0.1:" + node.port("admin"));
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
        return true;
    }
}
