package dev.forebay.gateway.webhdfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.testkit.Generator;
import dev.forebay.testkit.SeededTest;
import dev.forebay.wire.Json;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * Every operation with random parameters: whatever is asked, the answer is one of the protocol's,
 * and never a failure of the node.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RandomRequestsTest {
    private static final int REQUESTS = 30;
    private static final Set<Integer> STATUSES = Set.of(200, 201, 307, 400, 403, 404);
    private static final List<String> METHODS = List.of("GET", "PUT", "POST", "DELETE", "OPTIONS");
    private static final List<String> PATHS =
            List.of("", "/", "/a", "/b", "/a/b", "/a/b/c", "//a//", "/%C3%A4", "/%FF", "/a%20b");
    private static final List<String> NAMES =
            List.of(
                    "offset",
                    "length",
                    "destination",
                    "renameoptions",
                    "recursive",
                    "overwrite",
                    "permission",
                    "unmaskedpermission",
                    "replication",
                    "blocksize",
                    "createparent",
                    "createflag",
                    "owner",
                    "group",
                    "accesstime",
                    "modificationtime",
                    "newlength",
                    "sources",
                    "startAfter",
                    "fsaction",
                    "xattr.name",
                    "noredirect",
                    "data",
                    "doas");
    private static final List<String> VALUES =
            List.of(
                    "",
                    "0",
                    "1",
                    "-1",
                    "3",
                    "755",
                    "1048576",
                    "9223372036854775807",
                    "-9223372036854775808",
                    "99999999999999999999",
                    "true",
                    "false",
                    "/",
                    "/a",
                    "/b",
                    "/a/b",
                    "/b,/a/b",
                    "/%FF",
                    "%00",
                    ".",
                    "r-x",
                    "OVERWRITE",
                    "none,overwrite",
                    "%F0%9F%98%80",
                    "ann",
                    "bob");

    private RunningGateway node;
    private List<String> operations;

    @BeforeAll
    void start() {
        node = new RunningGateway();
        operations =
                METHODS.stream()
                        .flatMap(method -> node.gateway.operations(method).stream())
                        .sorted()
                        .toList();
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @SeededTest
    void everyAnswerIsOneOfTheProtocol(long seed) {
        Generator random = new Generator(seed);
        for (int i = 0; i < REQUESTS; i++) {
            String method = random.pick(METHODS);
            String target = target(random, method);
            var body =
                    random.chance(30)
                            ? BodyPublishers.ofByteArray(random.bytes(random.between(1, 3000)))
                            : BodyPublishers.noBody();
            HttpRequest request = node.request(target).method(method, body).build();
            HttpResponse<String> answer = node.send(request);
            assertThat(answer.statusCode()).as(method + " " + target).isIn(STATUSES);
            if (answer.statusCode() >= 400) {
                byte[] document = answer.body().getBytes(StandardCharsets.UTF_8);
                assertThat(Json.parseObject(document).find("RemoteException")).isPresent();
            }
        }
    }

    /** Mostly an operation of the method, so that most requests get far. */
    private String target(Generator random, String method) {
        List<String> own = node.gateway.operations(method).stream().sorted().toList();
        String operation =
                own.isEmpty() || random.chance(5) ? random.pick(operations) : random.pick(own);
        StringBuilder target = new StringBuilder(random.pick(PATHS)).append("?op=");
        target.append(operation);
        for (int i = random.between(0, 5); i > 0; i--) {
            target.append('&').append(random.pick(NAMES)).append('=').append(random.pick(VALUES));
        }
        if (random.chance(30)) {
            target.append("&user.name=").append(random.pick(List.of("ann", "bob", "proxy")));
        }
        return target.toString();
    }
}
