package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.examples.HdfsTour;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The example of HDFS, which cannot run beside a node in one process. */
class HdfsTourTest {
    @TempDir private Path folder;

    @Test
    void theTourGoesThrough() throws IOException, InterruptedException {
        try (NodeProcess node = NodeProcess.start(folder)) {
            PrintStream console = System.out;
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
            try {
                HdfsTour.main(new String[] {node.hdfs().toString()});
            } finally {
                System.setOut(console);
            }
            assertThat(output.toString(StandardCharsets.UTF_8))
                    .contains("Bob, 200\nlast Charlie, 300\n", "joined 66\ncut true\n")
                    .contains("access user:ann:rw-\nuser.origin x\n")
                    .endsWith("keys [k]\n");
        }
    }
}
