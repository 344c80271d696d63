package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.node.NodeConfig;
import dev.forebay.node.NodeServer;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.security.Credentials;
import org.apache.hadoop.security.SecurityUtil;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.security.token.SecretManager;
import org.apache.hadoop.security.token.Token;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.PrivilegedExceptionAction;
import java.time.Duration;
import java.util.Random;

/** Delegation tokens in the hands of Hadoop's own client. */
class DelegationTokenTest {
    private static final Path FILE = new Path("/of-ann");
    private static final Configuration CONFIGURATION = new Configuration();

    @TempDir private java.nio.file.Path folder = java.nio.file.Path.of("target");

    private static FileSystem simple(URI node, String user)
            throws IOException, InterruptedException {
        return FileSystem.newInstance(node, CONFIGURATION, user);
    }

    private static Token<?> issue(URI node, String user, String renewer)
            throws IOException, InterruptedException {
        try (FileSystem files = simple(node, user)) {
            Token<?> token = files.getDelegationToken(renewer);
            at(token, node);
            return token;
        }
    }

    /** After a restart the node is elsewhere. */
    static void at(Token<?> token, URI node) {
        Text service =
                SecurityUtil.buildTokenService(
                        new InetSocketAddress(node.getHost(), node.getPort()));
        token.setService(service);
    }

    /** What a program does that got a token and nothing else. */
    private static <T> T with(Token<?> token, URI node, Work<T> work)
            throws IOException, InterruptedException {
        UserGroupInformation user = UserGroupInformation.createRemoteUser("program");
        user.addToken(token);
        PrivilegedExceptionAction<T> action =
                () -> {
                    try (FileSystem files = FileSystem.newInstance(node, CONFIGURATION)) {
                        return work.run(files);
                    }
                };
        return user.doAs(action);
    }

    private interface Work<T> {
        T run(FileSystem files) throws IOException;
    }

    private static byte[] bytes() {
        byte[] bytes = new byte[3_000_000];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private static byte[] write(FileSystem files) throws IOException {
        try (FSDataOutputStream stream = files.create(FILE, true)) {
            stream.write(bytes());
        }
        assertThat(files.getFileStatus(FILE).getOwner()).isEqualTo(NodeProcess.USER);
        return read(files);
    }

    private static byte[] read(FileSystem files) throws IOException {
        try (FSDataInputStream stream = files.open(FILE)) {
            return stream.readAllBytes();
        }
    }

    private static void requireRefused(Token<?> token, URI node) {
        assertThatThrownBy(() -> with(token, node, DelegationTokenTest::read))
                .hasStackTraceContaining(SecretManager.InvalidToken.class.getName());
    }

    @Test
    void aTokenIsGoodUntilItIsCancelled() throws Exception {
        try (NodeProcess node = NodeProcess.start(folder)) {
            Token<?> token = issue(node.hdfs(), NodeProcess.USER, NodeProcess.USER);
            assertThat(token.getKind()).hasToString("HDFS_DELEGATION_TOKEN");
            assertThat(with(token, node.hdfs(), DelegationTokenTest::write)).isEqualTo(bytes());
            UserGroupInformation.createRemoteUser(NodeProcess.USER)
                    .doAs(
                            (PrivilegedExceptionAction<Void>)
                                    () -> {
                                        assertThat(token.renew(CONFIGURATION)).isPositive();
                                        token.cancel(CONFIGURATION);
                                        return null;
                                    });
            requireRefused(token, node.hdfs());
        }
        String password = "HDFS_DELEGATION_TOKEN";
        assertThat(Files.readString(folder.resolve("node.log"))).doesNotContain(password);
    }

    @Test
    void aTokenOutlivesTheNodeThatWasKilled() throws Exception {
        Token<?> token;
        Token<?> cancelled;
        NodeProcess killed = NodeProcess.start(folder);
        try {
            cancelled = issue(killed.hdfs(), NodeProcess.USER, "yarn");
            try (FileSystem files = simple(killed.hdfs(), NodeProcess.USER)) {
                write(files);
            }
            UserGroupInformation.createRemoteUser(NodeProcess.USER)
                    .doAs(
                            (PrivilegedExceptionAction<Void>)
                                    () -> {
                                        cancelled.cancel(CONFIGURATION);
                                        return null;
                                    });
            token = issue(killed.hdfs(), NodeProcess.USER, "yarn");
        } finally {
            killed.kill();
        }
        try (NodeProcess node = NodeProcess.start(folder)) {
            at(token, node.hdfs());
            at(cancelled, node.hdfs());
            assertThat(with(token, node.hdfs(), DelegationTokenTest::read)).isEqualTo(bytes());
            requireRefused(cancelled, node.hdfs());
            String audit =
                    Files.readString(folder.resolve("data/audit.log"), StandardCharsets.UTF_8);
            assertThat(audit)
                    .contains("getDelegationToken")
                    .doesNotContain(token.encodeToUrlString());
        }
    }

    static int port(NodeServer node, String gateway) {
        return node.listening().stream()
                .filter(each -> each.name().equals(gateway))
                .findFirst()
                .orElseThrow()
                .port();
    }

    /** Where a node of this process answers. */
    static URI hdfs(NodeServer node) {
        return URI.create("hdfs://127.0.0.1:" + port(node, "hdfs"));
    }

    /** What somebody on the node's machine gets with curl. */
    static Token<?> fetched(NodeServer node) throws IOException, InterruptedException {
        URI request =
                URI.create(
                        "http://127.0.0.1:"
                                + port(node, "webhdfs")
                                + "/webhdfs/v1/?op=GETDELEGATIONTOKEN&kind=HDFS_DELEGATION_TOKEN"
                                + "&user.name="
                                + NodeProcess.USER);
        try (HttpClient client = HttpClient.newHttpClient()) {
            String answer =
                    client.send(HttpRequest.newBuilder(request).build(), BodyHandlers.ofString())
                            .body();
            Token<?> token = new Token<>();
            token.decodeFromUrlString(
                    answer.replaceAll("\\{\"Token\":\\{\"urlString\":\"(.*)\"}}", "$1"));
            return token;
        }
    }

    /** A node that wants tokens and gives the first ones to the user of these tests. */
    static NodeConfig guarded(java.nio.file.Path folder) {
        return NodeConfig.at(folder.resolve("data"))
                .withFreePorts()
                .with("arena.capacity", "64MB")
                .with("node.user", NodeProcess.USER)
                .with("delegation.issued-to", NodeProcess.USER)
                .with("hdfs.authentication", "token");
    }

    @Test
    void whereTokensAreRequiredClientsWorkWithOne() throws Exception {
        try (NodeServer node = NodeServer.start(guarded(folder))) {
            URI hdfs = URI.create("hdfs://127.0.0.1:" + port(node, "hdfs"));
            Token<?> token = fetched(node);
            at(token, hdfs);
            assertThat(with(token, hdfs, DelegationTokenTest::write)).isEqualTo(bytes());
            int length =
                    with(
                            token,
                            hdfs,
                            files -> {
                                try (FSDataOutputStream stream = files.append(FILE)) {
                                    stream.write(1);
                                    stream.hsync();
                                }
                                return read(files).length;
                            });
            assertThat(length).isEqualTo(bytes().length + 1);
            try (FileSystem files = simple(hdfs, NodeProcess.USER)) {
                assertThatThrownBy(() -> files.getFileStatus(FILE))
                        .hasMessageContaining("SIMPLE authentication is not enabled");
            }
        }
    }

    /**
     * The client of Rust finds tokens in the file that Hadoop's programs are given; it shows one
     * only when it is told that the cluster is guarded.
     */
    @Test
    void hdfsNativeShowsATokenFromAFile() throws Exception {
        try (NodeServer node = NodeServer.start(guarded(folder))) {
            URI hdfs = URI.create("hdfs://127.0.0.1:" + port(node, "hdfs"));
            Token<?> token = fetched(node);
            at(token, hdfs);
            Credentials credentials = new Credentials();
            credentials.addToken(token.getService(), token);
            java.nio.file.Path file = folder.resolve("tokens");
            credentials.writeTokenStorageFile(new Path(file.toUri()), CONFIGURATION);
            ProcessBuilder python =
                    HdfsNative.install()
                            .python(
                                    "-c",
                                    """
                                    import sys, hdfs_native
                                    asked = {"hadoop.security.authentication": "kerberos"}
                                    client = hdfs_native.Client(sys.argv[1], asked)
                                    options = hdfs_native.WriteOptions(overwrite=True)
                                    with client.create("/native", options) as f:
                                        f.write(b"by token" * 100000)
                                    print(client.read("/native").read() == b"by token" * 100000)
                                    """,
                                    hdfs.toString());
            python.environment().put("HADOOP_TOKEN_FILE_LOCATION", file.toString());
            assertThat(ChildProcess.run(Duration.ofMinutes(1), python).getLast()).isEqualTo("True");
        }
    }
}
