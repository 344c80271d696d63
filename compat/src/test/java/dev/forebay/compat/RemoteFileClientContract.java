package dev.forebay.compat;

import dev.forebay.client.FileClient;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import java.io.IOException;

/** The Java API over a wire of a started node. */
abstract class RemoteFileClientContract extends FilePowersContract {
    private NodeProcess node;
    private FileClient files;

    /** What to connect to. */
    abstract String uri(NodeProcess started) throws IOException;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        node = NodeProcess.start(folder);
        files = FileClient.connect(uri(node));
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
}
