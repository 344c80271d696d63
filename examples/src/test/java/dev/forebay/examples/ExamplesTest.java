package dev.forebay.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.node.NodeConfig;
import dev.forebay.node.NodeServer;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs every example. */
class ExamplesTest {
    private static final String TOUR =
            "/tour/greeting 15\nHello, Forebay\npinned true\n/tour/mounted/below\n";

    private static final String BLOCK_TOUR =
            """
            block Alice, 100
            Bob, 200
            last Charlie, 300
            head Alice
            tail 300
            blocks of 64 MiB
            replication 2
            checksum MD5-of-0MD5-of-512CRC32C
            at offset 0
            bytes 33
            disk has room
            files [/blocks/log.csv]
            joined 66
            cut true
            complete true
            access user:ann:rw-
            user.origin x
            tokens are not issued
            keys [k]
            """;

    @TempDir private Path folder;
    private Path mounted;

    @BeforeEach
    void makeFolder() throws IOException {
        mounted = Files.createDirectory(folder.resolve("mounted"));
        Files.writeString(mounted.resolve("below"), "text");
    }

    @Test
    void remoteExamplesWork() {
        NodeConfig config =
                NodeConfig.at(folder.resolve("data"))
                        .with("arena.capacity", "64MB")
                        .withFreePorts();
        try (NodeServer server = NodeServer.start(config)) {
            String node = "forebay://127.0.0.1:" + adminPort(server);
            String[] tour = {node, mounted.toString()};
            assertThat(output(() -> RemoteTour.main(tour))).isEqualTo(TOUR);
            assertThat(output(() -> Hello.main(new String[] {node})))
                    .isEqualTo("/objects\n/tour\n");
            String[] socket = {folder.resolve("data/plasma").toString()};
            assertThat(output(() -> ObjectTour.main(socket)))
                    .isEqualTo("written in place\n1 reference\ngone\n");
        }
    }

    @Test
    void theEmbeddedExampleWorks() {
        String[] tour = {folder.resolve("data").toString(), mounted.toString()};
        assertThat(output(() -> EmbeddedTour.main(tour))).isEqualTo(TOUR + BLOCK_TOUR);
    }

    private static int adminPort(NodeServer server) {
        return server.listening().stream()
                .filter(each -> each.name().equals("admin"))
                .findFirst()
                .orElseThrow()
                .port();
    }

    private static String output(Runnable example) {
        PrintStream console = System.out;
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        try {
            example.run();
        } finally {
            System.setOut(console);
        }
        return output.toString(StandardCharsets.UTF_8);
    }
}
