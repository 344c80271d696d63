package dev.forebay.compat;

import dev.forebay.client.ConnectOptions;
import dev.forebay.client.FileClient;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import java.io.IOException;
import java.util.Set;

/** The Java API over the WebHDFS of a started node. */
class WebHdfsFileClientTest extends Hdfs3Contract {
    private NodeProcess node;
    private FileClient files;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        node = NodeProcess.start(folder);
        files =
                FileClient.connect(
                        "webhdfs://127.0.0.1:" + node.port("webhdfs"),
                        ConnectOptions.DEFAULT.withAutoconf(false));
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
    Set<Ability> abilities() {
        return Set.of(
                Ability.APPEND,
                Ability.REPLACE,
                Ability.BLOCK_FILES,
                Ability.SECURITY,
                Ability.SNAPSHOTS,
                Ability.ACCESS_LISTS,
                Ability.TOKENS,
                Ability.DISK_CAPACITY);
    }
}
