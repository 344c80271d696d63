package dev.forebay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;

class ConnectionsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"http://h", "h:1", "alluxio://", "alluxio://h:99999", "alluxio://h/p", ""})
    void whatIsNoUriOfOursIsRefused(String uri) {
        assertThatThrownBy(() -> FileClient.connect(uri))
                .isInstanceOf(FilesException.InvalidArgument.class);
    }

    @Test
    void aMissingJarIsNamed() {
        for (String uri :
                List.of("hdfs://h:8020", "hdfs://name_service", "webhdfs://h", "hdfs:///")) {
            assertThatThrownBy(() -> FileClient.connect(uri))
                    .isInstanceOf(FilesException.Unimplemented.class)
                    .hasMessageContaining("forebay-client-hdfs");
        }
    }

    @Test
    void optionsOfOtherWiresAreRefused() {
        DelegationToken token = new DelegationToken("secret");
        ConnectOptions options =
                ConnectOptions.DEFAULT.withToken(token).withSettings(Map.of("k", "hidden"));

        assertThatThrownBy(() -> FileClient.connect("alluxio://h", options))
                .isInstanceOf(FilesException.Unimplemented.class);
        assertThatThrownBy(() -> FileClient.connect("forebay://h", options))
                .isInstanceOf(FilesException.Unimplemented.class);
        assertThat(options.toString()).contains("k").doesNotContain("secret", "hidden");
    }

    @Test
    void nothingListensIsUnavailableAndNamesTheAddress() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        String address = "127.0.0.1:" + port;

        assertThatThrownBy(() -> FileClient.connect("alluxio://" + address).stat("/"))
                .isInstanceOf(FilesException.Unavailable.class)
                .hasMessageContaining(address);
        assertThatThrownBy(() -> FileClient.connect("forebay://" + address))
                .isInstanceOf(FilesException.Unavailable.class);
    }

    @Test
    void aNodeIsFoundByItsAdminListener() throws IOException {
        try (FakeProxy proxy = new FakeProxy(true)) {
            int port = URI.create(proxy.uri()).getPort();
            HttpServer admin =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            answer(
                    admin,
                    "/status",
                    "{\"version\":\"1\",\"gateways\":[{\"name\":\"alluxio\",\"protocol\":\"http\","
                            + "\"host\":\"0.0.0.0\",\"port\":"
                            + port
                            + "}]}");
            answer(admin, "/api/usage", "{\"memoryCapacity\":100,\"memoryUsed\":7,\"diskFree\":5}");
            answer(
                    admin,
                    "/api/mounts",
                    "[{\"path\":\"/m\",\"uri\":\"s3://b\",\"readOnly\":true}]");
            admin.start();
            try (Forebay forebay =
                    Forebay.connect("forebay://127.0.0.1:" + admin.getAddress().getPort())) {
                assertThat(forebay.gateways())
                        .containsExactly(new Gateway("alluxio", "http", "127.0.0.1", port));
                assertThat(forebay.status()).contains("\"version\":\"1\"");
                assertThat(forebay.usage()).isEqualTo(new Usage(100, 7, 5));
                FileClient files = forebay.files();
                assertThat(files.stat("/").directory()).isTrue();
                assertThat(files.usage()).isEqualTo(new Usage(100, 7, 5));
                assertThat(files.as(Mounts.class).mounts())
                        .containsExactly(new MountPoint("/m", "s3://b", true, false));
            } finally {
                admin.stop(0);
            }
        }
    }

    private static void answer(HttpServer server, String path, String json) {
        server.createContext(
                path,
                exchange -> {
                    byte[] bytes = json.getBytes(UTF_8);
                    exchange.sendResponseHeaders(200, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
    }

    @Test
    void findIsEmptyForWhatIsNotThere() throws IOException {
        try (FakeProxy proxy = new FakeProxy(false);
                FileClient files = FileClient.connect(proxy.uri())) {
            assertThat(files.find("/none")).isEmpty();
            assertThat(files.find("/")).isPresent();
            assertThatThrownBy(() -> files.find("relative"))
                    .isInstanceOf(FilesException.InvalidArgument.class)
                    .hasMessageContaining("relative");
        }
    }
}
