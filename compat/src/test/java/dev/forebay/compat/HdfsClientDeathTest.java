package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** A client killed while it writes, with a node that lives: another one takes over its file. */
class HdfsClientDeathTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String FILE = "/left";

    @TempDir private Path folder;

    @Test
    void anotherClientFindsWhatWasStored() throws IOException, InterruptedException {
        HdfsNative client = HdfsNative.install();
        try (NodeProcess node = NodeProcess.start(folder)) {
            String address = "hdfs://127.0.0.1:" + node.port("hdfs");
            killMidway(client.python("dying_writer.py", address, FILE));
            ChildProcess.run(LIMIT, client.python("heir.py", address, FILE));
            node.stop();
        }
    }

    private static void killMidway(ProcessBuilder python) throws IOException, InterruptedException {
        Process writer = python.redirectErrorStream(true).start();
        try (BufferedReader output = writer.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.readLine()).isEqualTo("synced");
        } finally {
            writer.destroyForcibly().waitFor();
        }
    }
}
