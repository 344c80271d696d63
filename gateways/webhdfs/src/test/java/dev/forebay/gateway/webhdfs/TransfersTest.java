package dev.forebay.gateway.webhdfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.FilePath;
import dev.forebay.base.MetadataLoad;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.Set;

/** Bytes of files, through a socket. */
class TransfersTest {
    private RunningGateway node;

    @BeforeEach
    void start() {
        node = new RunningGateway();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private boolean exists(String path) {
        return node.engine.exists(RunningGateway.NODE, FilePath.parse(path), MetadataLoad.ONCE);
    }

    private HttpResponse<String> put(String target) {
        return node.send(node.request(target).PUT(BodyPublishers.noBody()).build());
    }

    private String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow();
    }

    @Test
    void firstStepSendsOnAndChangesNothing() {
        var answer = put("/d/f?op=CREATE&user.name=bob&noredirect=false&permission=600");
        assertThat(answer.statusCode()).isEqualTo(307);
        assertThat(answer.body()).isEmpty();
        assertThat(location(answer))
                .isEqualTo(
                        "http://127.0.0.1:"
                                + node.port()
                                + "/webhdfs/v1/d/f?op=CREATE&user.name=bob&permission=600"
                                + "&data=true");
        assertThat(exists("/d")).isFalse();
    }

    @Test
    void secondStepCreates() {
        var answer = put("/d/f?op=CREATE&data=true");
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(location(answer)).isEqualTo("webhdfs://127.0.0.1:" + node.port() + "/d/f");
        assertThat(node.read("/d/f")).isEqualTo("200 ");
    }

    @Test
    void advertisedHostComesFirst() {
        try (var other = new RunningGateway(Optional.of("https://files:1"), Set.of())) {
            assertThat(other.call("PUT", "/f?op=CREATE&noredirect=true"))
                    .isEqualTo(
                            "200 {\"Location\":"
                                    + "\"https://files:1/webhdfs/v1/f?op=CREATE&data=true\"}");
        }
    }

    @Test
    void clientThatNamesNoHostIsSentToARelativePlace() throws IOException {
        assertThat(node.exchange("PUT /webhdfs/v1/f?op=CREATE HTTP/1.0\r\n\r\n"))
                .contains(" 307 ")
                .contains("Location: /webhdfs/v1/f?op=CREATE&data=true\r\n");
    }

    @Test
    void bytesWithTheFirstRequestAreTaken() {
        assertThat(node.call("PUT", "/f?op=CREATE", "abc")).isEqualTo("201 ");
        assertThat(node.call("POST", "/f?op=APPEND", "def")).isEqualTo("200 ");
        assertThat(node.read("/f")).isEqualTo("200 abcdef");
    }

    @Test
    void badParametersAreToldInTheFirstStep() {
        assertThat(put("/f?op=CREATE&blocksize=511").statusCode()).isEqualTo(403);
        assertThat(put("/f?op=CREATE&permission=9").statusCode()).isEqualTo(400);
        assertThat(node.call("POST", "/f?op=APPEND")).startsWith("404 ");
    }

    @Test
    void blockSizeIsTheOneToldUnlessNamed() {
        node.call("PUT", "/f?op=CREATE", "x");
        node.call("PUT", "/g?op=CREATE&blocksize=2097152", "x");
        assertThat(node.call("GET", "/f?op=GETFILESTATUS")).contains("\"blockSize\":1048576,");
        assertThat(node.call("GET", "/g?op=GETFILESTATUS")).contains("\"blockSize\":2097152,");
    }

    @Test
    void overwriting() {
        node.call("PUT", "/f?op=CREATE", "old");
        assertThat(node.call("PUT", "/f?op=CREATE", "new"))
                .startsWith("403 ")
                .contains("FileAlreadyExistsException");
        assertThat(node.read("/f")).isEqualTo("200 old");
        assertThat(node.call("PUT", "/f?op=CREATE&overwrite=true", "new")).isEqualTo("201 ");
        assertThat(node.call("PUT", "/f?op=CREATE&createflag=create,overwrite", "newer"))
                .isEqualTo("201 ");
        assertThat(node.read("/f")).isEqualTo("200 newer");
    }

    @ParameterizedTest
    @CsvSource({
        "offset=0, 200 abcdef",
        "offset=2, 200 cdef",
        "offset=2&length=3, 200 cde",
        "offset=5&length=100, 200 f",
        "length=0, 200 ''",
        "length=9223372036854775807, 200 abcdef"
    })
    void ranges(String query, String answer) {
        node.write("/f", "abcdef");
        assertThat(node.call("GET", "/f?op=OPEN&" + query)).isEqualTo(answer.replace("''", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"6", "7", "9223372036854775807"})
    void rangesBeyondTheEnd(String offset) {
        node.write("/f", "abcdef");
        assertThat(node.call("GET", "/f?op=OPEN&offset=" + offset))
                .startsWith("403 ")
                .contains("\"java.io.IOException\"")
                .contains("out of the range [0, 6)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 10", "Transfer-Encoding: chunked"})
    void brokenCreateLeavesNothing(String framing) throws IOException {
        node.exchange(
                "PUT /webhdfs/v1/f?op=CREATE&data=true HTTP/1.1\r\nHost: x\r\n"
                        + framing
                        + "\r\n\r\n3\r\nabc\r\n");
        node.settle();
        assertThat(exists("/f")).isFalse();
        assertThat(node.gateway.uploads()).isZero();
        assertThat(node.outcomes.getLast().status()).isEqualTo("CANCELED");
    }

    @Test
    void brokenAppendLeavesTheFileAsItWas() throws IOException {
        node.write("/f", "old");
        node.exchange(
                "POST /webhdfs/v1/f?op=APPEND HTTP/1.1\r\nHost: x\r\n"
                        + "Content-Length: 10\r\n\r\nabc");
        assertThat(node.call("POST", "/f?op=APPEND", "new")).isEqualTo("200 ");
        assertThat(node.read("/f")).isEqualTo("200 oldnew");
    }

    @Test
    void malformedChunksLeaveNothing() throws IOException {
        node.exchange(
                """
                PUT /webhdfs/v1/f?op=CREATE HTTP/1.1\r
                Host: x\r
                Transfer-Encoding: chunked\r
                \r
                3\r
                abc\r
                zz\r
                """);
        node.settle();
        assertThat(exists("/f")).isFalse();
    }

    @Test
    void checksumIsThatOfTheBlocks() {
        String bytes = "x".repeat((1 << 20) + 1);
        node.call("PUT", "/f?op=CREATE&blocksize=1048576", bytes);
        node.call("PUT", "/g?op=CREATE&blocksize=1048576", bytes);
        String first = node.call("GET", "/f?op=GETFILECHECKSUM");
        assertThat(first)
                .startsWith(
                        "200 {\"FileChecksum\":{\"algorithm\":\"MD5-of-2048MD5-of-512CRC32C\","
                                + "\"bytes\":\"000002000000000000000800")
                .endsWith("00000000\",\"length\":28}}")
                .isEqualTo(node.call("GET", "/g?op=GETFILECHECKSUM"));
    }

    @Test
    void locationsNameTheHostOfTheRequest() {
        node.call("PUT", "/f?op=CREATE&blocksize=1048576", "x".repeat((1 << 20) + 1));
        assertThat(node.call("GET", "/f?op=GETFILEBLOCKLOCATIONS&offset=1048576&length=1"))
                .isEqualTo(
                        ("200 {\"BlockLocations\":{\"BlockLocation\":[{\"topologyPaths\":"
                                        + "[\"/default-rack/127.0.0.1:PORT\"],\"corrupt\":false,"
                                        + "\"cachedHosts\":[],\"names\":[\"127.0.0.1:PORT\"],"
                                        + "\"offset\":1048576,\"hosts\":[\"127.0.0.1\"],"
                                        + "\"length\":1,\"storageTypes\":[\"DISK\"]}]}}")
                                .replace("PORT", Integer.toString(node.port())));
    }
}
