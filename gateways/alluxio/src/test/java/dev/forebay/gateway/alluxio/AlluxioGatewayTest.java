package dev.forebay.gateway.alluxio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.FilePath;
import dev.forebay.base.MetadataLoad;
import dev.forebay.base.Principal;
import dev.forebay.files.CreateOptions;
import dev.forebay.files.FileEngine;
import dev.forebay.files.MountRequest;
import dev.forebay.wire.Json;
import dev.forebay.wire.JsonValue;
import dev.forebay.wire.RequestMetrics;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Paths of the protocol, through a socket. */
class AlluxioGatewayTest {
    private RunningGateway node;

    @BeforeEach
    void start() {
        node = new RunningGateway(100);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void voidCallsAnswerAnEmptyBody() {
        var answer = node.post("paths//d/create-directory", new byte[0]);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("Content-Type")).isEmpty();
        assertThat(answer.headers().firstValue("Content-Length")).contains("0");
        assertThat(node.call("paths//d/exists", "")).isEqualTo("200 true");
        assertThat(node.call("paths//d/delete", "")).isEqualTo("200 ");
        assertThat(node.call("paths//d/exists", "")).isEqualTo("200 false");
    }

    @Test
    void errorsCarryTheStatusUnderBothKeys() {
        assertThat(node.call("paths//x/get-status", ""))
                .isEqualTo(
                        "500 {\"message\":\"Path \\\"/x\\\" does not exist.\","
                                + "\"statusCode\":\"NOT_FOUND\",\"status\":\"NOT_FOUND\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "paths/x/get-status, 500, INVALID_ARGUMENT",
        "paths//get-status, 500, INVALID_ARGUMENT",
        "paths/get-status, 404, NOT_FOUND",
        "paths//x/no-action, 404, NOT_FOUND",
        "paths//x, 404, NOT_FOUND",
        "streams/1/no-action, 404, NOT_FOUND",
        "streams/1, 404, NOT_FOUND",
        "s3/bucket, 404, NOT_FOUND",
        "proxy/info, 405, UNIMPLEMENTED",
        "paths//x/download-file, 405, UNIMPLEMENTED",
        "streams/1/read, 500, INTERNAL",
        "streams/1/write, 500, INTERNAL",
        "streams/1/close, 500, INTERNAL",
        "streams/-1/close, 500, INTERNAL",
        "streams/0/close, 500, INTERNAL",
        "streams/x/close, 500, INTERNAL",
        "streams/99999999999/read, 500, INTERNAL",
        "paths//x/rename, 500, INTERNAL",
        "paths//x/mount, 500, INTERNAL",
        "paths//x/rename?dst=relative, 500, INVALID_ARGUMENT",
        "paths//x/rename?dst=, 500, INVALID_ARGUMENT",
        "paths//%2e%2e/get-status, 500, INVALID_ARGUMENT",
    })
    void everyRefusalIsAnErrorObject(String path, int httpStatus, String status) {
        var answer = node.send(raw(path));
        JsonValue.Members error = Json.parseObject(answer.body());
        assertThat(error.find("status")).contains(new JsonValue.Text(status));
        assertThat(error.find("statusCode")).contains(new JsonValue.Text(status));
        assertThat(error.find("message")).isPresent();
        assertThat(answer.statusCode()).isEqualTo(httpStatus);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    }

    private HttpRequest raw(String path) {
        return node.request(path).POST(HttpRequest.BodyPublishers.noBody()).build();
    }

    @Test
    void wordsOfTheRealProxy() {
        assertThat(node.call("paths/x/get-status", "")).contains("Path \\\"x\\\" is invalid.\"");
        assertThat(node.call("paths//get-status", "")).contains("Path \\\"\\\" is invalid.\"");
        assertThat(node.call("paths//x/mount", ""))
                .contains("required 'src' parameter is missing\"");
        assertThat(node.call("streams/7/close", "")).contains("\"stream does not exist\"");
        assertThat(node.call("paths///open-file", ""))
                .contains("Cannot read from / because it is a directory")
                .contains("\"UNKNOWN\"");
        node.call("paths//f/create-file", "");
        assertThat(node.call("paths//f/open-file", ""))
                .contains("Cannot read from /f because it is incomplete")
                .contains("\"UNKNOWN\"");
        assertThat(node.call("paths//f/free", ""))
                .contains("Cannot free file /f")
                .contains("\"UNKNOWN\"");
    }

    @ParameterizedTest
    @CsvSource({"paths/x/exists", "paths//exists", "paths//%2e%2e/exists", "paths/%20/exists"})
    void existsIsFalseForWhatCannotBeAPath(String path) {
        assertThat(node.call(path, "")).isEqualTo("200 false");
    }

    @Test
    void namesKeepTheirOddCharacters() {
        Map<String, String> names =
                Map.of(
                        "a+b", "/a+b",
                        "a;b=c", "/a;b=c",
                        "a%5Cb", "/a\\b",
                        "a%20b", "/a b",
                        "%C3%A4", "/\u00e4",
                        "a%25b", "/a%b",
                        "a%3Fb%23", "/a?b#",
                        "create-file", "/create-file");
        names.forEach(
                (raw, name) -> {
                    assertThat(node.call("paths//" + raw + "/create-directory", ""))
                            .startsWith("200");
                    assertThat(node.engine.nodes()).containsKey(name);
                });
        assertThat(node.call("paths/alluxio://any:19998/a+b/exists", "")).isEqualTo("200 true");
        assertThat(node.call("paths//a+b//exists", "")).isEqualTo("200 true");
    }

    @Test
    void renameTargetIsFormEncodedAndTakenWhole() {
        node.call("paths//a/create-directory", "");
        assertThat(node.call("paths//a/rename?dst=/x+y%3Fz%2Bw", "")).isEqualTo("200 ");
        assertThat(node.engine.nodes()).containsKey("/x y?z+w");
        assertThat(node.call("paths//x%20y%3Fz+w/rename?dst=alluxio%3A%2F%2Fh%2Fb", ""))
                .isEqualTo("200 ");
        assertThat(node.engine.nodes()).containsKey("/b");
    }

    @Test
    void statusAndListing() {
        node.call("paths//d/create-directory", "");
        node.call("paths//d/e/create-directory", "");
        assertThat(node.call("paths///get-status", "null")).contains("\"name\":\"\"");
        assertThat(node.call("paths///list-status", "{}"))
                .startsWith("200 [{")
                .contains("\"path\":\"/d\"")
                .doesNotContain("\"path\":\"/d/e\"");
        assertThat(node.call("paths///list-status", "{\"recursive\":\"true\"}"))
                .contains("\"path\":\"/d/e\"");
        assertThat(node.call("paths//d/e/list-status", "")).isEqualTo("200 []");
        assertThat(node.call("paths//no/list-status", "")).contains("NOT_FOUND");
    }

    @Test
    void freshnessIsPassedOn() {
        node.call("paths///get-status", "{\"loadMetadataType\":\"Never\"}");
        assertThat(node.engine.last(MetadataLoad.class)).isEqualTo(MetadataLoad.NEVER);
        node.call("paths///list-status", "{\"commonOptions\":{\"syncIntervalMs\":0}}");
        assertThat(node.engine.last(FileEngine.ListOptions.class).load())
                .isEqualTo(MetadataLoad.SYNC);
    }

    @Test
    void mountPassesPropertiesAndLogsNoSecret() {
        String source = "s3%3A%2F%2Fkey%3Asecret%40bucket%2Ffolder";
        String options = "{\"properties\":{\"a\":\"b\",\"n\":1},\"readOnly\":true}";
        assertThat(node.call("paths//m/mount?src=" + source, options)).isEqualTo("200 ");
        MountRequest request = node.engine.last(MountRequest.class);
        assertThat(request.uri()).isEqualTo("s3://key:secret@bucket/folder");
        assertThat(request.properties()).isEqualTo(Map.of("a", "b", "n", "1"));
        assertThat(request.readOnly()).isTrue();
        node.settle();
        assertThat(node.audit.getLast().operation().target()).contains("s3://bucket/folder");
    }

    @Test
    void proxyInfoTellsExtensionsOnly() {
        node.clock.move(Duration.ofSeconds(3));
        var answer = node.send(node.request("proxy/info").GET().build());
        assertThat(RunningGateway.text(answer))
                .startsWith("{\"configuration\":{\"forebay.ranges\":\"true\"}")
                .contains("\"uptimeMs\":3000")
                .contains("\"version\":\"1.2.3\"");
    }

    @Test
    void requestsAreCountedAndAudited() {
        node.call("paths//x/get-status", "{}");
        node.settle();
        var outcome = node.outcomes.getLast();
        assertThat(outcome.operation()).isEqualTo("get-status");
        assertThat(outcome.status()).isEqualTo("NOT_FOUND");
        assertThat(outcome.traffic().received()).isEqualTo(2);
        assertThat(outcome.traffic().sent()).isPositive();
        var entry = node.audit.getLast();
        assertThat(entry.operation().path()).isEqualTo("/x");
        assertThat(entry.caller().origin()).isEqualTo("127.0.0.1");
    }

    @Test
    void unknownUrlsCountAsOneOperation() {
        node.call("nonsense", "");
        node.settle();
        assertThat(node.outcomes.getLast().operation()).isEqualTo("unknown");
    }

    @Test
    void malformedOptionsAreRefused() {
        for (String options :
                new String[] {"{", "[]", "{\"recursive\":\"maybe\"}", "{\"writeType\":\"X\"}"}) {
            assertThat(node.call("paths//d/create-directory", options))
                    .as(options)
                    .startsWith("400 {")
                    .contains("INVALID_ARGUMENT");
        }
        String large = "{\"x\":\"" + "y".repeat(Json.LENGTH_MAX) + "\"}";
        assertThat(node.call("paths//d/create-directory", large)).startsWith("400 {");
        assertThat(node.engine.nodes()).hasSize(1);
    }

    @Test
    void optionsOfUnknownNameAreIgnored() {
        byte[] options =
                "{\"locationPolicyClass\":\"x\",\"y\":[1]}".getBytes(StandardCharsets.UTF_8);
        assertThat(node.post("paths//f/create-file", options).body()).asString().isEqualTo("1");
    }

    /** The listing is longer than what sockets hold, so that the gateway meets the closed one. */
    @Test
    void clientThatLeavesALongListingHasCanceledIt() throws IOException {
        node.engine.createDirectory(
                Principal.node("ann"), FilePath.parse("/d"), CreateOptions.DEFAULT);
        for (int i = 0; i < 20_000; i++) {
            node.engine.createDirectory(
                    Principal.node("ann"),
                    FilePath.parse("/d/" + "x".repeat(200) + i),
                    CreateOptions.DEFAULT);
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
            socket.setSoTimeout(30_000);
            String request =
                    String.join(
                            "\r\n",
                            "POST /api/v1/paths//d/list-status HTTP/1.1",
                            "Host: x",
                            "Content-Length: 0",
                            "",
                            "");
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            assertThat(socket.getInputStream().readNBytes(1000)).hasSize(1000);
        }
        node.settle();
        assertThat(node.outcomes)
                .extracting(RequestMetrics.Outcome::status)
                .containsExactly("CANCELED");
    }
}
