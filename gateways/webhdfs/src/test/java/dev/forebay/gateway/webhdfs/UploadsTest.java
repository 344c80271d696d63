package dev.forebay.gateway.webhdfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.FilePath;
import dev.forebay.base.MetadataLoad;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Uploads of clients that take their time. */
class UploadsTest {
    private static final FilePath FILE = FilePath.parse("/f");

    private final MovedClock clock = new MovedClock();

    @Test
    void slowUploadKeepsItsFile() throws IOException, InterruptedException {
        try (RunningGateway node = new RunningGateway(clock, Optional.empty(), Set.of());
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
            send(socket, "PUT /webhdfs/v1/f?op=CREATE HTTP/1.1\r\nHost: x\r\n");
            send(socket, "Content-Length: 6\r\n\r\nabc");
            while (!node.engine.exists(RunningGateway.NODE, FILE, MetadataLoad.ONCE)) {
                Thread.onSpinWait();
            }
            // far beyond the hard limit of 20 minutes, in steps of one renewal each
            for (int i = 0; i < 300; i++) {
                clock.move(Duration.ofSeconds(5));
            }
            assertThat(node.call("POST", "/f?op=APPEND", "x"))
                    .startsWith("403 ")
                    .contains("AlreadyBeingCreatedException");
            send(socket, "def");
            byte[] status = socket.getInputStream().readNBytes(12);
            assertThat(new String(status, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 201");
            assertThat(node.read("/f")).isEqualTo("200 abcdef");
            assertThat(node.gateway.uploads()).isZero();
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
