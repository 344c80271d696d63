package dev.forebay.gateway.webhdfs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** What browsers are told, through a socket. */
class CrossOriginTest {
    private static String request(String method, String headers) {
        return method
                + " /webhdfs/v1/?op=GETHOMEDIRECTORY HTTP/1.1\r\nHost: x\r\n"
                + headers
                + "\r\n";
    }

    private static final String FROM_PAGE = "Origin: " + RunningGateway.PAGE + "\r\n";
    private static final String FROM_OTHER = "Origin: http://other\r\n";
    private static final String PREFLIGHT =
            """
            Access-Control-Request-Method: PUT\r
            Access-Control-Request-Headers: content-type\r
            """;

    @Test
    void offByDefault() throws IOException {
        try (var node = new RunningGateway()) {
            assertThat(node.exchange(request("GET", FROM_PAGE)))
                    .startsWith("HTTP/1.1 403 ")
                    .contains("AccessControlException");
            assertThat(node.exchange(request("OPTIONS", FROM_PAGE + PREFLIGHT)))
                    .startsWith("HTTP/1.1 403 ");
            assertThat(node.exchange(request("GET", "")))
                    .startsWith("HTTP/1.1 200 ")
                    .doesNotContain("Access-Control", "Vary");
        }
    }

    @Test
    void chosenOriginsAreLetIn() throws IOException {
        try (var node = new RunningGateway(Optional.empty(), Set.of(RunningGateway.PAGE))) {
            assertThat(node.exchange(request("GET", FROM_PAGE)))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("Access-Control-Allow-Origin: " + RunningGateway.PAGE + "\r\n")
                    .contains("Vary: Origin");
            assertThat(node.exchange(request("OPTIONS", FROM_PAGE + PREFLIGHT)))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("Access-Control-Allow-Origin: " + RunningGateway.PAGE + "\r\n")
                    .contains("Access-Control-Allow-Methods: GET,PUT,POST,DELETE,OPTIONS\r\n")
                    .contains("Access-Control-Allow-Headers: content-type\r\n");
            assertThat(node.exchange(request("GET", FROM_OTHER)))
                    .startsWith("HTTP/1.1 403 ")
                    .doesNotContain("Access-Control-Allow-Origin");
        }
    }

    @Test
    void errorsCanBeReadAsWell() throws IOException {
        try (var node = new RunningGateway(Optional.empty(), Set.of("*"))) {
            String request = request("GET", FROM_OTHER).replace("GETHOMEDIRECTORY", "NOSUCH");
            assertThat(node.exchange(request))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("Access-Control-Allow-Origin: http://other\r\n");
        }
    }
}
